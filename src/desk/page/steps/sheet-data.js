/**
 * The award sheet as both of its steps show it: read once, mended here, and read again when the folder has changed.
 *
 * @typedef {import("../lib/app.js").App} App
 * @typedef {import("../lib/app.js").State} State
 * @typedef {import("../lib/api.js").Fault & { index: number, rows: string[], others?: string[], allowed: string | null }} SheetFault
 * @typedef {import("../grid/types.js").SheetData} SheetData
 * @typedef {import("../grid/types.js").SheetUpdate} SheetUpdate
 * @typedef {import("../grid/types.js").Change} Change
 * @typedef {import("../grid/types.js").Position} Position
 * @typedef {{ cell: string, header: string, field: string | null, label: string | null, samples: string[] }} Column
 *
 * @typedef {object} Found  What the check says of the sheet, whatever else is told with it.
 * @property {number} version
 * @property {string} sheet  The file's name.
 * @property {{ in: number, issued: number, held: number, skipped: number }} balance
 * @property {{ counts: Record<string, any> }} cells
 * @property {{ row: string, reason: string, text: string }[]} skipped
 * @property {SheetFault[]} faults
 * @property {boolean} undo
 * @property {boolean} redo
 * @property {string[]} new
 *
 * @typedef {object} Whole
 * @property {SheetData[]} sheets
 * @property {{ sheet: string, columns: Column[] }[]} mapping
 * @property {{ field: string, label: string }[]} fields
 *
 * @typedef {Found & Whole} Answer
 *
 * @typedef {object} Mended
 * @property {(Position & { sheet: string, text: string })[]} changed
 * @property {(SheetUpdate & { name: string })[]} said
 *
 * @typedef {object} News  What watchers are told.
 * @property {Map<string, SheetUpdate>} [updates]  By sheet; without it, everything is to be shown anew.
 */
import { get, post } from "../lib/api.js";
import { lang } from "../lib/words.js";

/**
 * What was read last, so that the other step shows it at once.
 *
 * @type {{ path: string, lang: string, answer: Answer } | undefined}
 */
let kept;

export class Book {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {Answer | undefined} */
    this.answer = undefined;
    /** Why the sheet cannot be shown. @type {any} */
    this.error = undefined;
    /** @type {Set<(news: News) => void>} */
    this.watching = new Set();
    /** @type {Set<(busy: boolean) => void>} */
    this.working = new Set();
    /** How many seconds the last check took, as the reader felt it. */
    this.seconds = 0;
    /** Calls that change something and are not answered yet. */
    this.running = 0;
    this.closed = false;
    /** @type {Promise<unknown>} */
    this.queue = Promise.resolve();
    this.acts = 0;
    this.looks = 0;
    this.wanted = 0;
    this.stale = false;
    const state = /** @type {State} */ (app.state);
    if (kept && kept.path === state.path && kept.lang === lang()) this.answer = kept.answer;
  }

  /** The folder has changed: looks again, unless what is known is as new. @param {State} state */
  changed(state) {
    this.wanted = state.version;
    this.catchUp();
  }

  close() {
    this.closed = true;
    this.watching.clear();
    this.working.clear();
  }

  /** Reads the sheet if there is something newer than what is shown. While something is being mended, its answer comes first. */
  catchUp() {
    if (this.closed || this.running > 0) return;
    const known = this.answer && !this.error && !this.stale ? this.answer.version : -1;
    if (known < this.wanted) void this.load();
  }

  async load() {
    const look = ++this.looks;
    const acts = this.acts;
    this.stale = false;
    const wanted = () => !this.closed && look === this.looks && acts === this.acts;
    try {
      const answer = await get("/api/sheet");
      if (wanted()) this.take(answer);
      else if (acts !== this.acts) this.stale = true;
    } catch (error) {
      if (!wanted()) return;
      this.error = error;
      this.tell({});
    }
  }

  /** @param {Answer} answer */
  take(answer) {
    const before = this.error ? undefined : this.answer;
    this.error = undefined;
    this.keep(answer);
    this.tell({ updates: before && updatesBetween(before.sheets, answer.sheets) });
  }

  /**
   * Asks for something to be changed; what is asked for later is asked later. The answer comes when what follows from it is shown.
   *
   * @param {string} path
   * @param {Record<string, any>} [body]
   * @param {{ whole?: boolean }} [how]  `whole` if more than the cells that are told may have changed by it.
   * @returns {Promise<Found & Mended>}
   */
  act(path, body, how = {}) {
    this.acts += 1;
    this.running += 1;
    if (this.running === 1) for (const tell of this.working) tell(true);
    const done = this.queue.then(async () => {
      const begun = performance.now();
      const mended = await post(path, body);
      this.seconds = (performance.now() - begun) / 1000;
      // Whatever else was changed meanwhile is not told in the answer.
      if (how.whole || !this.answer || this.error || mended.version > this.answer.version + 1) this.stale = true;
      this.took(mended);
      return mended;
    });
    this.queue = done.then(() => this.settle(), () => this.settle());
    return done;
  }

  settle() {
    this.running -= 1;
    if (this.running > 0) return;
    for (const tell of this.working) tell(false);
    this.catchUp();
  }

  /** @param {Found & Mended} mended */
  took(mended) {
    if (!this.answer || this.error) return;
    const { changed, said, ...found } = mended;
    /** @type {Map<string, SheetUpdate>} */
    const updates = new Map();
    const sheets = this.answer.sheets.map((sheet) => {
      const { marks, edits, roles } = said.find((one) => one.name === sheet.name) || sheet;
      const cells = changed.filter((cell) => cell.sheet === sheet.name);
      for (const cell of cells) sheet.cells[cell.row][cell.column] = cell.text;
      updates.set(sheet.name, { cells, marks, edits, roles });
      return { ...sheet, marks, edits, roles: roles || sheet.roles };
    });
    this.keep({ ...this.answer, ...found, sheets });
    this.tell({ updates });
  }

  /** @param {Answer} answer */
  keep(answer) {
    this.answer = answer;
    kept = { path: /** @type {State} */ (this.app.state).path, lang: lang(), answer };
  }

  /** @param {News} news */
  tell(news) {
    for (const tell of this.watching) tell(news);
  }
}

/**
 * What has to be told to grids that show the sheets as they were; undefined if other sheets are there now.
 *
 * @param {SheetData[]} before
 * @param {SheetData[]} after
 */
function updatesBetween(before, after) {
  if (shapeOf(before) !== shapeOf(after)) return undefined;
  /** @type {Map<string, SheetUpdate>} */
  const updates = new Map();
  after.forEach((sheet, index) => {
    const cells = [];
    for (let row = 0; row < sheet.rows; row++) {
      const was = before[index].cells[row];
      const now = sheet.cells[row];
      for (let column = 0; column < now.length; column++) {
        if (was[column] !== now[column]) cells.push({ row, column, text: now[column] });
      }
    }
    updates.set(sheet.name, { cells, marks: sheet.marks || [], edits: sheet.edits || [], roles: sheet.roles });
  });
  return updates;
}

/** @param {SheetData[]} sheets */
function shapeOf(sheets) {
  return JSON.stringify(sheets.map(({ name, rows, columns, merges, hidden }) => [name, rows, columns, merges, hidden]));
}

/**
 * The sheet and cell that a place such as `企业组!D5` names; undefined if it names none.
 *
 * @param {string | null | undefined} place
 */
export function cellAt(place) {
  const found = /^([\s\S]*)!([A-Z]+)(\d+)$/.exec(place || "");
  if (!found) return undefined;
  let column = 0;
  for (const letter of found[2]) column = column * 26 + letter.charCodeAt(0) - 64;
  return { sheet: found[1], row: Number(found[3]) - 1, column: column - 1 };
}

/** Faults that are no mends: those have a list of their own. @param {Answer} answer */
export function faultsOf(answer) {
  return answer.faults.filter((fault) => fault.code !== "corrected");
}

/** @typedef {{ errors: number, warnings: number, infos: number }} Counts */

/** @param {SheetFault[]} faults @returns {Counts} */
export function countsOf(faults) {
  const count = (/** @type {string} */ severity) => faults.filter((fault) => fault.severity === severity).length;
  return { errors: count("error"), warnings: count("warning"), infos: count("info") };
}
