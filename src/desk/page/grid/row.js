import { Cell } from "./cell.js";
import { icon } from "./icons.js";
import { element } from "./parts.js";
import { whySkipped } from "./remarks.js";
import { holds } from "./selection.js";
import { gravest } from "./sheet.js";

/** One row on the screen: its number, and its cells. Out of view, it serves again for a row that came into view. */
export class Row {
  constructor() {
    this.line = element("div", "");
    this.line.setAttribute("role", "row");
    this.number = element("div", "");
    /** @type {Map<number, Cell>} */
    this.cells = new Map();
    /** @type {HTMLElement | undefined} */
    this.pill = undefined;
    this.index = -1;
  }

  /**
   * Becomes a row of the sheet.
   *
   * @param {import("./view.js").Scene} scene
   * @param {import("./view.js").Chosen} chosen
   * @param {number} index
   * @param {number} top  In the element that it stands in.
   */
  become(scene, chosen, index, top) {
    this.index = index;
    this.line.setAttribute("aria-rowindex", String(index + 1));
    this.line.style.top = top + "px";
    this.number.style.top = top + "px";
    this.layCells(scene);
    this.paint(scene);
    this.select(chosen);
  }

  /** Has a cell wherever one shows, in their order. @param {import("./view.js").Scene} scene */
  layCells({ sheet, geometry }) {
    /** @type {HTMLElement | null} */
    let next = this.pill || null;
    for (let column = sheet.columns - 1; column >= 0; column--) {
      const block = sheet.owner(this.index, column);
      if (!shows(sheet, geometry, this.index, column, block)) {
        this.dropCell(column);
        continue;
      }
      const cell = this.cells.get(column) || this.addCell(column, next);
      cell.place(geometry, block);
      next = cell.element;
    }
    for (const column of Array.from(this.cells.keys())) if (column >= sheet.columns) this.dropCell(column);
  }

  /** @param {number} column @param {HTMLElement | null} next */
  addCell(column, next) {
    const cell = new Cell(column);
    this.cells.set(column, cell);
    this.line.insertBefore(cell.element, next);
    return cell;
  }

  /** @param {number} column */
  dropCell(column) {
    const cell = this.cells.get(column);
    if (!cell) return;
    cell.element.remove();
    this.cells.delete(column);
  }

  /** Shows what the row holds now. @param {import("./view.js").Scene} scene */
  paint(scene) {
    const { sheet, words, geometry } = scene;
    const role = sheet.role(this.index);
    const severity = gravest(sheet.marksOfRow.get(this.index) || []);
    this.line.className = "ag-row ag-" + role;
    this.number.className = "ag-number ag-" + role;
    this.number.textContent = String(this.index + 1);
    if (severity) this.number.prepend(icon(severity));
    this.cells.forEach((cell, column) =>
      cell.paint(sheet, words, this.index, roomFor(sheet, geometry, this.index, column)),
    );
    this.paintPill(scene);
  }

  /** Says on a skipped row that it is one. @param {import("./view.js").Scene} scene */
  paintPill({ sheet, words }) {
    if (this.pill) this.pill.remove();
    this.pill = undefined;
    if (sheet.role(this.index) !== "skipped") return;
    this.pill = element("span", "ag-pill", whySkipped(sheet, words, this.index));
    this.pill.setAttribute("aria-hidden", "true"); // the bar says it
    this.line.append(this.pill);
  }

  /** @param {import("./view.js").Chosen} chosen */
  select({ block, current }) {
    const row = this.index;
    this.number.classList.toggle("ag-within", row >= block.row && row < block.row + block.rows);
    this.cells.forEach((cell, column) => {
      cell.select(holds(block, row, column), row === current.row && column === current.column);
    });
  }

  remove() {
    this.line.remove();
    this.number.remove();
  }
}

/**
 * Whether a cell shows: one that is covered, or folded with all that it covers, does not.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @param {import("./geometry.js").Geometry} geometry
 * @param {number} row
 * @param {number} column
 * @param {import("./types.js").Block} block
 */
function shows(sheet, { rows, columns }, row, column, block) {
  if (sheet.covered(row, column)) return false;
  return !columns.allFolded(column, block.columns) && !rows.allFolded(row, block.rows);
}

/**
 * The text of a title or a section runs on over the empty cells beside it: how far, in pixels.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @param {import("./geometry.js").Geometry} geometry
 * @param {number} row
 * @param {number} column
 */
function roomFor(sheet, { columns }, row, column) {
  const role = sheet.role(row);
  if ((role !== "title" && role !== "section") || sheet.text(row, column) === "") return undefined;
  let end = column + sheet.owner(row, column).columns;
  while (end < sheet.columns && sheet.text(row, end) === "" && !sheet.covered(row, end)) end++;
  return columns.start(end) - columns.start(column);
}
