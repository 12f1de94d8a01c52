import { keyPressed } from "./grid/commands.js";
import { Table } from "./grid/table.js";
import { english } from "./grid/words.js";

/**
 * @typedef {import("./grid/types.js").SheetData} SheetData
 * @typedef {import("./grid/types.js").SheetUpdate} SheetUpdate
 * @typedef {import("./grid/types.js").Change} Change
 * @typedef {import("./grid/types.js").Block} Block
 * @typedef {import("./grid/types.js").Position} Position
 * @typedef {import("./grid/words.js").Words} Words
 *
 * @typedef {CustomEvent<{changes: Change[], kind: "type" | "paste" | "clear"}>} CellEditEvent
 * @typedef {CustomEvent<Block>} CellSelectEvent
 */

/**
 * `<award-grid>`: an award sheet as a grid, its faults marked, its cells to be mended. It goes with `grid.css`.
 *
 * The page is the server's mouth: it sets `sheet`, listens to the events below, and answers with `update` or `refuse`.
 * The grid keeps no history and checks nothing itself. All text of the sheet is shown as text, never as markup.
 *
 * Events, all of which bubble:
 * - `celledit` ({@link CellEditEvent}): one for each act of the clerk. A pasted block is one; so are several cells cleared.
 *   The new text shows at once, marked as being saved, until `update` brings each of the cells or `refuse` puts it back.
 * - `cellselect` ({@link CellSelectEvent}): the selection moved, by the clerk or by `reveal`. The detail is `selection`.
 * - `gridundo`, `gridredo`: the keys for them were pressed outside an edit (within one, they act on its text).
 *
 * Keys are those of a spreadsheet; the grid is one tab stop. Tab moves to the next cell, so two ways lead out:
 * Escape and then Tab, or Tab in the last cell. The foot of the grid and its description both say so.
 */
export class AwardGrid extends HTMLElement {
  constructor() {
    super();
    this._table = new Table(this);
    this._table.parts.editor.addEventListener("keydown", (event) => keyPressed(this._table, event));
    this._observer = new ResizeObserver(() => this._table.resized());
    /** @type {SheetData | undefined} */
    this._data = undefined;
  }

  connectedCallback() {
    const { bar, scroller, foot, tooltip } = this._table.parts;
    if (!scroller.parentNode) this.append(bar, scroller, foot, tooltip);
    this._observer.observe(scroller);
    this._table.resized();
    this._table.redraw();
  }

  disconnectedCallback() {
    this._table.commit();
    this._observer.disconnect();
    this._table.pointer.end();
    this._table.hints.dismiss();
  }

  /** The sheet as it was set. Setting it starts anew: selection, scroll and an edit in progress are gone. */
  get sheet() {
    return this._data;
  }

  set sheet(sheet) {
    this._data = sheet;
    if (sheet) this._table.load(sheet);
  }

  /** Every string that is shown or spoken; those that are not given are English. `grid/words.js` lists the keys. */
  get words() {
    return this._table.words;
  }

  /** @param {Partial<Words>} words */
  set words(words) {
    this._table.words = { ...english, ...words };
    this._table.redraw();
  }

  /** Whether nothing can be changed, as while documents are made. */
  get readOnly() {
    return this._table.readOnly;
  }

  set readOnly(readOnly) {
    this._table.readOnly = readOnly;
    this._table.tell();
  }

  /** Whether rows and columns that the sheet hides show. The clerk may also show them one by one. */
  get showHidden() {
    const { rows, columns } = this._table.geometry;
    return rows.folded.size + columns.folded.size === 0;
  }

  set showHidden(show) {
    const { rows, columns } = this._table.geometry;
    rows.foldAll(!show);
    columns.foldAll(!show);
    this._table.redraw();
  }

  /** Whether text would be lost if the page went away now: it is being typed, or being saved. */
  get unsaved() {
    return this._table.editor.busy || this._table.sheet.drafts.waiting.size > 0;
  }

  /** All that is selected. @returns {Block} */
  get selection() {
    return this._table.selection.block;
  }

  /** The cell that typing changes. Of a merged cell, the first. @returns {Position} */
  get current() {
    const { row, column } = this._table.selection.current;
    return { row, column };
  }

  /** Takes over what changed. The selection, the scroll and an edit in progress stay. @param {SheetUpdate} change */
  update(change) {
    this._table.update(change);
  }

  /**
   * Puts back the text that cells had, and says why at each of them and below the grid.
   *
   * @param {Change[]} changes  As `celledit` gave them.
   * @param {string} sentence  Why, in the page's language.
   */
  refuse(changes, sentence) {
    this._table.refuse(changes, sentence);
  }

  /**
   * Brings a cell into view, out of its hidden row too. An edit in progress elsewhere is kept as if Enter was pressed.
   *
   * @param {number} row
   * @param {number} column
   * @param {{select?: boolean, focus?: boolean}} [how]  `select` is true and `focus` is false if left out.
   */
  reveal(row, column, how = {}) {
    const { _table: table } = this;
    const cell = table.selection.within({ row, column });
    table.unfold(cell, cell);
    if (how.select !== false) {
      table.commit();
      table.selection.place(cell);
      table.selected({ centre: true });
    } else {
      table.geometry.reveal(cell.row, cell.column, true);
      table.frameDue();
    }
    if (how.focus) this.focus();
  }

  focus() {
    this._table.editor.focus();
  }
}

customElements.define("award-grid", AwardGrid);
