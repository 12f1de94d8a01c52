/** The sheets as grids, a tab for each if there are several. What is typed goes to the book, and its answer comes back here. */
import "../grid.js";
import { chinese } from "../grid/words-zh.js";
import { Refusal } from "../lib/api.js";
import { fill, freshId, h } from "../lib/dom.js";
import { lang } from "../lib/words.js";
import { cellAt } from "./sheet-data.js";
import { t } from "./sheet-words.js";

/**
 * @typedef {import("../grid.js").AwardGrid} AwardGrid
 * @typedef {import("./sheet-data.js").Book} Book
 * @typedef {import("./sheet-data.js").News} News
 * @typedef {import("../grid/types.js").SheetData} SheetData
 * @typedef {import("../grid/types.js").SheetUpdate} SheetUpdate
 * @typedef {import("../grid/types.js").Change} Change
 *
 * @typedef {object} Acts
 * @property {(sheet: string, grid: AwardGrid) => void} [selected]  Another cell was selected.
 * @property {() => string} [reason]  Why the next cells are changed.
 * @property {() => void} [undo]
 * @property {() => void} [redo]
 */

/** How long other sheets wait for an edit in progress to end, in milliseconds. */
const PATIENCE = 400;

/** How wide a column may be made, in characters, and the room for the sign of a fault. */
const NARROW = 6;
const WIDE = 28;
const SIGN = 3;

/** Which sheet was looked at last, in either step. */
let current = "";

export class Grids {
  /** @param {Book} book @param {Acts} acts */
  constructor(book, acts) {
    this.book = book;
    this.acts = acts;
    this.stem = freshId("sheet");
    this.tabs = h("div", { class: "sheet-tabs", role: "tablist", "aria-label": t("sheets"), onkeydown: (/** @type {KeyboardEvent} */ event) => this.tabKey(event) });
    this.panel = h("div", { class: "sheet-panel", id: this.stem });
    this.element = h("div", { class: "sheet-grids" }, this.tabs, this.panel);
    /** @type {Map<string, AwardGrid>} */
    this.grids = new Map();
    this.readOnly = false;
    this.waiting = 0;
    /** Edits on their way. @type {Set<Promise<boolean>>} */
    this.saving = new Set();
  }

  get sheets() {
    return this.book.answer ? this.book.answer.sheets : [];
  }

  /** The grid that shows, if any does. */
  get grid() {
    return this.grids.get(current);
  }

  /** Whether text would be lost if the grids went away now. */
  get unsaved() {
    return Array.from(this.grids.values()).some((grid) => grid.unsaved);
  }

  /** @param {News} news */
  show(news) {
    if (news.updates && this.grids.size > 0 && this.waiting === 0) {
      this.grids.forEach((grid, name) => grid.update(/** @type {any} */ (news.updates).get(name) || {}));
      this.showTabs();
      return;
    }
    clearTimeout(this.waiting);
    this.waiting = 0;
    // Other sheets would end an edit in progress: they wait for it.
    if (this.unsaved && !this.book.closed) this.waiting = window.setTimeout(() => this.show({}), PATIENCE);
    else this.renew();
  }

  renew() {
    if (this.book.closed) return;
    this.grids.clear();
    fill(this.panel);
    const names = this.sheets.map((sheet) => sheet.name);
    if (names.length > 0) this.open(names.includes(current) ? current : this.usual());
  }

  /** The first sheet that holds awards. */
  usual() {
    const answer = /** @type {import("./sheet-data.js").Answer} */ (this.book.answer);
    const named = answer.mapping.find((table) => this.sheets.some((sheet) => sheet.name === table.sheet));
    return named ? named.sheet : this.sheets[0].name;
  }

  /** Shows a sheet. @param {string} name */
  open(name) {
    const sheet = this.sheets.find((one) => one.name === name);
    if (!sheet) return undefined;
    current = name;
    const grid = this.grids.get(name) || this.make(sheet);
    this.grids.forEach((other) => {
      other.hidden = other !== grid;
    });
    this.showTabs();
    return grid;
  }

  /** @param {SheetData} sheet */
  make(sheet) {
    const grid = /** @type {AwardGrid} */ (document.createElement("award-grid"));
    grid.words = lang() === "zh" ? chinese : {};
    grid.readOnly = this.readOnly;
    grid.sheet = { ...sheet, columns: widened(sheet) };
    grid.addEventListener("celledit", (event) => this.edited(sheet.name, grid, /** @type {any} */ (event).detail.changes));
    grid.addEventListener("cellselect", () => this.acts.selected && this.acts.selected(sheet.name, grid));
    grid.addEventListener("gridundo", () => this.acts.undo && this.acts.undo());
    grid.addEventListener("gridredo", () => this.acts.redo && this.acts.redo());
    this.grids.set(sheet.name, grid);
    this.panel.append(grid);
    return grid;
  }

  /** @param {string} sheet @param {AwardGrid} grid @param {Change[]} changes */
  edited(sheet, grid, changes) {
    const reason = this.acts.reason ? this.acts.reason() : "";
    const saving = this.book.act("/api/cells", { sheet, changes, reason }).then(
      () => true,
      (error) => {
        this.refused(grid, changes, error);
        return false;
      },
    );
    this.saving.add(saving);
    void saving.then(() => this.saving.delete(saving));
  }

  /** @param {AwardGrid} grid @param {Change[]} changes @param {any} error */
  refused(grid, changes, error) {
    const overtaken = error instanceof Refusal && error.faults.every((fault) => fault.code === "cell-overtaken");
    // What was typed is told, so that it need not be remembered.
    for (const change of changes) {
      const typed = change.now;
      grid.refuse([change], overtaken ? t("overtaken", { typed }) : t("unsaved", { typed, why: sentenceOf(error) }));
    }
  }

  /** Waits for what was typed to be saved. Whether all of it was. */
  async saved() {
    const all = await Promise.all(this.saving);
    return all.every(Boolean);
  }

  /**
   * Brings a cell into view, such as `企业组!D5`. Whether there is one.
   *
   * @param {string | null | undefined} place
   * @param {boolean} [focus]
   */
  reveal(place, focus) {
    const cell = cellAt(place);
    const grid = cell && this.open(cell.sheet);
    if (!cell || !grid) return false;
    grid.reveal(cell.row, cell.column, { focus });
    return true;
  }

  /** Brings a cell that was changed into view. @param {{ sheet: string, row: number, column: number }} cell */
  go({ sheet, row, column }) {
    const grid = this.open(sheet);
    if (grid) grid.reveal(row, column);
  }

  /** @param {boolean} readOnly */
  lock(readOnly) {
    if (readOnly === this.readOnly) return;
    this.readOnly = readOnly;
    this.grids.forEach((grid) => {
      grid.readOnly = readOnly;
    });
  }

  showTabs() {
    const several = this.sheets.length > 1;
    this.tabs.hidden = !several;
    if (several) {
      this.panel.setAttribute("role", "tabpanel");
      this.panel.setAttribute("aria-label", current);
    }
    const focused = this.tabs.contains(document.activeElement);
    fill(this.tabs, several ? this.sheets.map((sheet) => this.tab(sheet)) : []);
    const chosen = this.tabs.querySelector("[aria-selected=true]");
    if (focused && chosen) /** @type {HTMLElement} */ (chosen).focus();
  }

  /** @param {SheetData} sheet */
  tab(sheet) {
    const chosen = sheet.name === current;
    const errors = new Set((sheet.marks || []).filter((mark) => mark.severity === "error").map((mark) => mark.fault)).size;
    const words = t("errorsHere", { count: errors });
    return h(
      "button",
      {
        type: "button",
        role: "tab",
        "aria-selected": String(chosen),
        "aria-controls": this.stem,
        tabindex: chosen ? "0" : "-1",
        onclick: () => this.open(sheet.name),
      },
      sheet.name,
      errors > 0 && h("span", { class: "badge error", title: words }, h("span", { "aria-hidden": "true" }, errors), h("span", { class: "visually-hidden" }, words)),
    );
  }

  /** @param {KeyboardEvent} event */
  tabKey(event) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const names = this.sheets.map((sheet) => sheet.name);
    const next = (names.indexOf(current) + step + names.length) % names.length;
    this.open(names[next]);
  }
}

/**
 * The columns of a sheet, those without a width as wide as most of their texts need. In characters, of which a Chinese one takes two.
 *
 * @param {SheetData} sheet
 */
function widened(sheet) {
  const rows = sheet.cells.filter((_, row) => sheet.roles[row] === "entrant" || sheet.roles[row] === "header").slice(0, 500);
  return sheet.columns.map(({ letter, width }, column) => {
    const lengths = rows.map((cells) => (cells[column] || "").replace(/[^\x00-\xff]/g, "xx").length).sort((a, b) => a - b);
    const most = lengths[Math.floor(lengths.length * 0.9)] || 0;
    return { letter, width: width || Math.min(Math.max(most + SIGN, NARROW), WIDE) };
  });
}

/** Why something was refused, as one sentence. @param {any} error */
export function sentenceOf(error) {
  if (!(error instanceof Refusal)) return String((error && error.message) || error);
  return error.faults.map((fault) => [fault.message, fault.help].filter(Boolean).join(lang() === "zh" ? "。" : ". ")).join(" ");
}
