/** 核对: what is wrong in the sheet, beside the sheet, and mended there. */
import { save } from "../lib/api.js";
import { button, fill, freshId, h } from "../lib/dom.js";
import { faultView, refusalView } from "../lib/faults.js";
import { t } from "./check-words.js";
import { FaultList } from "./check-list.js";
import { Mends } from "./check-mends.js";
import { allAlike, dropAll } from "./check-alike.js";
import { remediesOf } from "./check-remedies.js";
import { Book, cellAt, countsOf, faultsOf } from "./sheet-data.js";
import { Grids } from "./sheet-grids.js";
import { isOff, leaving, slowly, turnOff } from "./sheet-leave.js";
import { marked } from "./check-marks.js";

/**
 * @typedef {import("../lib/app.js").State} State
 * @typedef {import("./sheet-data.js").Answer} Answer
 * @typedef {import("./sheet-data.js").SheetFault} SheetFault
 */

/** How many seconds a check may take before the page tells. */
const SLOW = 1.5;

/** What the reader chose, for as long as the page is open. */
const chosen = { reason: "", onlyErrors: false };

/** @type {import("../lib/app.js").Step} */
export const check = {
  id: "check",
  mount(root, app) {
    const step = new CheckStep(root, app);
    step.changed(/** @type {State} */ (app.state));
    return { changed: (state) => step.changed(state), mayLeave: () => leaving(step.grids), left: () => step.left() };
  },
};

class CheckStep {
  /** @param {HTMLElement} root @param {import("../lib/app.js").App} app */
  constructor(root, app) {
    this.app = app;
    this.book = new Book(app);
    this.grids = new Grids(this.book, {
      reason: () => chosen.reason.trim(),
      selected: (sheet, grid) => this.list.selectAmong(marked(/** @type {Answer} */ (this.book.answer), sheet, grid.current)),
      undo: () => this.turn("undo"),
      redo: () => this.turn("redo"),
    });
    const around = { app, book: this.book, locked: () => this.grids.readOnly, refocus: () => this.list.refocus(), reason: () => chosen.reason.trim() };
    this.around = around;
    this.list = new FaultList({
      chosen: (fault, focus) => this.grids.reveal(fault.cell || fault.rows[0], focus),
      remedies: (fault, wrong, full) => [...remediesOf(fault, around, wrong, full), ...(full ? this.forAll(fault, wrong) : [])],
      heading: (fault) => this.headingOf(fault),
    });
    this.mends = new Mends(around, (cell) => this.grids.reveal(cell, true));
    this.wrong = h("div", null);
    this.note = h("p", { class: "small quiet-text", role: "status" });
    this.verdict = h("div", { role: "status" });
    this.undo = button(t("undo"), () => this.turn("undo"), { title: t("undoKeys") });
    this.redo = button(t("redo"), () => this.turn("redo"), { title: t("redoKeys") });
    this.only = h("input", { type: "checkbox", id: freshId("only"), checked: chosen.onlyErrors, onchange: () => this.filter() });
    this.back = button(t("previous"), (event) => this.step(-1, event), { title: t("previousKeys") });
    this.on = button(t("next"), (event) => this.step(1, event), { title: t("nextKeys") });
    this.content = h("div", { class: "check-content" });
    this.element = h("div", { class: "check-step" }, h("div", { class: "check-main" }, this.bar(), this.note, this.wrong, this.grids.element), this.side());
    this.view = "";
    this.key = (/** @type {KeyboardEvent} */ event) => this.pressed(event);
    window.addEventListener("keydown", this.key);
    this.book.watching.add((news) => this.show(news));
    this.busy = slowly(this.element);
    this.book.working.add((busy) => this.working(busy));
    fill(root, this.content);
    if (this.book.answer) this.show({});
    else this.reading = window.setTimeout(() => this.reads(), 200);
  }

  reads() {
    if (!this.book.answer && this.view === "") fill(this.content, h("h1", null, t("title")), h("p", { role: "status", "aria-busy": "true" }, t("reading")));
  }

  bar() {
    const id = freshId("reason");
    const reason = h("input", { id, type: "text", value: chosen.reason, placeholder: t("reasonHint"), autocomplete: "off", oninput: () => (chosen.reason = reason.value) });
    return h(
      "div",
      { class: "check-bar" },
      h("h1", null, t("title")),
      h("span", { class: "buttons" }, this.undo, this.redo),
      h("span", { class: "row check-reason" }, h("label", { for: id }, t("reason")), reason),
      h("span", { class: "buttons" }, this.download("annotated"), this.download("mended")),
    );
  }

  /** @param {"annotated" | "mended"} which */
  download(which) {
    const made = button(t(which), async () => {
      if (isOff(made)) return;
      turnOff(made, true);
      fill(this.wrong);
      try {
        await save(`/api/sheet/${which}.xlsx`);
        this.note.textContent = t("saved");
      } catch (error) {
        fill(this.wrong, refusalView(error));
      } finally {
        turnOff(made, false);
      }
    });
    return made;
  }

  side() {
    return h(
      "section",
      { class: "check-side", "aria-label": t("faults") },
      this.verdict,
      h("div", { class: "row between" }, h("span", { class: "row check-only" }, this.only, h("label", { for: this.only.id }, t("onlyErrors"))), h("span", { class: "buttons" }, this.back, this.on)),
      this.list.count,
      this.list.element,
      this.mends.element,
    );
  }

  /** @param {State} state */
  changed(state) {
    const locked = Boolean(state.making.running);
    if (locked !== this.grids.readOnly) {
      this.grids.lock(locked);
      this.note.textContent = locked ? t("locked") : "";
      if (this.book.answer && !this.book.error) this.told();
    }
    if (state.begun && state.sheet && state.sheet.there && !state.stuck) this.book.changed(state);
    else this.lacking(state);
  }

  /** There is no sheet to check. @param {State} state */
  lacking(state) {
    const faults = state.stuck ? state.stuck.faults : [];
    const contest = !state.begun || (state.stuck && state.stuck.at === "contest");
    const view = JSON.stringify([contest, faults]);
    if (view === this.view) return;
    this.view = view;
    const go = contest ? button(t("toContest"), () => this.app.go("contest"), { class: "primary" }) : button(t("toSheet"), () => this.app.go("sheet"), { class: "primary" });
    const shown = faults.map((fault) => {
      const wrong = h("div", null);
      return [faultView(fault, contest ? [] : remediesOf(fault, this.around, wrong)), wrong];
    });
    const pieces = shown.reduce((all, some) => all.concat(some), []);
    fill(this.content, h("div", { class: "stack" }, h("h1", null, t("title")), h("p", null, t("noSheet")), h("p", null, go), h("div", null, pieces)));
  }

  /** @param {import("./sheet-data.js").News} news */
  show(news) {
    clearTimeout(this.reading);
    if (this.book.error) {
      this.view = "error";
      fill(this.content, h("h1", null, t("title")), refusalView(this.book.error));
      return;
    }
    if (this.view !== "sheet") {
      this.view = "sheet";
      fill(this.content, this.element);
    }
    this.grids.show(news);
    this.told();
  }

  /** Brings up to date what is said beside the grid. */
  told() {
    const answer = /** @type {Answer} */ (this.book.answer);
    const all = faultsOf(answer);
    this.list.show(chosen.onlyErrors ? all.filter((fault) => fault.severity === "error") : all);
    this.mends.show(answer);
    this.turnable();
    const none = this.list.faults.length === 0;
    turnOff(this.back, none);
    turnOff(this.on, none);
    this.judge(answer, all);
  }

  /** @param {Answer} answer @param {SheetFault[]} all */
  judge(answer, all) {
    const { errors, warnings } = countsOf(all);
    const sound = errors === 0;
    const verdict = sound ? (warnings === 0 ? "allGood" : "noErrors") : "";
    const more = verdict === "allGood" ? t("allGoodMore", { count: answer.balance.issued }) : t("noErrorsMore");
    // What is said already is not said again.
    if (this.verdict.dataset.says === verdict + more) return;
    this.verdict.dataset.says = verdict + more;
    fill(
      this.verdict,
      sound &&
        h(
          "div",
          { class: "check-good" },
          h("p", null, h("strong", null, t(/** @type {any} */ (verdict)))),
          h("p", { class: "small" }, more),
          h("p", null, button(t("toPages"), () => this.app.go("pages"), { class: "primary" })),
        ),
    );
  }

  filter() {
    chosen.onlyErrors = this.only.checked;
    this.told();
  }

  /** @param {1 | -1} by @param {Event} event */
  step(by, event) {
    // Whoever came by the keyboard presses again; whoever points wants to type.
    this.list.step(by, event instanceof MouseEvent && event.detail > 0);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key !== "F8" || event.isComposing || this.view !== "sheet" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.list.step(event.shiftKey ? -1 : 1, true);
  }

  /** @param {"undo" | "redo"} way */
  async turn(way) {
    if (isOff(way === "undo" ? this.undo : this.redo)) return;
    fill(this.wrong);
    try {
      const { changed } = await this.book.act(`/api/${way}`);
      if (changed.length > 0) this.grids.go(changed[0]);
    } catch (error) {
      fill(this.wrong, refusalView(error));
    } finally {
      this.turnable();
    }
  }

  /** Whether there is anything to undo and redo, as far as is known: not while something is on its way. */
  turnable() {
    const { answer, running } = this.book;
    const never = this.grids.readOnly || running > 0 || !answer;
    turnOff(this.undo, never || !(answer && answer.undo));
    turnOff(this.redo, never || !(answer && answer.redo));
  }

  /** @param {boolean} busy */
  working(busy) {
    this.busy(busy);
    this.turnable();
    if (busy) {
      this.waiting = window.setTimeout(() => (this.note.textContent = t("checking")), 300);
      return;
    }
    clearTimeout(this.waiting);
    const { seconds } = this.book;
    if (!this.grids.readOnly) this.note.textContent = seconds > SLOW ? t("slow", { seconds: seconds.toFixed(1) }) : "";
  }

  /** What mends all that are like a fault. @param {SheetFault} fault @param {HTMLElement} wrong */
  forAll(fault, wrong) {
    return [...allAlike(fault, this.around, chosen.reason), ...dropAll(fault, this.around, wrong)];
  }

  /** What the column of a fault's cell is called. @param {SheetFault} fault */
  headingOf(fault) {
    const cell = cellAt(fault.cell);
    const answer = /** @type {Answer} */ (this.book.answer);
    if (!cell) return "";
    const table = answer.mapping.find((one) => one.sheet === cell.sheet);
    const column = table && table.columns.find((one) => (cellAt(one.cell) || { column: -1 }).column === cell.column);
    const heading = column ? column.header : "";
    return answer.sheets.length > 1 ? [heading, cell.sheet].filter(Boolean).join(" · ") : heading;
  }

  left() {
    clearTimeout(this.reading);
    clearTimeout(this.waiting);
    window.removeEventListener("keydown", this.key);
    this.book.close();
  }
}
