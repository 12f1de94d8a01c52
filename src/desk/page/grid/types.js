/**
 * The shapes that pass between the page and the grid. Rows and columns count from 0 everywhere;
 * the row number that people see is one more.
 *
 * @typedef {"title" | "section" | "header" | "entrant" | "skipped" | "empty"} Role
 * @typedef {"error" | "warning" | "notice"} Severity
 * @typedef {{row: number, column: number}} Position
 * @typedef {{row: number, column: number, rows: number, columns: number}} Block
 *   A rectangle of cells: its first row and column, and how many of each.
 * @typedef {{row: number, column: number, text: string}} CellText
 * @typedef {{row: number, column: number, was: string, now: string}} Change
 *   `was` is what the clerk saw when the edit began.
 *
 * @typedef {object} Mark  A fault that the check found at a cell.
 * @property {number} row
 * @property {number} column
 * @property {Severity} severity
 * @property {string[]} words  Whole sentences, in the page's language.
 * @property {number} [fault]  The page's own number for it; the grid does not read it.
 *
 * @typedef {object} Edit  A cell that was mended before.
 * @property {number} row
 * @property {number} column
 * @property {string} was
 * @property {string} reason  May be empty.
 *
 * @typedef {object} SheetData  A sheet as the server sends it.
 * @property {string} name
 * @property {number} rows
 * @property {{letter: string, width?: number}[]} columns  Width in characters, as spreadsheets count it.
 * @property {string[][]} cells  The text of every row.
 * @property {Role[]} roles  One for each row.
 * @property {number[][]} [merges]  Each is [row, column, rows, columns].
 * @property {{rows?: number[], columns?: number[]}} [hidden]
 * @property {Mark[]} [marks]
 * @property {Edit[]} [edits]
 *
 * @typedef {object} SheetUpdate  What changed; what is left out stays as it is.
 * @property {CellText[]} [cells]  Only the cells that changed. A cell that was being saved is saved now.
 * @property {Mark[]} [marks]  All marks of the sheet.
 * @property {Edit[]} [edits]  All edits of the sheet.
 * @property {Role[]} [roles]  The roles of all rows.
 */
export {};
