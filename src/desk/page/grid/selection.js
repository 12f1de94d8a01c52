/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Position} Position
 * @typedef {"left" | "right" | "up" | "down"} Direction
 */

/** What is selected, and how it moves. Knows merged cells and folded rows, and nothing of the screen. */
export class Selection {
  /**
   * @param {import("./sheet.js").Sheet} sheet
   * @param {import("./axis.js").Axis} rows
   * @param {import("./axis.js").Axis} columns
   */
  constructor(sheet, rows, columns) {
    this.sheet = sheet;
    this.rows = rows;
    this.columns = columns;
    /**
     * Where the selection began, and where it reaches. Either may lie within a merged cell:
     * so a way across one comes out in the row where it went in.
     * @type {Position}
     */
    this.anchor = { row: rows.seek(0, 1) || 0, column: columns.seek(0, 1) || 0 };
    /** @type {Position} */
    this.head = this.anchor;
  }

  /** The cell that typing changes: a merged one with all that it covers. @returns {Block} */
  get current() {
    return this.sheet.owner(this.anchor.row, this.anchor.column);
  }

  /** All that is selected. No merged cell is cut in two. @returns {Block} */
  get block() {
    let block = union(this.current, this.sheet.owner(this.head.row, this.head.column));
    for (;;) {
      const grown = this.sheet.merges.reduce((all, merge) => (overlap(all, merge) ? union(all, merge) : all), block);
      if (same(grown, block)) return block;
      block = grown;
    }
  }

  get single() {
    return same(this.current, this.block);
  }

  /** @param {Position} cell */
  place(cell) {
    this.anchor = this.within(cell);
    this.head = this.anchor;
  }

  /** @param {Position} cell */
  extend(cell) {
    this.head = this.within(cell);
  }

  /** @param {Position} anchor @param {Position} head */
  span(anchor, head) {
    this.place(anchor);
    this.extend(head);
  }

  all() {
    this.span({ row: 0, column: 0 }, { row: this.rows.count - 1, column: this.columns.count - 1 });
  }

  /**
   * The cell one step away, or the same at the edge of the sheet.
   *
   * @param {Position} from
   * @param {Direction} direction
   * @returns {Position}
   */
  step(from, direction) {
    const block = this.sheet.owner(from.row, from.column);
    if (direction === "left")
      return { row: from.row, column: or(this.columns.seek(block.column - 1, -1), from.column) };
    if (direction === "up") return { row: or(this.rows.seek(block.row - 1, -1), from.row), column: from.column };
    if (direction === "right") {
      return { row: from.row, column: or(this.columns.seek(block.column + block.columns, 1), from.column) };
    }
    return { row: or(this.rows.seek(block.row + block.rows, 1), from.row), column: from.column };
  }

  /**
   * The cell at the edge of the data: the last before a gap, or else the first after one.
   *
   * @param {Position} from
   * @param {Direction} direction
   */
  edge(from, direction) {
    let here = from;
    let next = this.step(here, direction);
    const wanted = this.full(here) && this.full(next);
    if (!wanted) {
      here = next;
      next = this.step(here, direction);
    }
    while (!samePlace(here, next) && (wanted ? this.full(next) : !this.full(here))) {
      here = next;
      next = this.step(here, direction);
    }
    return here;
  }

  /** @param {Position} cell */
  full(cell) {
    const owner = this.sheet.owner(cell.row, cell.column);
    return this.sheet.text(owner.row, owner.column) !== "";
  }

  /**
   * The cell that a key leads to.
   *
   * @param {Position} from
   * @param {import("./keys.js").Motion} motion
   * @param {number} page  How many rows show at once.
   * @returns {Position}
   */
  target(from, motion, page) {
    switch (motion) {
      case "rowStart":
        return { row: from.row, column: or(this.columns.seek(0, 1), 0) };
      case "rowEnd":
        return { row: from.row, column: or(this.columns.seek(this.columns.count - 1, -1), 0) };
      case "sheetStart":
        return { row: or(this.rows.seek(0, 1), 0), column: or(this.columns.seek(0, 1), 0) };
      case "sheetEnd":
        return this.sheet.lastUsed();
      case "pageUp":
        return { row: or(this.rows.seek(Math.max(from.row - page, 0), 1), from.row), column: from.column };
      case "pageDown":
        return {
          row: or(this.rows.seek(Math.min(from.row + page, this.rows.count - 1), -1), from.row),
          column: from.column,
        };
      default:
        return this.step(from, motion);
    }
  }

  /**
   * The next cell in reading order, as Tab goes; undefined beyond the last.
   *
   * @param {boolean} back
   * @returns {Position | undefined}
   */
  following(back) {
    const { anchor } = this;
    const beside = this.step(anchor, back ? "left" : "right");
    if (!samePlace(beside, anchor)) return beside;
    const row = this.step(anchor, back ? "up" : "down").row;
    if (row === anchor.row) return undefined;
    return this.target({ row, column: 0 }, back ? "rowEnd" : "rowStart", 0);
  }

  /** @param {Position} cell @returns {Position} */
  within(cell) {
    return {
      row: Math.min(Math.max(cell.row, 0), this.rows.count - 1),
      column: Math.min(Math.max(cell.column, 0), this.columns.count - 1),
    };
  }
}

/** @param {Block} block @param {number} row @param {number} column */
export function holds(block, row, column) {
  return (
    row >= block.row && row < block.row + block.rows && column >= block.column && column < block.column + block.columns
  );
}

/** @param {Block} a @param {Block} b */
export function same(a, b) {
  return a.row === b.row && a.column === b.column && a.rows === b.rows && a.columns === b.columns;
}

/** @param {Position} a @param {Position} b */
function samePlace(a, b) {
  return a.row === b.row && a.column === b.column;
}

/** @param {Block} a @param {Block} b */
function overlap(a, b) {
  return (
    a.row < b.row + b.rows &&
    b.row < a.row + a.rows &&
    a.column < b.column + b.columns &&
    b.column < a.column + a.columns
  );
}

/** @param {Block} a @param {Block} b @returns {Block} */
function union(a, b) {
  const row = Math.min(a.row, b.row);
  const column = Math.min(a.column, b.column);
  return {
    row,
    column,
    rows: Math.max(a.row + a.rows, b.row + b.rows) - row,
    columns: Math.max(a.column + a.columns, b.column + b.columns) - column,
  };
}

/** @param {number | undefined} index @param {number} otherwise */
function or(index, otherwise) {
  return index === undefined ? otherwise : index;
}
