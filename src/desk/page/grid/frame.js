import { element } from "./parts.js";

/** The letters above the columns, and the lines where rows or columns are hidden. */
export class Frame {
  /**
   * @param {import("./parts.js").Parts} parts
   * @param {import("./geometry.js").Geometry} geometry
   */
  constructor(parts, geometry) {
    this.parts = parts;
    this.geometry = geometry;
    /** @type {Map<number, HTMLElement>} */
    this.letters = new Map();
    /** @type {HTMLElement[]} */
    this.lines = [];
  }

  /** Sets the sheet's size, and draws the letters and the lines anew. */
  draw() {
    const { canvas, body, folds, numbers } = this.parts;
    const { rows, columns, gutter, rowHeight } = this.geometry;
    canvas.style.width = gutter + columns.total + "px";
    canvas.style.height = rowHeight + rows.total + "px";
    canvas.style.setProperty("--ag-row", rowHeight + "px");
    canvas.style.setProperty("--ag-gutter", gutter + "px");
    for (const layer of [body, folds]) {
      layer.style.width = columns.total + "px";
      layer.style.height = rows.total + "px";
    }
    numbers.style.height = rows.total + "px";
    this.drawLetters();
    this.drawFolds();
  }

  drawLetters() {
    const { columns, sheet } = this.geometry;
    const corner = element("div", "ag-corner");
    this.letters.clear();
    this.parts.letters.textContent = "";
    this.parts.letters.append(corner);
    for (let column = 0; column < columns.count; column++) {
      if (columns.folded.has(column)) continue;
      const letter = element("div", "ag-letter", sheet.letters[column]);
      letter.style.left = this.geometry.gutter + columns.start(column) + "px";
      letter.style.width = columns.size(column) + "px";
      this.letters.set(column, letter);
      this.parts.letters.append(letter);
    }
  }

  drawFolds() {
    const { rows, columns, gutter } = this.geometry;
    const { folds, numbers, letters } = this.parts;
    for (const old of Array.from(this.lines)) old.remove();
    this.lines = [];
    for (const run of rows.folds(0, rows.count - 1)) {
      for (const home of [folds, numbers]) this.drawLine(home, "ag-across", "top", rows.start(run.first));
    }
    for (const run of columns.folds(0, columns.count - 1)) {
      this.drawLine(folds, "ag-down", "left", columns.start(run.first));
      this.drawLine(letters, "ag-down", "left", gutter + columns.start(run.first));
    }
  }

  /** @param {HTMLElement} home @param {string} name @param {"top" | "left"} side @param {number} distance */
  drawLine(home, name, side, distance) {
    const line = element("div", "ag-fold " + name);
    line.style[side] = distance + "px";
    home.append(line);
    this.lines.push(line);
  }

  /** @param {import("./types.js").Block} block  What is selected. */
  paintSelection(block) {
    this.letters.forEach((letter, column) => {
      letter.classList.toggle("ag-within", column >= block.column && column < block.column + block.columns);
    });
  }

  /** Tells merged cells how far down their text must stand to be seen: below the letters and the header that sticks. */
  follow() {
    const stuck = this.geometry.stuck();
    const covered = this.geometry.rowHeight + (stuck ? this.geometry.heightOf(stuck.band) : 0) + "px";
    const { style } = this.parts.canvas;
    if (style.getPropertyValue("--ag-covered") !== covered) style.setProperty("--ag-covered", covered);
  }
}
