import { element } from "./parts.js";
import { Row } from "./row.js";

/**
 * @typedef {import("./sheet.js").Band} Band
 * @typedef {{rows: HTMLElement, stuckRows: HTMLElement, numbers: HTMLElement, stuckNumbers: HTMLElement}} DrawnBand
 *
 * @typedef {object} Scene  What there is to draw.
 * @property {import("./sheet.js").Sheet} sheet
 * @property {import("./words.js").Words} words
 * @property {import("./selection.js").Selection} selection
 * @property {import("./geometry.js").Geometry} geometry
 *
 * @typedef {{block: import("./types.js").Block, current: import("./types.js").Block}} Chosen  What is selected.
 */

/** Rows drawn beyond each edge of the view, so that a quick scroll shows no gap. */
const SPARE = 8;

/** How long the sheet rests before the elements of its rows are put into order; in milliseconds. */
const REST = 150;

/**
 * The rows on the screen: only those in view exist as elements.
 *
 * Two more kinds are drawn out of view: header rows that stick, and a row whose merged cell reaches into view.
 * Each row is drawn once, so that assistive technology meets none twice.
 */
export class View {
  /** @param {import("./parts.js").Parts} parts @param {Scene} scene */
  constructor(parts, scene) {
    this.parts = parts;
    this.scene = scene;
    this.chosen = chosenIn(scene);
    /** @type {Map<number, Row>} */
    this.drawn = new Map();
    /** @type {Map<Band, DrawnBand>} */
    this.bands = new Map();
    /** Rows that went out of view and may serve again. @type {Row[]} */
    this.idle = [];
    this.first = 0;
    this.last = -1;
    this.resting = 0;
  }

  /** Draws everything anew. @param {Scene} scene */
  show(scene) {
    for (const band of Array.from(this.bands.keys())) this.dropBand(band);
    for (const row of Array.from(this.drawn.keys())) this.drop(row);
    this.scene = scene;
    this.chosen = chosenIn(scene);
    this.last = -1;
    this.refresh();
    this.refresh(); // the spare rows as well
    this.arrange();
  }

  /** Draws the rows that came into view. After a jump only those; the spare ones can wait for a rest. */
  refresh() {
    const { rows, scrollTop, view } = this.scene.geometry;
    const top = rows.indexAt(scrollTop);
    const bottom = rows.indexAt(scrollTop + view.height);
    const spare = top <= this.last && bottom >= this.first ? SPARE : 0;
    const first = Math.max(top - spare, 0);
    const last = Math.min(bottom + spare, rows.count - 1);
    if (first === this.first && last === this.last) return;
    this.first = first;
    this.last = last;
    this.draw();
  }

  draw() {
    const bands = this.scene.sheet.bands.filter((band) => band.first <= this.last && band.until > this.first);
    const wanted = this.rowsWanted(bands);
    for (const band of Array.from(this.bands.keys())) if (!bands.includes(band)) this.dropBand(band);
    for (const row of Array.from(this.drawn.keys())) if (!wanted.has(row)) this.drop(row);
    for (const band of bands) if (!this.bands.has(band)) this.drawBand(band);
    wanted.forEach((row) => {
      if (!this.drawn.has(row)) this.drawRow(row);
    });
    for (const row of this.idle) row.remove();
    this.idle = [];
    this.arrangeSoon();
  }

  /** @param {Band[]} bands */
  rowsWanted(bands) {
    /** @type {Set<number>} */
    const rows = new Set();
    for (const merge of this.scene.sheet.merges) {
      if (merge.row <= this.last && merge.row + merge.rows > this.first) rows.add(merge.row);
    }
    for (let row = this.first; row <= this.last; row++) {
      if (!this.scene.geometry.rows.folded.has(row)) rows.add(row);
    }
    for (const band of bands) {
      for (let row = band.first; row <= band.last; row++) rows.add(row);
    }
    return rows;
  }

  /** @param {number} index */
  drawRow(index) {
    const { sheet, geometry } = this.scene;
    const band = sheet.band(index);
    const home = band && geometry.inBand(band, index) ? this.bands.get(band) : undefined;
    const row = (!home && this.idle.pop()) || new Row();
    row.become(
      this.scene,
      this.chosen,
      index,
      geometry.rows.start(index) - (band && home ? geometry.rows.start(band.first) : 0),
    );
    if (!row.line.parentNode) {
      (home ? home.stuckRows : this.parts.body).append(row.line);
      (home ? home.stuckNumbers : this.parts.numbers).append(row.number);
    }
    this.drawn.set(index, row);
  }

  /** @param {number} index */
  drop(index) {
    const row = this.drawn.get(index);
    if (!row) return;
    this.drawn.delete(index);
    if (row.line.parentNode === this.parts.body) this.idle.push(row);
    else row.remove();
  }

  /** @param {Band} band */
  drawBand(band) {
    const { geometry } = this.scene;
    const drawn = {
      rows: element("div", "ag-band"),
      stuckRows: element("div", "ag-stuck"),
      numbers: element("div", "ag-band"),
      stuckNumbers: element("div", "ag-stuck"),
    };
    const top = geometry.rows.start(band.first);
    for (const [outer, inner] of [
      [drawn.rows, drawn.stuckRows],
      [drawn.numbers, drawn.stuckNumbers],
    ]) {
      outer.style.top = top + "px";
      outer.style.height = geometry.rows.start(band.until) - top + "px";
      inner.style.height = geometry.heightOf(band) + "px";
      inner.classList.toggle("ag-loose", !geometry.sticks(band));
      outer.append(inner);
    }
    drawn.rows.setAttribute("role", "rowgroup");
    drawn.stuckRows.setAttribute("role", "presentation");
    this.parts.body.append(drawn.rows);
    this.parts.numbers.append(drawn.numbers);
    this.bands.set(band, drawn);
  }

  /** @param {Band} band */
  dropBand(band) {
    const drawn = this.bands.get(band);
    if (!drawn) return;
    for (let row = band.first; row <= band.last; row++) this.drop(row);
    drawn.rows.remove();
    drawn.numbers.remove();
    this.bands.delete(band);
  }

  /**
   * A row that serves again keeps its place among the elements while the sheet scrolls. Those who read the page by its
   * elements want them in order, so that is made good at the first rest.
   */
  arrangeSoon() {
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => {
      this.refresh();
      this.arrange();
    }, REST);
  }

  arrange() {
    clearTimeout(this.resting);
    /** @type {Map<number, HTMLElement>} */
    const lines = new Map();
    this.drawn.forEach((row, index) => lines.set(index, row.line));
    this.bands.forEach((drawn, band) => {
      for (let row = band.first; row <= band.last; row++) lines.delete(row);
      lines.set(band.first, drawn.rows);
    });
    const order = Array.from(lines.keys()).sort((a, b) => a - b);
    let next = this.parts.body.firstChild;
    for (const index of order) {
      const line = /** @type {HTMLElement} */ (lines.get(index));
      if (line === next) next = line.nextSibling;
      else this.parts.body.insertBefore(line, next);
    }
  }

  /** Puts the cells in their places after a column changed its width. */
  lay() {
    this.drawn.forEach((row) => row.layCells(this.scene));
    this.repaint(); // headings that run on over other cells have other room
  }

  /** Shows the cells as they are now. */
  repaint() {
    this.drawn.forEach((row) => row.paint(this.scene));
    this.paintSelection();
  }

  /** Repaints the rows of some cells, if they are drawn. @param {import("./types.js").Position[]} cells */
  repaintCells(cells) {
    for (const index of new Set(cells.map((cell) => cell.row))) {
      const row = this.drawn.get(index);
      if (!row) continue;
      row.paint(this.scene);
      row.select(this.chosen);
    }
  }

  paintSelection() {
    this.chosen = chosenIn(this.scene);
    this.drawn.forEach((row) => row.select(this.chosen));
  }
}

/**
 * Worked out once for all rows: a block may have to grow around many merged cells.
 *
 * @param {Scene} scene
 * @returns {Chosen}
 */
function chosenIn({ selection }) {
  return { block: selection.block, current: selection.current };
}
