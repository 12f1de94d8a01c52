/** Which faults stand at a cell. */

/**
 * By sheet and cell, of the answer they were made of.
 *
 * @type {WeakMap<import("./sheet-data.js").Answer, Map<string, Map<string, number[]>>>}
 */
const known = new WeakMap();

/**
 * The faults, by their own numbers, that are marked at a cell or at what it covers.
 *
 * @param {import("./sheet-data.js").Answer} answer
 * @param {string} name  The sheet's.
 * @param {import("../grid/types.js").Position} at
 */
export function marked(answer, name, at) {
  const sheet = answer.sheets.find((one) => one.name === name);
  const marks = marksOf(answer).get(name);
  if (!sheet || !marks) return [];
  const [, , rows, columns] = (sheet.merges || []).find(([row, column]) => row === at.row && column === at.column) || [0, 0, 1, 1];
  /** @type {number[]} */
  const found = [];
  for (let row = at.row; row < Math.min(at.row + rows, sheet.rows); row++) {
    for (let column = at.column; column < at.column + columns; column++) found.push(...(marks.get(`${row} ${column}`) || []));
  }
  return found;
}

/** @param {import("./sheet-data.js").Answer} answer */
function marksOf(answer) {
  const before = known.get(answer);
  if (before) return before;
  const made = new Map(answer.sheets.map((sheet) => [sheet.name, byCell(sheet.marks || [])]));
  known.set(answer, made);
  return made;
}

/** @param {import("../grid/types.js").Mark[]} marks */
function byCell(marks) {
  /** @type {Map<string, number[]>} */
  const cells = new Map();
  for (const { row, column, fault } of marks) {
    const key = `${row} ${column}`;
    const there = cells.get(key);
    if (fault === undefined) continue;
    if (there) there.push(fault);
    else cells.set(key, [fault]);
  }
  return cells;
}
