/** Making anew whatever a corrected sheet changes: held against the register, ticked, made. */
import { Refusal, get, post } from "../lib/api.js";
import { whileBusy } from "../lib/busy.js";
import { button, fill, h } from "../lib/dom.js";
import { faultView, refusalView } from "../lib/faults.js";
import { patient } from "../lib/patient.js";
import { AlsoField } from "./register-also.js";
import { Compare, changeView } from "./register-compare.js";
import { backLink, placeOf } from "./register-places.js";
import { reasonField } from "./register-reason.js";
import { Work } from "./register-work.js";
import { t } from "./register-anew-words.js";

const PAGE = 100;

/** @param {HTMLElement} root @param {import("../lib/app.js").App} app @returns {import("../lib/app.js").Mounted} */
export function mountSheet(root, app) {
  let turn = 0;
  let shown = PAGE;
  /** @type {{ id: number, changes: import("./register-compare.js").Change[], faults: import("../lib/api.js").Fault[] } | undefined} */
  let proposal;
  /** Those that are not to be made: all are, at first. @type {Set<string>} */
  const left = new Set();
  /** Both copies of one certificate, where they are looked at. @type {{ number: string, compare: Compare } | undefined} */
  let seen;
  let reason = "";
  /** Those that were made anew before: a sheet that was not mended takes that back. @type {Set<string>} */
  let before = new Set();
  /** What can be made anew with them. @type {string[]} */
  let kinds = [];

  const line = h("p", { class: "quiet-text", role: "status" });
  const wrong = h("div", null);
  const nothing = h("p", { class: "card", role: "status", hidden: true }, `✓ ${t("nothingChanged")}`);
  const count = h("p", { role: "status" });
  const list = h("ul", { class: "changes" });
  const more = h("p", { class: "buttons" });
  const noted = h("div", null);
  const warned = h("div", null);
  const also = new AlsoField(() => void look(proposal));
  const reasoned = reasonField("", (typed) => {
    reason = typed;
  });
  const go = button("", make, { class: "primary" });
  const work = new Work(false, (made) => {
    counted();
    if (!made) return;
    void look();
    root.scrollTop = 0;
    work.said.focus({ preventScroll: true });
  });
  const proposed = h(
    "div",
    { class: "stack", hidden: true },
    warned,
    h(
      "div",
      { class: "row between" },
      count,
      h(
        "div",
        { class: "buttons" },
        button(t("pickAll"), () => tickAll(true)),
        button(t("pickNone"), () => tickAll(false)),
      ),
    ),
    list,
    more,
    h("section", { class: "card stack" }, noted, also.view, reasoned.view, h("p", null, t("madeThen")), h("p", { class: "buttons" }, go)),
  );
  const name = (app.state && app.state.sheet && app.state.sheet.name) || "";
  fill(
    root,
    h(
      "div",
      { class: "stack" },
      backLink(),
      h("h1", null, t("sheetTitle")),
      h(
        "section",
        { class: "card stack" },
        h("p", null, t("sheetWhat", { name })),
        h(
          "p",
          { class: "row" },
          h("span", null, t("sheetOther")),
          h("a", { class: "button", href: "#/sheet" }, t("toSheet")),
          button(t("again"), () => void look()),
        ),
      ),
      work.view,
      line,
      wrong,
      nothing,
      proposed,
    ),
  );

  /** @param {typeof proposal} [former]  What was proposed without the kinds that were ticked now. */
  async function look(former) {
    turn += 1;
    const mine = turn;
    // What is made is what is shown.
    go.disabled = true;
    try {
      kinds = kinds.length > 0 ? kinds : await unnumbered();
      const asked = patient(() => post("/api/reissue/propose", { sheet: true, also: also.chosen() }));
      const answer = await whileBusy({ region: proposed, line, words: t("comparing") }, asked);
      if (mine !== turn) return;
      before = await reissued();
      if (mine === turn) show(answer);
    } catch (error) {
      if (mine !== turn) return;
      if (former && also.chosen().length > 0) {
        also.clear();
        proposal = former;
        fill(noted, h("p", null, t("notWith")), refusalView(error));
        counted();
        return;
      }
      const same = error instanceof Refusal && error.faults.some((fault) => fault.code === "nothing-changed");
      proposal = undefined;
      proposed.hidden = true;
      nothing.hidden = !same;
      fill(
        wrong,
        !same && refusalView(error),
        !same && h("p", { class: "row" }, h("span", null, t("mendFirst")), h("a", { class: "button", href: "#/check" }, t("toCheck"))),
      );
    }
  }

  /** @param {any} answer */
  function show(answer) {
    proposal = answer;
    fill(wrong);
    nothing.hidden = answer.changes.length > 0;
    proposed.hidden = answer.changes.length === 0;
    const again = answer.changes.filter((/** @type {any} */ change) => before.has(change.number)).length;
    fill(warned, again > 0 && h("p", { class: "fault warning" }, t("reissuedSome", { count: again })));
    fill(
      noted,
      answer.faults.map((/** @type {any} */ fault) => faultView(fault)),
    );
    also.offer(answer.faults, kinds);
    draw();
  }

  function draw() {
    if (!proposal) return;
    const { changes } = proposal;
    unsee();
    fill(list, changes.slice(0, shown).map(item));
    fill(
      more,
      shown < changes.length &&
        button(t("moreChanges", { shown, count: changes.length }), () => {
          shown += PAGE;
          draw();
        }),
    );
    counted();
  }

  function picked() {
    return proposal ? proposal.changes.map(({ number }) => number).filter((number) => !left.has(number)) : [];
  }

  function counted() {
    const { length } = picked();
    count.textContent = t("picked", { picked: length, count: proposal ? proposal.changes.length : 0 });
    go.textContent = length > 0 ? t("makeSome", { count: length }) : t("pickSome");
    go.disabled = length === 0 || work.running;
  }

  /** @param {boolean} all */
  function tickAll(all) {
    left.clear();
    if (!all && proposal) for (const { number } of proposal.changes) left.add(number);
    draw();
  }

  /** @param {import("./register-compare.js").Change} change */
  function item(change) {
    const { number } = change;
    const box = h("input", {
      type: "checkbox",
      checked: !left.has(number),
      "aria-label": t("pick", { number }),
      onchange: () => {
        if (box.checked) left.delete(number);
        else left.add(number);
        counted();
      },
    });
    const place = h("div", null);
    const see = button(
      t("seePages"),
      () => {
        const open = Boolean(seen && seen.number === number);
        unsee();
        if (!open) compareAt(change, place, see);
      },
      { "aria-expanded": "false" },
    );
    return h(
      "li",
      { class: "card change" },
      h(
        "div",
        { class: "row" },
        box,
        h("h2", null, h("a", { href: placeOf(number) }, number)),
        before.has(number) && h("span", { class: "chip warn" }, t("reissuedBefore")),
        see,
      ),
      changeView(change),
      place,
    );
  }

  /** @param {import("./register-compare.js").Change} change @param {HTMLElement} place @param {HTMLElement} see */
  function compareAt(change, place, see) {
    if (!proposal) return;
    const compare = new Compare();
    seen = { number: change.number, compare };
    fill(place, compare.view);
    see.textContent = t("hidePages");
    see.setAttribute("aria-expanded", "true");
    compare.show(change.number, proposal.id);
  }

  /** Only one certificate's copies are looked at at a time. */
  function unsee() {
    if (!seen) return;
    seen.compare.clear();
    const view = seen.compare.view;
    const see = /** @type {HTMLElement} */ (view.closest("li")).querySelector("button");
    if (see) {
      see.textContent = t("seePages");
      see.setAttribute("aria-expanded", "false");
    }
    view.remove();
    seen = undefined;
  }

  async function make() {
    if (!proposal || !reasoned.complete()) return;
    go.disabled = true;
    fill(wrong);
    try {
      const begun = work.begin(proposal.id, reason.trim(), picked());
      root.scrollTop = 0;
      await begun;
    } catch (error) {
      go.disabled = false;
      fill(wrong, refusalView(error));
    }
  }

  void look();
  return {
    changed() {
      if (work.running) void work.look();
      else void look();
    },
    making: (step) => work.follow(step),
    left() {
      turn += 1;
      unsee();
    },
  };
}

/** The kinds without numbers; none where the sheet cannot be read, which the proposal itself says. @returns {Promise<string[]>} */
async function unnumbered() {
  try {
    const { kinds } = await get("/api/plan");
    return kinds.filter((/** @type {any} */ kind) => !kind.numbered).map((/** @type {any} */ kind) => kind.name);
  } catch (error) {
    return [];
  }
}

/** The numbers that have been made anew. @returns {Promise<Set<string>>} */
async function reissued() {
  /** @type {Set<string>} */
  const numbers = new Set();
  for (let from = 0, count = 1; from < count;) {
    const answer = await get("/api/register", { status: "superseded", from });
    for (const row of answer.rows) numbers.add(row.number);
    if (answer.rows.length === 0) break;
    from += answer.rows.length;
    count = answer.count;
  }
  return numbers;
}
