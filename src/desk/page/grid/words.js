/**
 * Every string that the grid shows or speaks, in English. `grid.words = {…}` replaces any of them.
 * A name in braces is a hole; a translation may leave a hole out or move it.
 */
export const english = {
  /** What screen readers call the grid. Hole: sheet (its name). */
  label: "Award sheet {sheet}",
  /** What screen readers say of the keys, once, when the focus comes into the grid. */
  help: "Arrow keys move. Type to replace a cell, press F2 to edit it, Delete to clear it. Tab moves to the next cell. To leave the table, press Escape, then Tab.",
  /** Always shown below the grid, so that everybody knows how to leave it without a mouse. */
  hint: "F2 edits · Esc, then Tab leaves the table",
  /** Shown and spoken after Escape. */
  leaving: "Tab now leaves the table.",
  /** Spoken where a cell has no text. */
  blank: "empty",
  /** A selected block. Holes: from, to (addresses), rows, columns, cells (counts). */
  block: "{from}:{to}, {cells} cells",
  /** After copying. Hole: cells. */
  copied: "Copied: {cells} cells",

  /** How a mark is told. Holes: severity, sentence. */
  mark: "{severity}: {sentence}",
  error: "Error",
  warning: "Warning",
  notice: "Notice",

  /** A cell that was mended. Holes: was, reason. */
  edited: "Changed from “{was}”. {reason}",
  editedFromBlank: "Was empty before. {reason}",
  saving: "Saving…",
  /** A change that was refused. Hole: sentence. */
  refused: "Not changed: {sentence}",

  /** What a row is, if it does not hold an entrant. */
  title: "Title",
  section: "Section heading",
  header: "Column headings",
  skipped: "Skipped",
  /** Hole: why (the first sentence of a mark in the row). */
  skippedWhy: "Skipped: {why}",
  /** Hole: range, such as C3:C4. */
  merged: "Merged cell {range}",

  /** Holes: first, last. */
  hiddenRow: "Row {first} is hidden. Click the line or press Ctrl+Shift+9 to show it.",
  hiddenRows: "Rows {first} to {last} are hidden. Click the line or press Ctrl+Shift+9 to show them.",
  hiddenColumn: "Column {first} is hidden. Click the line or press Ctrl+Shift+0 to show it.",
  hiddenColumns: "Columns {first} to {last} are hidden. Click the line or press Ctrl+Shift+0 to show them.",

  /** Why a cell cannot be changed. Holes: address, owner (the merged cell), range, row. */
  readOnly: "The sheet cannot be changed now.",
  emptyRow: "Row {row} is an empty row of the sheet. Add rows in the spreadsheet itself.",
  covered: "{address} is covered by the merged cell {range}. Change {owner}.",
  /** A pasted block that does not fit. Holes: rows, columns. */
  tooLarge: "Nothing was pasted: the block of {rows} rows and {columns} columns reaches beyond the sheet.",
};

/** @typedef {typeof english} Words */

/**
 * Puts facts into the holes of a sentence. A hole without a fact stays, so that a wrong translation shows.
 *
 * @param {string} sentence
 * @param {Record<string, string | number>} facts
 */
export function fill(sentence, facts) {
  const known = new Map(Object.entries(facts));
  return sentence.replace(/\{(\w+)\}/g, (hole, name) => (known.has(name) ? String(known.get(name)) : hole)).trim();
}
