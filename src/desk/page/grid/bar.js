import { element } from "./parts.js";
import { foldWords, remarkElement, remarksOn, remarksOnRow } from "./remarks.js";
import { fill } from "./words.js";

/**
 * The bar above the sheet: the current cell's address, its column's heading, its whole text, and what is to be said of it.
 *
 * The bar is an `<output>`, which screen readers speak whenever it changes. So it is also the voice of the grid:
 * the textarea names no active cell of its own, or each would be spoken twice.
 */
export class Bar {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.said = "";
    /** What the bar says, as one text. */
    this.text = "";
  }

  /**
   * @param {import("./sheet.js").Sheet} sheet
   * @param {import("./words.js").Words} words
   * @param {import("./selection.js").Selection} selection
   */
  show(sheet, words, selection) {
    const { row, column } = selection.current;
    const text = element("span", "ag-value", sheet.text(row, column));
    if (text.textContent === "") text.append(element("span", "ag-spoken", words.blank));
    const remarks = this.remarks(sheet, words, selection);
    const made = [
      element("b", "ag-address", this.address(sheet, words, selection)),
      element("span", "ag-heading", sheet.heading(row, column)),
      text,
      element("span", "ag-remarks"),
    ];
    made[3].append(...remarks.map(remarkElement));
    // What is the same is left alone, or it would be spoken again.
    const said = made.map((part) => part.textContent).join("\n");
    if (said === this.said) return;
    this.said = said;
    this.text = [...made.slice(0, 3).map((part) => part.textContent), ...remarks.map((remark) => remark.text)]
      .filter(Boolean)
      .join(", ");
    this.box.textContent = "";
    this.box.append(...made);
  }

  /**
   * @param {import("./sheet.js").Sheet} sheet
   * @param {import("./words.js").Words} words
   * @param {import("./selection.js").Selection} selection
   */
  address(sheet, words, selection) {
    const { block, current } = selection;
    if (selection.single) return sheet.address(current.row, current.column);
    const facts = {
      from: sheet.address(block.row, block.column),
      to: sheet.address(block.row + block.rows - 1, block.column + block.columns - 1),
      rows: block.rows,
      columns: block.columns,
      cells: block.rows * block.columns,
    };
    return fill(words.block, facts);
  }

  /**
   * @param {import("./sheet.js").Sheet} sheet
   * @param {import("./words.js").Words} words
   * @param {import("./selection.js").Selection} selection
   * @returns {import("./remarks.js").Remark[]}
   */
  remarks(sheet, words, selection) {
    const { current } = selection;
    const { row, column } = current;
    const remarks = remarksOn(sheet, words, row, column);
    // Why a row is skipped is said once, be it by the cell's own mark.
    const told = sheet.role(row) === "skipped" && sheet.marksAt(row, column).length > 0;
    remarks.push(...(told ? [{ sign: undefined, text: words.skipped }] : remarksOnRow(sheet, words, row)));
    if (current.rows * current.columns > 1) {
      remarks.push({ sign: undefined, text: fill(words.merged, { range: sheet.range(current) }) });
    }
    const folds = [
      ["rows", selection.rows.foldAt(row - 1)],
      ["rows", selection.rows.foldAt(row + current.rows)],
      ["columns", selection.columns.foldAt(column - 1)],
      ["columns", selection.columns.foldAt(column + current.columns)],
    ];
    for (const [kind, run] of /** @type {["rows" | "columns", {first: number, last: number} | undefined][]} */ (
      folds
    )) {
      if (run) remarks.push({ sign: undefined, text: foldWords(sheet, words, kind, run) });
    }
    return remarks;
  }
}
