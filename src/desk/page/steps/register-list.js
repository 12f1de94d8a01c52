/** Everyone who has a number: searched, filtered, page by page. */
import { address, get } from "../lib/api.js";
import { whileBusy } from "../lib/busy.js";
import { button, fill, freshId, h } from "../lib/dom.js";
import { refusalView } from "../lib/faults.js";
import { patient } from "../lib/patient.js";
import { localTime } from "../lib/time.js";
import { PUBLISH, SHEET, placeOf } from "./register-places.js";
import { rowView } from "./register-row.js";
import { t } from "./register-words.js";

/** @typedef {import("./register-row.js").Row} Row */

/** What one call gives, and what is listed at most: more is nothing to read through. */
const PAGE = 200;
const MOST = 800;
const TYPING = 250;

const FORMATS = [
  ["xlsx", "Excel"],
  ["csv", "CSV"],
  ["json", "JSON"],
];

/** @typedef {"kind" | "award" | "county" | "status"} Choice */
/** @type {[Choice, string][]} */
const CHOICES = [
  ["kind", "kinds"],
  ["award", "awards"],
  ["county", "counties"],
  ["status", "statuses"],
];

/** What was looked for and how far, for whoever comes back from a certificate. */
const kept = { folder: "", filters: /** @type {Record<string, string>} */ ({}), wanted: PAGE, scroll: 0 };

/** @param {HTMLElement} root @param {import("../lib/app.js").App} app @returns {import("../lib/app.js").Mounted} */
export function mountList(root, app) {
  const folder = (app.state && app.state.path) || "";
  if (kept.folder !== folder) Object.assign(kept, { folder, filters: {}, wanted: PAGE, scroll: 0 });
  let turn = 0;
  let typing = 0;
  /** What is shown, as it was answered: only what differs is drawn anew. */
  let drawn = "";
  /** @type {Row[]} */
  let rows = [];
  let count = 0;

  const search = h("input", {
    id: freshId("search"),
    type: "search",
    placeholder: t("searchHint"),
    value: kept.filters.text || "",
    autocomplete: "off",
  });
  const selects = CHOICES.map(([name]) => h("select", { id: freshId(name), name }));
  const exports = h("span", { class: "row" });
  const said = h("p", { role: "status" });
  const busy = h("p", { class: "quiet-text", role: "status" });
  const wrong = h("div", null);
  const body = h("tbody", null);
  const table = h(
    "table",
    { class: "list register-list" },
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        ["number", "revision", "status", "kind", "award", "recipient", "time", "reason"].map((name) =>
          h("th", { scope: "col" }, t(/** @type {any} */ (name))),
        ),
      ),
    ),
    body,
  );
  const more = h("p", { class: "buttons" });
  const printed = h("p", { class: "print-only" });
  const region = h("section", { "aria-label": t("title"), class: "stack" }, table, more);
  const nothing = h("div", { class: "card stack", hidden: true });

  search.addEventListener("input", (/** @type {InputEvent} */ event) => {
    if (!event.isComposing) soon();
  });
  search.addEventListener("compositionend", soon);
  for (const select of selects) select.addEventListener("change", () => narrow(select.name, select.value));

  function soon() {
    clearTimeout(typing);
    typing = window.setTimeout(() => narrow("text", search.value.trim()), TYPING);
  }

  /** @param {string} name @param {string} value */
  function narrow(name, value) {
    if ((kept.filters[name] || "") === value) return;
    kept.filters[name] = value;
    kept.wanted = PAGE;
    void look();
  }

  function clear() {
    kept.filters = {};
    kept.wanted = PAGE;
    search.value = "";
    void look();
    search.focus();
  }

  /** @param {any} [former]  What is to be gone on from, where nothing has changed. */
  async function look(former) {
    turn += 1;
    const mine = turn;
    try {
      const answer = await whileBusy(
        { region, line: busy, words: t("loading") },
        all(() => mine === turn, former),
      );
      if (mine !== turn) return;
      fill(wrong);
      const now = JSON.stringify([answer, kept.filters]);
      if (now !== drawn) draw(answer);
      drawn = now;
    } catch (error) {
      if (mine === turn) fill(wrong, refusalView(error));
    }
  }

  /** As many pages as are wanted. @param {() => boolean} isWanted @param {any} [former] */
  async function all(isWanted, former) {
    const answer = former
      ? { ...former, rows: former.rows.slice() }
      : await patient(() => get("/api/register", { ...kept.filters, from: 0 }));
    while (isWanted() && answer.rows.length < Math.min(kept.wanted, answer.count)) {
      const next = await get("/api/register", { ...kept.filters, from: answer.rows.length });
      if (next.rows.length === 0) break;
      answer.rows.push(...next.rows);
    }
    return answer;
  }

  /** @param {any} answer */
  function draw(answer) {
    ({ rows, count } = answer);
    const narrowed = Object.values(kept.filters).some((value) => value);
    const empty = count === 0 && !narrowed;
    CHOICES.forEach(([name, list], index) => choices(selects[index], name, answer[list]));
    said.textContent = empty ? "" : count === 0 ? t("none") : t(narrowed ? "found" : "count", { count });
    nothing.hidden = !empty;
    region.hidden = count === 0;
    tools.hidden = empty;
    const focused =
      document.activeElement instanceof HTMLAnchorElement && body.contains(document.activeElement)
        ? document.activeElement.href
        : undefined;
    fill(body, rows.map(rowView));
    if (focused) {
      const again = [...body.querySelectorAll("a")].find((link) => link.href === focused);
      if (again) again.focus({ preventScroll: true });
    }
    const shown = rows.length;
    fill(
      more,
      shown < count &&
        shown < MOST &&
        button(t("more", { shown, count }), () => {
          kept.wanted = shown + PAGE;
          void look(answer);
        }),
      shown < count && shown >= MOST && h("span", { class: "quiet-text" }, t("enough", { shown, count })),
    );
    fill(
      exports,
      FORMATS.map(([as, name]) =>
        h(
          "a",
          {
            class: "button",
            href: address("/api/register/export", { ...kept.filters, as }),
            download: "",
            "aria-label": `${t("exporting")} ${name}`,
          },
          name,
        ),
      ),
    );
  }

  /** @param {HTMLSelectElement} select @param {Choice} name @param {(string | { status: string, label: string })[]} values */
  function choices(select, name, values) {
    const options = values.map((value) =>
      typeof value === "string" ? h("option", { value }, value) : h("option", { value: value.status }, value.label),
    );
    fill(select, h("option", { value: "" }, t("all")), options);
    select.value = kept.filters[name] || "";
    /** @type {HTMLElement} */ (select.parentElement).hidden = values.length === 0 && !kept.filters[name];
  }

  /** All that fits is listed before it is printed, as far as it is listed at all. */
  async function print() {
    kept.wanted = MOST;
    await look();
    const shown = rows.length;
    const contest = app.state && app.state.contest ? app.state.contest.name : "";
    const conditions = Object.values(kept.filters)
      .filter((value) => value)
      .join("、");
    fill(
      printed,
      t("printed", { contest, when: localTime(new Date().toISOString()), count, shown }),
      conditions && h("br", null),
      conditions && t("printedFor", { conditions }),
    );
    window.print();
  }

  /** @param {string} label @param {any} field */
  const labelled = (label, field) => h("p", { class: "filter" }, h("label", { for: field.id }, label), field);

  const tools = h(
    "div",
    { class: "stack no-print" },
    h(
      "div",
      { class: "card row filters", role: "search" },
      labelled(t("search"), search),
      selects.map((select) => labelled(t(select.name), select)),
      button(t("clear"), clear, { class: "quiet" }),
    ),
    h(
      "div",
      { class: "row between" },
      said,
      h(
        "div",
        { class: "row" },
        h("a", { class: "button", href: placeOf(SHEET) }, t("toSheet")),
        h("a", { class: "button", href: placeOf(PUBLISH) }, t("toPublish")),
        button(t("print"), print),
        h("span", { class: "quiet-text", title: t("exportHelp") }, t("exporting")),
        exports,
      ),
    ),
  );
  fill(
    nothing,
    h("p", null, h("strong", null, t("empty"))),
    h("p", null, t("emptyHelp")),
    h("p", null, h("a", { class: "button", href: "#/make" }, t("toMake"))),
  );
  nothing.hidden = true;
  region.hidden = true;
  fill(
    root,
    h(
      "div",
      { class: "stack" },
      h("div", { class: "row" }, h("h1", null, t("title")), h("p", { class: "quiet-text grow no-print" }, t("about"))),
      printed,
      tools,
      wrong,
      busy,
      nothing,
      region,
    ),
  );
  void look().then(() => {
    root.scrollTop = kept.scroll;
  });

  return {
    changed: () => void look(),
    left() {
      turn += 1;
      clearTimeout(typing);
      kept.scroll = root.scrollTop;
    },
  };
}
