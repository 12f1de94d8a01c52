import { foldWords, remarksOn, remarksOnRow } from "./remarks.js";
import { Tooltip } from "./tooltip.js";

/**
 * Decides what the one tooltip tells: of what the pointer rests on, else of the current cell.
 *
 * @typedef {import("./geometry.js").Hit} Hit
 * @typedef {import("./remarks.js").Remark} Remark
 */
export class Hints {
  /** @param {import("./table.js").Table} table @param {HTMLElement} box */
  constructor(table, box) {
    this.table = table;
    this.tooltip = new Tooltip(box, table.host);
    /** Whether the pointer rests on something that is told of. */
    this.hovering = false;
    /** Whether Escape sent away what is told of the current cell. */
    this.dismissed = false;
  }

  /** Tells of the current cell, unless the pointer rests on something. */
  point() {
    if (this.hovering) return;
    const { table } = this;
    const { row, column } = table.selection.current;
    // That a text is being saved is no reason to cover other cells.
    const remarks = remarksOn(table.sheet, table.words, row, column).filter((remark) => remark.sign !== "saving");
    if (table.hasFocus && !this.dismissed && !table.editor.composing && remarks.length > 0) this.showAtCurrent(remarks);
    else this.tooltip.hide();
  }

  /** @param {Remark[]} remarks */
  showAtCurrent(remarks) {
    const { geometry, selection } = this.table;
    const at = geometry.onScreen(geometry.rect(selection.current));
    if (at.width > 0 && at.height > 0) this.tooltip.show(remarks, at);
    else this.tooltip.hide();
  }

  /** Tells at the current cell why it cannot be changed. @param {string} sentence */
  explain(sentence) {
    if (this.table.hasFocus) this.showAtCurrent([{ sign: "refused", text: sentence }]);
  }

  dismiss() {
    this.hovering = false;
    this.dismissed = true;
    this.tooltip.hide();
  }

  /** The pointer does not rest on what it did. */
  scrolled() {
    this.hovering = false;
    this.point();
  }

  /** The pointer rests on something, or left. @param {Hit | undefined} hit */
  rest(hit) {
    if (!hit && this.tooltip.box.matches(":hover")) return;
    const remarks = hit ? this.remarksUnder(hit) : [];
    this.hovering = remarks.length > 0;
    if (hit && this.hovering) this.tooltip.show(remarks, this.table.geometry.onScreen(this.rectUnder(hit)));
    else this.point();
  }

  /** @param {Hit} hit @returns {Remark[]} */
  remarksUnder({ zone, row, column }) {
    const { sheet, words, geometry } = this.table;
    const rowFold = geometry.rows.foldAt(row);
    const columnFold = geometry.columns.foldAt(column);
    if (zone === "rowFold" && rowFold) return [{ sign: undefined, text: foldWords(sheet, words, "rows", rowFold) }];
    if (zone === "columnFold" && columnFold) {
      return [{ sign: undefined, text: foldWords(sheet, words, "columns", columnFold) }];
    }
    if (zone === "row") return remarksOnRow(sheet, words, row);
    if (zone !== "cell") return [];
    const owner = sheet.owner(row, column);
    return remarksOn(sheet, words, owner.row, owner.column);
  }

  /** @param {Hit} hit */
  rectUnder({ zone, row, column }) {
    const { geometry, sheet } = this.table;
    const rect = geometry.rect(sheet.owner(row, column));
    if (zone === "row" || zone === "rowFold") return { ...rect, left: geometry.scrollLeft };
    if (zone === "columnFold") return { ...rect, top: geometry.scrollTop };
    return rect;
  }
}
