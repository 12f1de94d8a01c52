import { Axis } from "./axis.js";

/**
 * Where everything lies: from cells to pixels and back.
 *
 * “The body” is the sheet without letters and numbers; its pixels count from the corner of the first cell.
 *
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./sheet.js").Band} Band
 * @typedef {{left: number, top: number, width: number, height: number}} Rect
 *
 * @typedef {"cell" | "row" | "column" | "corner" | "edge" | "rowFold" | "columnFold" | "outside"} Zone
 *   `edge` is the right edge of a column's letter, where its width is dragged.
 * @typedef {{zone: Zone, row: number, column: number}} Hit
 */

/** Pixels on either side of a column's edge where a drag resizes it. */
const GRIP = 6;
const NARROWEST = 28;
const WIDEST = 640;

/** The width that spreadsheets give a column that states none, in characters. */
const USUAL_WIDTH = 10;

export class Geometry {
  /** @param {HTMLElement} scroller @param {import("./sheet.js").Sheet} sheet */
  constructor(scroller, sheet) {
    this.scroller = scroller;
    this.sheet = sheet;
    /** Pixels of: one em, one row (and the letters above), the row numbers. */
    this.em = 14;
    this.rowHeight = 28;
    this.gutter = 56;
    this.rows = new Axis([], []);
    this.columns = new Axis([], []);
    /** How far the sheet is scrolled, and how much of it shows. */
    this.scrollLeft = 0;
    this.scrollTop = 0;
    this.view = { width: 0, height: 0 };
  }

  /** Reads the scroller, before a frame draws: to ask it amid drawing would make the browser lay the page out twice. */
  look() {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.scroller;
    this.scrollLeft = scrollLeft;
    this.scrollTop = scrollTop;
    this.view = { width: Math.max(clientWidth - this.gutter, 0), height: Math.max(clientHeight - this.rowHeight, 0) };
  }

  /** @param {number} left @param {number} top */
  scrollTo(left, top) {
    if (left === this.scrollLeft && top === this.scrollTop) return;
    this.scroller.scrollLeft = left;
    this.scroller.scrollTop = top;
    this.look();
  }

  /** Scrolls a distance, but at least a row. @param {number} across @param {number} down */
  scrollBy(across, down) {
    const least = (/** @type {number} */ distance) =>
      Math.sign(distance) * Math.max(Math.abs(distance), this.rowHeight);
    this.scrollTo(this.scrollLeft + least(across), this.scrollTop + least(down));
  }

  /**
   * Lays a sheet out anew.
   *
   * @param {import("./sheet.js").Sheet} sheet
   * @param {(number | undefined)[]} widths  In characters.
   */
  lay(sheet, widths) {
    this.sheet = sheet;
    this.measure();
    this.rows = new Axis(new Array(sheet.rows).fill(this.rowHeight), sheet.hidden.rows);
    this.columns = new Axis(
      widths.map((width) => this.pixels(width)),
      sheet.hidden.columns,
    );
  }

  measure() {
    this.em = parseFloat(getComputedStyle(this.scroller).fontSize) || 14;
    this.rowHeight = Math.round(this.em * 2);
    this.gutter = Math.round(this.em * (2.6 + 0.6 * String(this.sheet.rows).length));
  }

  /** Follows a changed font size; true if it did change. */
  rescale() {
    const before = this.em;
    this.measure();
    if (before === this.em) return false;
    this.rows.sizes.fill(this.rowHeight);
    this.rows.measure();
    this.columns.sizes = this.columns.sizes.map((size) => Math.round((size * this.em) / before));
    this.columns.measure();
    return true;
  }

  /** @param {number | undefined} width  In characters. */
  pixels(width) {
    return this.allowed((width || USUAL_WIDTH) * this.em * 0.54 + this.em);
  }

  /** @param {number} width */
  allowed(width) {
    return Math.round(Math.min(Math.max(width, NARROWEST), WIDEST));
  }

  /** @param {Band} band */
  heightOf(band) {
    return this.rows.end(band.last) - this.rows.start(band.first);
  }

  /** Whether a band may stick: on a low screen it would take the room of what it heads. @param {Band} band */
  sticks(band) {
    return this.heightOf(band) * 3 <= this.view.height;
  }

  /**
   * The header rows that stick now, and where their top is in the body; undefined if none has left its own place.
   *
   * @returns {{band: Band, top: number} | undefined}
   */
  stuck() {
    const { scrollTop } = this;
    const band = this.sheet.band(this.rows.indexAt(scrollTop));
    if (!band || !this.sticks(band) || this.rows.start(band.first) >= scrollTop) return undefined;
    const lowest = this.rows.start(band.until) - this.heightOf(band);
    return { band, top: Math.min(scrollTop, lowest) };
  }

  /** Where a block shows. @param {Block} block @returns {Rect} */
  rect(block) {
    const left = this.columns.start(block.column);
    const top = this.rows.start(block.row);
    const width = this.columns.end(block.column + block.columns - 1) - left;
    const height = this.rows.end(block.row + block.rows - 1) - top;
    const stuck = this.stuck();
    const moved = stuck && this.inBand(stuck.band, block.row) ? stuck.top - this.rows.start(stuck.band.first) : 0;
    return { left, top: top + moved, width, height };
  }

  /** @param {Band} band @param {number} row */
  inBand(band, row) {
    return row >= band.first && row <= band.last;
  }

  /** The part of a rectangle that shows, in the pixels of the window. @param {Rect} rect @returns {Rect} */
  onScreen(rect) {
    const box = this.scroller.getBoundingClientRect();
    const { scrollLeft, scrollTop } = this;
    const left = Math.max(rect.left - scrollLeft, 0);
    const top = Math.max(rect.top - scrollTop, 0);
    const right = Math.min(rect.left + rect.width - scrollLeft, this.view.width);
    const bottom = Math.min(rect.top + rect.height - scrollTop, this.view.height);
    return {
      left: box.left + this.gutter + left,
      top: box.top + this.rowHeight + top,
      width: right - left,
      height: bottom - top,
    };
  }

  /** What lies at a point of the window. @param {number} x @param {number} y @returns {Hit} */
  hit(x, y) {
    const box = this.scroller.getBoundingClientRect();
    const left = x - box.left - this.scroller.clientLeft;
    const top = y - box.top - this.scroller.clientTop;
    const across = left - this.gutter + this.scrollLeft;
    const down = top - this.rowHeight + this.scrollTop;
    const row = this.rowAt(down);
    const column = this.columns.indexAt(across);
    const inside =
      left >= 0 && top >= 0 && left < this.gutter + this.view.width && top < this.rowHeight + this.view.height;
    if (!inside) return { zone: "outside", row, column };
    if (left < this.gutter && top < this.rowHeight) return { zone: "corner", row, column };
    if (top < this.rowHeight) return this.hitLetter(across, row, column);
    if (down >= this.rows.total || (left >= this.gutter && across >= this.columns.total))
      return { zone: "outside", row, column };
    if (this.rows.folded.has(row)) return { zone: "rowFold", row, column };
    if (left < this.gutter) return { zone: "row", row, column };
    return { zone: this.columns.folded.has(column) ? "columnFold" : "cell", row, column };
  }

  /** @param {number} across @param {number} row @param {number} column @returns {Hit} */
  hitLetter(across, row, column) {
    if (this.columns.folded.has(column)) return { zone: "columnFold", row, column };
    if (Math.abs(this.columns.end(column) - across) <= GRIP) return { zone: "edge", row, column };
    const before = column - 1;
    if (before >= 0 && !this.columns.folded.has(before) && across - this.columns.start(column) <= GRIP) {
      return { zone: "edge", row, column: before };
    }
    return { zone: across < this.columns.total ? "column" : "outside", row, column };
  }

  /** @param {number} down */
  rowAt(down) {
    const stuck = this.stuck();
    if (!stuck || down < stuck.top || down >= stuck.top + this.heightOf(stuck.band)) return this.rows.indexAt(down);
    return this.rows.indexAt(this.rows.start(stuck.band.first) + down - stuck.top);
  }

  /**
   * The visible cell nearest to a point, for a drag that left the grid, and how far it left.
   *
   * @param {number} x
   * @param {number} y
   */
  nearest(x, y) {
    const box = this.scroller.getBoundingClientRect();
    const left = box.left + this.scroller.clientLeft + this.gutter;
    const top = box.top + this.scroller.clientTop + this.rowHeight;
    const right = left + this.view.width - 1;
    const bottom = top + this.view.height - 1;
    const { row, column } = this.hit(Math.min(Math.max(x, left), right), Math.min(Math.max(y, top), bottom));
    return { row, column, aside: beyond(x, left, right), below: beyond(y, top, bottom) };
  }

  /**
   * Scrolls no more than needed to show a cell; with `centre`, to the middle of the view if it did not show.
   *
   * @param {number} row
   * @param {number} column
   * @param {boolean} centre
   */
  reveal(row, column, centre) {
    this.scrollTo(this.leftFor(column), this.topFor(row, centre));
  }

  /** @param {number} row @param {boolean} centre */
  topFor(row, centre) {
    const { scrollTop } = this;
    const stuck = this.stuck();
    if (stuck && this.inBand(stuck.band, row)) return scrollTop;
    const band = this.sheet.band(row);
    const cover = band && !this.inBand(band, row) && this.sticks(band) ? this.heightOf(band) : 0;
    const highest = this.rows.start(row) - cover;
    const lowest = this.rows.end(row) - this.view.height;
    if (scrollTop <= highest && scrollTop >= lowest) return scrollTop;
    if (centre) return Math.max((highest + lowest) / 2, 0);
    return Math.max(scrollTop > highest ? highest : lowest, 0);
  }

  /** @param {number} column */
  leftFor(column) {
    const { scrollLeft } = this;
    const start = this.columns.start(column);
    const end = this.columns.end(column) - this.view.width;
    if (scrollLeft > start || end > start) return start;
    return Math.max(scrollLeft, end);
  }

  /** How many rows PageUp and PageDown move. */
  get page() {
    return Math.max(Math.floor(this.view.height / this.rowHeight) - 2, 1);
  }
}

/**
 * How far a value lies below a range (less than 0) or above it.
 *
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function beyond(value, low, high) {
  return value - Math.min(Math.max(value, low), high);
}
