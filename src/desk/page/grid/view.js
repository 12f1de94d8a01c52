import { paintCell } from "./cell.js";
import { icon } from "./icons.js";
import { element } from "./parts.js";
import { whySkipped } from "./remarks.js";
import { holds } from "./selection.js";
import { gravest } from "./sheet.js";

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./sheet.js").Band} Band
 * @typedef {{line: HTMLElement, number: HTMLElement, cells: Map<number, HTMLElement>}} DrawnRow
 * @typedef {{rows: HTMLElement, stuckRows: HTMLElement, numbers: HTMLElement, stuckNumbers: HTMLElement}} DrawnBand
 */

/** Rows drawn beyond each edge of the view, so that a quick scroll shows no gap. */
const SPARE = 8;

/**
 * The rows on the screen: only those in view exist as elements.
 *
 * Two more kinds are drawn out of view: header rows that stick, and a row whose merged cell reaches into view.
 * Each row is drawn once, so that assistive technology meets none twice.
 */
export class View {
  /**
   * @param {import("./parts.js").Parts} parts
   * @param {import("./geometry.js").Geometry} geometry
   */
  constructor(parts, geometry) {
    this.parts = parts;
    this.geometry = geometry;
    this.sheet = geometry.sheet;
    /** @type {Map<number, DrawnRow>} */
    this.drawn = new Map();
    /** @type {Map<Band, DrawnBand>} */
    this.drawnBands = new Map();
    this.first = 0;
    this.last = -1;
  }

  /**
   * Draws everything anew.
   *
   * @param {import("./sheet.js").Sheet} sheet
   * @param {import("./words.js").Words} words
   * @param {import("./selection.js").Selection} selection
   */
  show(sheet, words, selection) {
    this.sheet = sheet;
    this.words = words;
    this.selection = selection;
    for (const row of Array.from(this.drawn.keys())) this.drop(row);
    for (const band of Array.from(this.drawnBands.keys())) this.dropBand(band);
    this.last = -1;
    this.refresh();
  }

  /** Draws the rows that came into view; true if there were any. */
  refresh() {
    const { rows, scrollTop, view } = this.geometry;
    const first = Math.max(rows.indexAt(scrollTop) - SPARE, 0);
    const last = Math.min(rows.indexAt(scrollTop + view.height) + SPARE, rows.count - 1);
    if (first === this.first && last === this.last) return false;
    this.first = first;
    this.last = last;
    this.draw();
    return true;
  }

  draw() {
    const bands = this.sheet.bands.filter((band) => band.first <= this.last && band.until > this.first);
    const rows = this.rowsToDraw(bands);
    const wanted = new Set(rows);
    for (const band of Array.from(this.drawnBands.keys())) if (!bands.includes(band)) this.dropBand(band);
    for (const row of Array.from(this.drawn.keys())) if (!wanted.has(row)) this.drop(row);
    for (const band of bands) if (!this.drawnBands.has(band)) this.drawBand(band);
    for (const row of rows) if (!this.drawn.has(row)) this.drawRow(row);
    this.arrange(bands, rows);
  }

  /** @param {Band[]} bands @returns {number[]} In order. */
  rowsToDraw(bands) {
    /** @type {Set<number>} */
    const rows = new Set();
    for (const merge of this.sheet.merges) {
      if (merge.row <= this.last && merge.row + merge.rows > this.first) rows.add(merge.row);
    }
    for (let row = this.first; row <= this.last; row++) {
      if (!this.geometry.rows.folded.has(row)) rows.add(row);
    }
    for (const band of bands) {
      for (let row = band.first; row <= band.last; row++) rows.add(row);
    }
    return Array.from(rows).sort((a, b) => a - b);
  }

  /** @param {Band} band */
  drawBand(band) {
    const drawn = {
      rows: element("div", "ag-band"),
      stuckRows: element("div", "ag-stuck"),
      numbers: element("div", "ag-band"),
      stuckNumbers: element("div", "ag-stuck"),
    };
    const top = this.geometry.rows.start(band.first);
    for (const [outer, inner] of [[drawn.rows, drawn.stuckRows], [drawn.numbers, drawn.stuckNumbers]]) {
      outer.style.top = top + "px";
      outer.style.height = this.geometry.rows.start(band.until) - top + "px";
      inner.style.height = this.geometry.heightOf(band) + "px";
      inner.classList.toggle("ag-loose", !this.geometry.sticks(band));
      outer.append(inner);
    }
    drawn.rows.setAttribute("role", "rowgroup");
    drawn.stuckRows.setAttribute("role", "presentation");
    this.parts.numbers.append(drawn.numbers);
    this.drawnBands.set(band, drawn);
  }

  /** @param {Band} band */
  dropBand(band) {
    const drawn = this.drawnBands.get(band);
    if (!drawn) return;
    for (let row = band.first; row <= band.last; row++) this.drop(row);
    drawn.rows.remove();
    drawn.numbers.remove();
    this.drawnBands.delete(band);
  }

  /** @param {number} row */
  drawRow(row) {
    const home = this.homeOf(row);
    const top = this.geometry.rows.start(row) - home.top;
    const drawn = { line: element("div", "ag-row"), number: element("div", "ag-number"), cells: new Map() };
    drawn.line.setAttribute("role", "row");
    drawn.line.setAttribute("aria-rowindex", String(row + 1));
    drawn.line.style.top = top + "px";
    drawn.number.style.top = top + "px";
    this.drawCells(row, drawn);
    home.numbers.append(drawn.number);
    this.drawn.set(row, drawn);
    this.paintRow(row, drawn);
    this.selectRow(row, drawn);
  }

  /** Where a row's elements belong, and the top of that place in the body. @param {number} row */
  homeOf(row) {
    const band = this.sheet.band(row);
    const drawn = band && this.geometry.inBand(band, row) ? this.drawnBands.get(band) : undefined;
    if (!band || !drawn) return { numbers: this.parts.numbers, top: 0 };
    return { numbers: drawn.stuckNumbers, top: this.geometry.rows.start(band.first) };
  }

  /** @param {number} row @param {DrawnRow} drawn */
  drawCells(row, drawn) {
    const { rows, columns } = this.geometry;
    for (let column = 0; column < this.sheet.columns; column++) {
      if (this.sheet.covered(row, column)) continue;
      const owner = this.sheet.owner(row, column);
      if (isFolded(columns, column, owner.columns) || isFolded(rows, row, owner.rows)) continue;
      const cell = element("div", "");
      cell.setAttribute("aria-colindex", String(column + 1));
      this.placeCell(cell, owner);
      drawn.cells.set(column, cell);
      drawn.line.append(cell);
    }
  }

  /** @param {HTMLElement} cell @param {Block} block */
  placeCell(cell, block) {
    const { rows, columns } = this.geometry;
    const left = columns.start(block.column);
    cell.style.left = left + "px";
    cell.style.width = columns.end(block.column + block.columns - 1) - left + "px";
    if (block.rows > 1) {
      cell.style.height = rows.end(block.row + block.rows - 1) - rows.start(block.row) + "px";
      cell.setAttribute("aria-rowspan", String(block.rows));
    }
    if (block.columns > 1) cell.setAttribute("aria-colspan", String(block.columns));
  }

  /** @param {number} row */
  drop(row) {
    const drawn = this.drawn.get(row);
    if (!drawn) return;
    drawn.line.remove();
    drawn.number.remove();
    this.drawn.delete(row);
  }

  /** Puts the rows into their order, for those who read the page by its elements. @param {Band[]} bands @param {number[]} rows */
  arrange(bands, rows) {
    /** @type {HTMLElement[]} */
    const outer = [];
    for (const row of rows) {
      const band = bands.find((candidate) => this.geometry.inBand(candidate, row));
      const drawnBand = band && this.drawnBands.get(band);
      const drawn = this.drawn.get(row);
      if (!drawn) continue;
      if (!drawnBand) outer.push(drawn.line);
      else if (drawn.line.parentNode !== drawnBand.stuckRows) drawnBand.stuckRows.append(drawn.line);
      if (band && drawnBand && row === band.first) outer.push(drawnBand.rows);
    }
    let next = this.parts.body.firstChild;
    for (const child of outer) {
      if (child === next) next = child.nextSibling;
      else this.parts.body.insertBefore(child, next);
    }
  }

  /** Shows what a row's cells hold now. @param {number} row @param {DrawnRow} drawn */
  paintRow(row, drawn) {
    const role = this.sheet.role(row);
    drawn.line.className = "ag-row ag-" + role;
    drawn.number.className = "ag-number ag-" + role;
    drawn.number.textContent = String(row + 1);
    const severity = gravest(this.sheet.marksOfRow.get(row) || []);
    if (severity) drawn.number.prepend(icon(severity));
    drawn.cells.forEach((cell, column) => this.paint(cell, row, column));
    this.paintPill(row, drawn);
  }

  /** @param {HTMLElement} cell @param {number} row @param {number} column */
  paint(cell, row, column) {
    if (!this.words) return;
    paintCell(cell, this.sheet, this.words, row, column, this.roomFor(row, column));
  }

  /** Says on a skipped row that it is one. @param {number} row @param {DrawnRow} drawn */
  paintPill(row, drawn) {
    const pill = drawn.line.querySelector(".ag-pill");
    if (pill) pill.remove();
    if (this.sheet.role(row) !== "skipped" || !this.words) return;
    const made = element("span", "ag-pill", whySkipped(this.sheet, this.words, row));
    made.setAttribute("aria-hidden", "true");
    drawn.line.append(made);
  }

  /** The text of a title or section runs on over the empty cells beside it. @param {number} row @param {number} column */
  roomFor(row, column) {
    const role = this.sheet.role(row);
    if ((role !== "title" && role !== "section") || this.sheet.text(row, column) === "") return undefined;
    let end = column + this.sheet.owner(row, column).columns;
    while (end < this.sheet.columns && this.sheet.text(row, end) === "" && !this.sheet.covered(row, end)) end++;
    return this.geometry.columns.start(end) - this.geometry.columns.start(column);
  }

  repaint() {
    this.drawn.forEach((drawn, row) => this.paintRow(row, drawn));
    this.paintSelection();
  }

  /** Repaints the rows of some cells, if they are drawn. @param {import("./types.js").Position[]} cells */
  repaintCells(cells) {
    for (const row of new Set(cells.map((cell) => cell.row))) {
      const drawn = this.drawn.get(row);
      if (!drawn) continue;
      this.paintRow(row, drawn);
      this.selectRow(row, drawn);
    }
  }

  paintSelection() {
    this.drawn.forEach((drawn, row) => this.selectRow(row, drawn));
  }

  /** @param {number} row @param {DrawnRow} drawn */
  selectRow(row, drawn) {
    if (!this.selection) return;
    const { block, current } = this.selection;
    drawn.number.classList.toggle("ag-within", row >= block.row && row < block.row + block.rows);
    drawn.cells.forEach((cell, column) => {
      const selected = holds(block, row, column);
      cell.setAttribute("aria-selected", String(selected));
      cell.classList.toggle("ag-selected", selected);
      cell.classList.toggle("ag-current", row === current.row && column === current.column);
    });
  }
}

/** Whether nothing of a block shows along one direction. @param {import("./axis.js").Axis} axis @param {number} first @param {number} count */
function isFolded(axis, first, count) {
  return axis.folded.has(first) && (axis.seek(first, 1) || axis.count) >= first + count;
}
