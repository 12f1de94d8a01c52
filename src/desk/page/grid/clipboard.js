import { same } from "./selection.js";

/**
 * Blocks of cells as spreadsheets put them on the clipboard: a line for each row, a tab between cells.
 *
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Change} Change
 * @typedef {{word: "readOnly" | "emptyRow" | "covered" | "tooLarge", facts: Record<string, string | number>}} Obstacle
 *   Why something cannot be done: a key of the words, and what goes into its holes.
 */

/** @param {import("./sheet.js").Sheet} sheet @param {Block} block */
export function copyText(sheet, block) {
  const lines = [];
  for (let row = block.row; row < block.row + block.rows; row++) {
    const line = [];
    for (let column = block.column; column < block.column + block.columns; column++)
      line.push(quoted(sheet.text(row, column)));
    lines.push(line.join("\t"));
  }
  return lines.join("\r\n");
}

/** @param {string} text */
function quoted(text) {
  return /[\t\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

/**
 * The cells in a copied text.
 *
 * Excel and WPS quote a cell only if it has a tab or a line break. So the quotes of “"Star" team” belong to the text.
 *
 * @param {string} text
 * @returns {string[][]}
 */
export function parseTable(text) {
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  /** @type {string[][]} */
  const table = [[]];
  for (let at = 0; at <= source.length; at++) {
    const cell = quotedAt(source, at) || plainAt(source, at);
    table[table.length - 1].push(cell.text);
    at = cell.end;
    if (source[at] === "\n") table.push([]);
  }
  return table;
}

/** @param {string} source @param {number} start */
function plainAt(source, start) {
  let end = start;
  while (end < source.length && source[end] !== "\t" && source[end] !== "\n") end++;
  return { text: source.slice(start, end), end };
}

/** A quoted cell, or undefined if none begins here. @param {string} source @param {number} start */
function quotedAt(source, start) {
  if (source[start] !== '"') return undefined;
  let end = start + 1;
  while (end < source.length && (source[end] !== '"' || source[end + 1] === '"')) end += source[end] === '"' ? 2 : 1;
  const inside = source.slice(start + 1, end);
  const after = source[end + 1];
  const closed = source[end] === '"' && (after === undefined || after === "\t" || after === "\n");
  return closed && /[\t\n]/.test(inside) ? { text: inside.replace(/""/g, '"'), end: end + 1 } : undefined;
}

/**
 * What a paste changes. Either all of it can be done, or nothing is: a name that silently stayed behind would be worse.
 *
 * A block fills the selection again and again if it goes into it exactly, as in a spreadsheet.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @param {import("./selection.js").Selection} selection
 * @param {string[][]} table
 * @returns {{changes: Change[], block: Block} | {obstacle: Obstacle}}
 */
export function planPaste(sheet, selection, table) {
  const size = { rows: table.length, columns: Math.max(...table.map((row) => row.length)) };
  const block = target(selection, size);
  const alone = size.rows === 1 && size.columns === 1;
  const changes = [];
  for (let down = 0; down < block.rows; down++) {
    for (let right = 0; right < block.columns; right++) {
      const cell = { row: block.row + down, column: block.column + right };
      const now = table[down % size.rows][right % size.columns] || "";
      const obstacle = now === "" ? undefined : obstacleAt(sheet, cell, size);
      // One text for many cells leaves out those that are covered; a block of texts would lose one.
      if (obstacle && !(alone && obstacle.word === "covered")) return { obstacle };
      if (obstacle || !sheet.contains(cell) || obstacleAt(sheet, cell, size)) continue;
      changes.push({ ...cell, was: sheet.text(cell.row, cell.column), now });
    }
  }
  return { changes: changes.filter((change) => change.was !== change.now), block };
}

/**
 * @param {import("./selection.js").Selection} selection
 * @param {{rows: number, columns: number}} size
 * @returns {Block}
 */
function target(selection, size) {
  const { block, current } = selection;
  const repeats = block.rows % size.rows === 0 && block.columns % size.columns === 0;
  if (repeats && !same(block, current)) return block;
  return { row: block.row, column: block.column, ...size };
}

/**
 * Why a text cannot go into a cell, or undefined if it can.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @param {import("./types.js").Position} cell
 * @param {{rows: number, columns: number}} size  The block that the text is part of.
 * @returns {Obstacle | undefined}
 */
export function obstacleAt(sheet, cell, size) {
  const { row, column } = cell;
  if (!sheet.contains(cell)) return { word: "tooLarge", facts: size };
  if (sheet.role(row) === "empty") return { word: "emptyRow", facts: { row: row + 1 } };
  if (!sheet.covered(row, column)) return undefined;
  const owner = sheet.owner(row, column);
  const facts = {
    address: sheet.address(row, column),
    owner: sheet.address(owner.row, owner.column),
    range: sheet.range(owner),
  };
  return { word: "covered", facts };
}

/**
 * What clearing a block changes; cells that cannot be changed are left.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @param {Block} block
 */
export function planClear(sheet, block) {
  /** @type {Change[]} */
  const changes = [];
  for (let row = block.row; row < block.row + block.rows; row++) {
    if (sheet.role(row) === "empty") continue;
    for (let column = block.column; column < block.column + block.columns; column++) {
      const was = sheet.text(row, column);
      if (was !== "" && !sheet.covered(row, column)) changes.push({ row, column, was, now: "" });
    }
  }
  return changes;
}
