/** A verdict in words: what became of it, what was compared, what differs, and what only a person can compare. */
import { get } from "../lib/api.js";
import { button, fill, h } from "../lib/dom.js";
import { placeOf } from "./register-places.js";
import { t } from "./verify-words.js";

/**
 * @typedef {"genuine" | "copy" | "superseded" | "revoked" | "altered" | "unknown"} Verdict
 *
 * @typedef {object} Told  A certificate, see `src/report/verify.rs`.
 * @property {Verdict} verdict
 * @property {string} says
 * @property {string | null} number
 * @property {number | null} page
 * @property {string | null} origin
 * @property {string[]} differs
 * @property {string | null} compared
 * @property {string | null} unclear
 * @property {{ fact: string, label: string, text: string, shown: "same" | "different" | "unclear" | null }[]} facts
 *
 * @typedef {object} Whole
 * @property {Verdict} verdict
 * @property {string} says
 * @property {Told[]} certificates
 * @property {{ certificates: number, root: string | null, files: string[] } | null} package
 */

const PAGE = 50;

/** How it looks, never by colour alone. */
const LOOKS = {
  genuine: ["good", "✓"],
  copy: ["warn", "!"],
  superseded: ["bad", "✕"],
  revoked: ["bad", "✕"],
  altered: ["bad", "✕"],
  unknown: ["bad", "?"],
};

/** The verdicts from the best to the worst. */
const ORDER = /** @type {Verdict[]} */ (Object.keys(LOOKS));

/**
 * The headline. Of several certificates the worst is not what is to be said of all.
 *
 * @param {Whole} whole
 */
function headline(whole) {
  const { certificates, verdict } = whole;
  const isPackage = whole.package !== null;
  if (certificates.length < (isPackage ? 1 : 2) || (isPackage && (verdict === "altered" || verdict === "unknown"))) return t(verdict);
  const counts = new Map(ORDER.map((one) => [one, certificates.filter((told) => told.verdict === one).length]));
  if (whole.package) counts.set("genuine", whole.package.certificates - certificates.length);
  const said = [...counts].filter(([, count]) => count > 0).map(([one, count]) => t("many", { count, what: t(one) }));
  return said.join(t("and"));
}

/** @param {string} name @param {Whole} whole */
export function verdictView(name, whole) {
  const [look, sign] = LOOKS[whole.verdict];
  const one = whole.certificates.length === 1 && !whole.package;
  const title = headline(whole);
  const some = Boolean(whole.package) && title !== t(whole.verdict);
  return [
    h(
      "section",
      { class: `verdict ${some ? "warn" : look}`, role: "status" },
      h("span", { class: "sign", "aria-hidden": "true" }, some ? "!" : sign),
      h(
        "div",
        { class: "grow" },
        h("p", { class: "small" }, t("result", { name })),
        h("h2", null, title),
        !some && h("p", null, whole.says),
      ),
    ),
    whole.package && packageView(whole),
    ...listView(whole.certificates, one),
  ];
}

/** @param {Whole} whole */
function packageView(whole) {
  const { certificates, root, files } = /** @type {NonNullable<Whole["package"]>} */ (whole.package);
  return h(
    "section",
    { class: "card stack" },
    h("h2", null, t("packageOf", { count: certificates })),
    files.length === 0
      ? h("p", null, `✓ ${t("packageGood")}`)
      : [
          h("p", null, `✕ ${t("packageFiles")}`),
          h(
            "ul",
            { class: "files" },
            files.map((file) => h("li", null, file)),
          ),
        ],
    h("p", null, t(whole.certificates.length > 0 ? "packageRest" : "packageAll")),
    root && h("p", { class: "small quiet-text root" }, t("packageRoot", { root })),
  );
}

/** @param {Told[]} certificates @param {boolean} alone  Whether the verdict above is this one's. */
function listView(certificates, alone) {
  const list = h("div", { class: "stack" });
  const more = h("p", null);
  let shown = 0;
  const add = () => {
    for (const told of certificates.slice(shown, shown + PAGE)) list.append(certificateView(told, alone));
    shown = Math.min(certificates.length, shown + PAGE);
    fill(more, shown < certificates.length && button(t("more", { shown, count: certificates.length }), add));
  };
  add();
  return [list, more];
}

/** @param {Told} told @param {boolean} alone */
function certificateView(told, alone) {
  const [look, sign] = LOOKS[told.verdict];
  /** @param {string} title @param {string | null} sentence */
  const said = (title, sentence) => sentence && h("div", null, h("dt", null, title), h("dd", null, sentence));
  const facts = told.facts.length > 0 && factsView(told);
  return h(
    "section",
    { class: "card stack told" },
    h(
      "div",
      { class: "row" },
      !alone && h("span", { class: `chip ${look}` }, `${sign} ${t(told.verdict)}`),
      told.number && h("h3", null, told.number),
      told.page && h("span", { class: "quiet-text" }, t("onPage", { page: told.page })),
      registerLink(told),
    ),
    !alone && h("p", null, told.says),
    told.origin && h("p", null, told.origin),
    h(
      "dl",
      { class: "facts" },
      told.differs.length > 0 &&
        h(
          "div",
          { class: "wrong" },
          h("dt", null, `✕ ${t("differs")}`),
          h(
            "dd",
            null,
            told.differs.map((sentence) => h("p", null, sentence)),
          ),
        ),
      said(t("unclear"), told.unclear),
      said(t("compared"), told.compared),
    ),
    facts && (alone || told.differs.length > 0 ? facts : h("details", null, h("summary", null, t("facts")), facts)),
  );
}

/** @param {Told} told */
function factsView(told) {
  const compared = told.facts.some((fact) => fact.shown);
  const words = /** @type {const} */ ({ same: "same", different: "different", unclear: "byEye" });
  return h(
    "table",
    { class: "list facts-table" },
    h("caption", { class: "visually-hidden" }, t("facts")),
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        h("th", { scope: "col" }, t("fact")),
        h("th", { scope: "col" }, t("signed")),
        compared && h("th", { scope: "col" }, t("shown")),
      ),
    ),
    h(
      "tbody",
      null,
      told.facts.map(({ label, text, shown }) =>
        h(
          "tr",
          { class: shown || undefined },
          h("th", { scope: "row" }, label),
          h("td", null, text),
          compared && h("td", null, shown ? t(words[shown]) : t("notCompared")),
        ),
      ),
    ),
  );
}

/** The way to its place in the register, if it has one: a forged number may be anybody's. @param {Told} told */
function registerLink(told) {
  const { number } = told;
  if (!number || told.verdict === "unknown") return null;
  const link = () => h("a", { href: placeOf(number), class: "no-print" }, t("toRegister", { number }));
  if (told.verdict !== "altered") return link();
  const place = h("span", null);
  get("/api/certificate", { number }).then(
    () => fill(place, link()),
    () => {},
  );
  return place;
}
