import { Drafts } from "./drafts.js";

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Position} Position
 * @typedef {import("./types.js").Mark} Mark
 * @typedef {import("./types.js").Edit} Edit
 * @typedef {import("./types.js").Role} Role
 *
 * @typedef {{first: number, last: number, until: number}} Band
 *   Header rows that stay in view over the rows up to (not including) `until`.
 */

/** More header rows than this would leave no room for what they head. */
const TALLEST_BAND = 4;

const SEVERITIES = ["notice", "warning", "error"];

/** @type {import("./types.js").SheetData} What the grid shows before it is given a sheet. */
export const BLANK = { name: "", rows: 1, columns: [{ letter: "A" }], cells: [[]], roles: ["empty"] };

/** The sheet as the server sent it, with what was typed since, and with indexes for looking things up by cell. */
export class Sheet {
  /** @param {import("./types.js").SheetData} data */
  constructor(data) {
    this.name = data.name;
    this.rows = data.rows;
    this.letters = data.columns.map((column) => column.letter);
    this.columns = data.columns.length;
    this.cells = data.cells.map((row) => row.slice());
    this.hidden = { rows: [], columns: [], ...data.hidden };
    this.merges = (data.merges || [])
      .map((merge) => this.clip(merge))
      .filter((block) => block.rows * block.columns > 1);
    this.owners = this.indexMerges();
    this.drafts = new Drafts();
    /** @type {Map<number, string>} Why the last change of a cell was refused. */
    this.refusals = new Map();
    /** @type {Role[]} */
    this.roles = [];
    /** @type {Band[]} */
    this.bands = [];
    /** @type {Map<number, Mark[]>} */
    this.marks = new Map();
    /** @type {Map<number, Mark[]>} */
    this.marksOfRow = new Map();
    /** @type {Map<number, Edit>} */
    this.edits = new Map();
    this.setRoles(data.roles);
    this.setMarks(data.marks || []);
    this.setEdits(data.edits || []);
  }

  /** @param {number[]} merge @returns {Block} */
  clip([row, column, rows, columns]) {
    return { row, column, rows: Math.min(rows, this.rows - row), columns: Math.min(columns, this.columns - column) };
  }

  indexMerges() {
    /** @type {Map<number, Block>} */
    const owners = new Map();
    for (const block of this.merges) {
      for (const cell of cellsOf(block)) owners.set(this.key(cell), block);
    }
    return owners;
  }

  /** @param {Position} cell */
  key(cell) {
    return cell.row * this.columns + cell.column;
  }

  /** @param {Position} cell */
  contains(cell) {
    return cell.row >= 0 && cell.row < this.rows && cell.column >= 0 && cell.column < this.columns;
  }

  /** @param {number} row @param {number} column */
  text(row, column) {
    const cells = this.cells[row];
    return (cells && cells[column]) || "";
  }

  /** @param {Position} cell @param {string} text */
  setText(cell, text) {
    if (!this.cells[cell.row]) this.cells[cell.row] = [];
    this.cells[cell.row][cell.column] = text;
  }

  /**
   * The merged cell that a cell belongs to, or that cell alone.
   *
   * @param {number} row
   * @param {number} column
   * @returns {Block}
   */
  owner(row, column) {
    return this.owners.get(row * this.columns + column) || { row, column, rows: 1, columns: 1 };
  }

  /** @param {number} row @param {number} column */
  covered(row, column) {
    const block = this.owners.get(row * this.columns + column);
    return block !== undefined && (block.row !== row || block.column !== column);
  }

  /** @param {number} row @param {number} column */
  address(row, column) {
    return this.letters[column] + (row + 1);
  }

  /** @param {Block} block */
  range(block) {
    const from = this.address(block.row, block.column);
    const to = this.address(block.row + block.rows - 1, block.column + block.columns - 1);
    return from === to ? from : from + ":" + to;
  }

  /** @param {number} row @returns {Role} */
  role(row) {
    return this.roles[row] || "empty";
  }

  /** @param {Role[]} roles */
  setRoles(roles) {
    this.roles = roles.slice();
    this.bands = bandsOf(this.roles, this.rows);
  }

  /** @param {Mark[]} marks */
  setMarks(marks) {
    this.marks = new Map();
    this.marksOfRow = new Map();
    for (const mark of marks) {
      if (!this.contains(mark)) continue;
      // A covered cell does not show, so its mark stands at the cell that covers it.
      push(this.marks, this.key(this.owner(mark.row, mark.column)), mark);
      push(this.marksOfRow, mark.row, mark);
    }
  }

  /** @param {Edit[]} edits */
  setEdits(edits) {
    this.edits = new Map();
    for (const edit of edits) this.edits.set(this.key(edit), edit);
  }

  /** Whether there is nothing to a cell but its text. @param {number} row @param {number} column */
  isPlain(row, column) {
    const key = row * this.columns + column;
    if (this.owners.has(key) || this.marks.has(key) || this.edits.has(key)) return false;
    return !this.drafts.has(key) && !this.refusals.has(key);
  }

  /** @param {number} row @param {number} column */
  marksAt(row, column) {
    return this.marks.get(row * this.columns + column) || [];
  }

  /** The header rows that stay over a row, or that it is one of. @param {number} row */
  band(row) {
    return this.bands.find((band) => row >= band.first && row < band.until);
  }

  /**
   * What the header calls a column, as seen from a row below it; "" if no header does.
   *
   * @param {number} row
   * @param {number} column
   */
  heading(row, column) {
    const band = this.band(row);
    if (!band || row <= band.last) return "";
    for (let header = band.last; header >= band.first; header--) {
      const owner = this.owner(header, column);
      const text = this.text(owner.row, owner.column);
      if (text !== "") return text;
    }
    return "";
  }

  /** Shows a change before the server has it. @param {import("./types.js").Change} change */
  draft(change) {
    this.drafts.add(this.key(change), this.text(change.row, change.column), change.now);
    this.refusals.delete(this.key(change));
    this.setText(change, change.now);
  }

  /** @param {import("./types.js").CellText} cell */
  confirm(cell) {
    if (!this.contains(cell)) return;
    this.refusals.delete(this.key(cell));
    this.setText(cell, this.drafts.confirm(this.key(cell), cell.text));
  }

  /** @param {import("./types.js").Change} change @param {string} sentence */
  refuse(change, sentence) {
    if (!this.contains(change)) return;
    this.refusals.set(this.key(change), sentence);
    this.setText(change, this.drafts.refuse(this.key(change), change.now, change.was));
  }

  /** The last row and column that hold text. @returns {Position} */
  lastUsed() {
    let row = this.rows - 1;
    while (row > 0 && !(this.cells[row] || []).some((text) => text)) row--;
    let column = this.columns - 1;
    while (column > 0 && !this.cells.some((cells) => cells[column])) column--;
    return { row, column };
  }
}

/** Every cell of a block, row by row. @param {Block} block @returns {Position[]} */
export function cellsOf(block) {
  const cells = [];
  for (let row = block.row; row < block.row + block.rows; row++) {
    for (let column = block.column; column < block.column + block.columns; column++) cells.push({ row, column });
  }
  return cells;
}

/**
 * The gravest of some marks, or undefined.
 *
 * @param {Mark[]} marks
 * @returns {import("./types.js").Severity | undefined}
 */
export function gravest(marks) {
  let worst = -1;
  for (const mark of marks) worst = Math.max(worst, SEVERITIES.indexOf(mark.severity));
  return /** @type {import("./types.js").Severity | undefined} */ (SEVERITIES[worst]);
}

/** @param {Role[]} roles @param {number} rows @returns {Band[]} */
function bandsOf(roles, rows) {
  /** @type {Band[]} */
  const bands = [];
  for (let row = 0; row < rows; row++) {
    if (roles[row] !== "header") continue;
    const first = row;
    while (roles[row + 1] === "header") row++;
    bands.push({ first, last: row, until: rows });
  }
  bands.forEach((band, index) => {
    if (index + 1 < bands.length) band.until = bands[index + 1].first;
  });
  return bands.filter((band) => band.last - band.first < TALLEST_BAND);
}

/** @template T @param {Map<number, T[]>} map @param {number} key @param {T} value */
function push(map, key, value) {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
