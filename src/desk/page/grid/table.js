import { Bar } from "./bar.js";
import { obstacleAt } from "./clipboard.js";
import { Editor } from "./editor.js";
import { copied, pasted } from "./exchange.js";
import { Frame } from "./frame.js";
import { Geometry } from "./geometry.js";
import { Hints } from "./hints.js";
import { longest, widest } from "./measure.js";
import { makeParts } from "./parts.js";
import { Pointer } from "./pointer.js";
import { Selection, holds } from "./selection.js";
import { BLANK, Sheet } from "./sheet.js";
import { View } from "./view.js";
import { english, fill } from "./words.js";

/**
 * @typedef {import("./types.js").Change} Change
 * @typedef {import("./types.js").Position} Position
 * @typedef {import("./geometry.js").Hit} Hit
 */

/**
 * The working grid behind the element: it joins the sheet, the selection, the editor and what is drawn of them.
 *
 * Whatever changes, `tell` brings everything that speaks of the current cell up to date.
 */
export class Table {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.words = english;
    this.readOnly = false;
    this.sheet = new Sheet(BLANK);
    this.parts = makeParts();
    this.geometry = new Geometry(this.parts.scroller, this.sheet);
    this.frame = new Frame(this.parts, this.geometry);
    this.bar = new Bar(this.parts.bar);
    this.hints = new Hints(this, this.parts.tooltip);
    this.selection = new Selection(this.sheet, this.geometry.rows, this.geometry.columns);
    this.view = new View(this.parts, this.scene);
    this.editor = new Editor(this.parts.editor, { started: () => this.editStarted(), cancelled: () => this.tell() });
    this.pointer = new Pointer(this.parts.scroller, this.geometry, this.pointerActs());
    /**
     * What is being edited, with the text that the clerk saw when it began.
     *
     * @type {Position & {was: string} | undefined}
     */
    this.edited = undefined;
    /** Where Enter goes back to after a row was filled in with Tab. @type {number | undefined} */
    this.tabColumn = undefined;
    /** Whether Tab leaves the grid now. */
    this.leaving = false;
    this.frameAsked = false;
    this.announced = "";
    this.listen();
    this.parts.tooltip.addEventListener("mouseleave", () => this.pointer.rest(undefined));
    this.load(BLANK);
  }

  listen() {
    const { editor, scroller } = this.parts;
    scroller.addEventListener("scroll", () => this.scrolled());
    editor.addEventListener("compositionstart", () => this.hints.point());
    editor.addEventListener("focus", () => this.focused());
    editor.addEventListener("blur", () => this.blurred());
    editor.addEventListener("copy", (event) => copied(this, event));
    editor.addEventListener("cut", (event) => copied(this, event));
    editor.addEventListener("paste", (event) => pasted(this, event));
  }

  /** @param {import("./types.js").SheetData} data */
  load(data) {
    this.editor.cancel();
    const shows = data.rows > 0 && data.columns.length > 0 ? data : { ...BLANK, name: data.name };
    this.sheet = new Sheet(shows);
    this.geometry.lay(
      this.sheet,
      shows.columns.map((column) => column.width),
    );
    this.selection = new Selection(this.sheet, this.geometry.rows, this.geometry.columns);
    this.geometry.scrollTo(0, 0);
    this.announced = "";
    this.redraw();
  }

  /** @returns {import("./view.js").Scene} */
  get scene() {
    return { sheet: this.sheet, words: this.words, selection: this.selection, geometry: this.geometry };
  }

  /** Draws everything anew: after another sheet, other words, other sizes. */
  redraw() {
    const { body, hint, help } = this.parts;
    this.geometry.look();
    body.setAttribute("aria-label", fill(this.words.label, { sheet: this.sheet.name }));
    body.setAttribute("aria-rowcount", String(this.sheet.rows));
    body.setAttribute("aria-colcount", String(this.sheet.columns));
    hint.textContent = this.words.hint;
    help.textContent = this.words.help;
    this.frame.draw();
    this.geometry.look(); // a shorter sheet may have scrolled
    this.frame.follow();
    this.view.show(this.scene);
    this.frame.paintSelection(this.selection.block);
    this.tell();
  }

  /** Follows the size of the element and of its font. */
  resized() {
    const { geometry, sheet } = this;
    const sticking = () => sheet.bands.filter((band) => geometry.sticks(band)).length;
    const before = sticking();
    const rescaled = geometry.rescale();
    geometry.look();
    if (rescaled || sticking() !== before) this.redraw();
    else this.frameDue();
  }

  scrolled() {
    if (this.frameAsked) return;
    this.frameAsked = true;
    requestAnimationFrame(() => this.frameDue());
  }

  frameDue() {
    this.frameAsked = false;
    this.geometry.look();
    this.frame.follow();
    this.placeEditor();
    this.view.refresh();
    this.hints.scrolled();
  }

  /** Shows a selection that moved. @param {{reveal?: boolean, centre?: boolean}} [how] */
  selected(how = {}) {
    const { head, block } = this.selection;
    this.leaving = false;
    this.hints.dismissed = false;
    this.tabColumn = undefined;
    this.say("");
    if (how.reveal !== false) this.geometry.reveal(head.row, head.column, how.centre === true);
    this.frame.follow();
    this.view.refresh();
    this.view.paintSelection();
    this.frame.paintSelection(block);
    this.tell();
    this.announce(block);
  }

  /**
   * Tells the page of a selection, unless it knows it: a drag within one cell is none.
   *
   * @param {import("./types.js").Block} block
   */
  announce(block) {
    const announced = JSON.stringify([block, this.selection.anchor]);
    if (announced === this.announced) return;
    this.announced = announced;
    this.host.dispatchEvent(new CustomEvent("cellselect", { bubbles: true, detail: block }));
  }

  /** Brings up to date what speaks of the current cell. */
  tell() {
    this.bar.show(this.sheet, this.words, this.selection);
    this.parts.editor.readOnly = this.obstacle() !== undefined;
    // A screen reader says the name when the focus comes. After that the bar speaks, and a name that changed would be heard twice.
    if (!this.hasFocus) this.parts.editor.setAttribute("aria-label", this.bar.text);
    this.placeEditor();
    this.hints.point();
  }

  placeEditor() {
    const { geometry } = this;
    const rect = geometry.rect(this.selection.current);
    const stuck = geometry.stuck();
    const inHeader = stuck !== undefined && geometry.inBand(stuck.band, this.selection.current.row);
    const room = geometry.scrollLeft + geometry.view.width - rect.left;
    const covered = stuck && !inHeader ? geometry.heightOf(stuck.band) : 0;
    // Of a tall merged cell, the part in view.
    const top =
      rect.height > geometry.rowHeight
        ? Math.min(Math.max(rect.top, geometry.scrollTop + covered), rect.top + rect.height - geometry.rowHeight)
        : rect.top;
    const at = {
      left: rect.left + geometry.gutter,
      top: top + geometry.rowHeight,
      width: rect.width,
      height: geometry.rowHeight,
    };
    this.editor.place(at, room, inHeader);
  }

  /** Shows and speaks a message in the foot. @param {string} sentence */
  say(sentence) {
    if (this.parts.message.textContent !== sentence) this.parts.message.textContent = sentence;
  }

  /** Says why something cannot be done. @param {import("./clipboard.js").Obstacle} obstacle */
  explain(obstacle) {
    const sentence = fill(this.words[obstacle.word], obstacle.facts);
    this.say(sentence);
    this.hints.explain(sentence);
  }

  /**
   * Why the current cell cannot be changed, or undefined if it can.
   *
   * @returns {import("./clipboard.js").Obstacle | undefined}
   */
  obstacle() {
    if (this.readOnly) return { word: "readOnly", facts: {} };
    return obstacleAt(this.sheet, this.selection.current, { rows: 1, columns: 1 });
  }

  get hasFocus() {
    return document.activeElement === this.parts.editor;
  }

  focused() {
    if (this.editor.settling) return;
    this.host.classList.add("ag-focused");
    this.hints.dismissed = false;
    this.hints.point();
  }

  blurred() {
    // Another window came to the front: the clerk will be back, and the edit goes on.
    if (this.editor.settling || this.hasFocus) return;
    this.host.classList.remove("ag-focused");
    this.leaving = false;
    this.editor.withdrawMenu();
    this.commit();
    this.tell();
  }

  /** Begins an edit of the current cell, or says why it cannot. @param {"typing" | "editing"} state */
  edit(state) {
    const obstacle = this.obstacle();
    const { row, column } = this.selection.current;
    if (obstacle) this.explain(obstacle);
    else this.editor.open(state, state === "editing" ? this.sheet.text(row, column) : "");
  }

  editStarted() {
    const { row, column } = this.selection.current;
    const { anchor } = this.selection;
    this.edited = { row, column, was: this.sheet.text(row, column) };
    this.leaving = false;
    this.say("");
    this.geometry.reveal(anchor.row, anchor.column, false);
    this.placeEditor();
    this.hints.point();
  }

  /** Ends an edit and keeps its text. */
  commit() {
    const now = this.editor.take();
    if (now === undefined || !this.edited) return;
    this.change([{ ...this.edited, now }], "type");
  }

  /**
   * Shows changes at once, and hands them to the page to be saved.
   *
   * @param {Change[]} changes
   * @param {"type" | "paste" | "clear"} kind
   */
  change(changes, kind) {
    const real = changes.filter((change) => change.was !== change.now);
    for (const change of real) this.sheet.draft(change);
    this.view.repaintCells(real);
    this.tell();
    if (real.length === 0) return;
    this.host.dispatchEvent(new CustomEvent("celledit", { bubbles: true, detail: { changes: real, kind } }));
  }

  /** @param {import("./types.js").SheetUpdate} update */
  update(update) {
    for (const cell of update.cells || []) this.sheet.confirm(cell);
    if (update.marks) this.sheet.setMarks(update.marks);
    if (update.edits) this.sheet.setEdits(update.edits);
    if (update.roles) {
      this.sheet.setRoles(update.roles);
      this.view.show(this.scene);
    } else if (update.marks || update.edits) this.view.repaint();
    else this.view.repaintCells(update.cells || []);
    this.tell();
  }

  /** @param {Change[]} changes @param {string} sentence */
  refuse(changes, sentence) {
    for (const change of changes) this.sheet.refuse(change, sentence);
    this.view.repaintCells(changes);
    this.hints.dismissed = false;
    this.tell();
    this.say(fill(this.words.refused, { sentence }));
  }

  /** Shows what is hidden between two cells. @param {Position} first @param {Position} last */
  unfold(first, last) {
    const rows = this.geometry.rows.unfold(first.row, last.row);
    const columns = this.geometry.columns.unfold(first.column, last.column);
    if (rows || columns) this.redraw();
  }

  /**
   * Shows the rows, or the columns, that are hidden within the selection or beside it.
   *
   * @param {"rows" | "columns"} kind
   */
  unfoldBeside(kind) {
    const { block } = this.selection;
    const first = kind === "rows" ? block.row : block.column;
    const last = first + (kind === "rows" ? block.rows : block.columns) - 1;
    const axis = this.geometry[kind];
    const before = axis.foldAt(first - 1);
    const after = axis.foldAt(last + 1);
    if (axis.unfold(before ? before.first : first, after ? after.last : last)) this.redraw();
  }

  /** @param {number} column @param {number} width */
  resize(column, width) {
    this.geometry.columns.resize(column, this.geometry.allowed(width));
    this.frame.draw();
    this.frame.paintSelection(this.selection.block);
    this.geometry.look();
    this.view.lay();
    this.tell();
  }

  /** Makes a column as wide as its longest text. @param {number} column */
  fit(column) {
    const texts = [];
    for (let row = 0; row < this.sheet.rows; row++) {
      const role = this.sheet.role(row);
      if (role !== "title" && role !== "section" && this.sheet.owner(row, column).columns === 1)
        texts.push(this.sheet.text(row, column));
    }
    const signs = 2.4 * this.geometry.em; // the space around a text, and for a sign
    this.resize(column, widest(this.parts.editor, longest(texts)) + signs);
  }

  /** @returns {import("./pointer.js").Acts} */
  pointerActs() {
    return {
      pressed: () => {
        this.commit();
        this.editor.withdrawMenu();
        this.editor.focus();
      },
      select: (from, to) => {
        this.selection.span(from, to);
        this.selected({ reveal: from.row === to.row && from.column === to.column });
      },
      anchor: () => this.selection.anchor,
      edit: () => this.edit("editing"),
      menu: (hit) => this.menu(hit),
      rest: (hit) => this.hints.rest(hit),
      unfold: (kind, index) => {
        const run = this.geometry[kind].foldAt(index);
        if (run && this.geometry[kind].unfold(run.first, run.last)) this.redraw();
      },
      resize: (column, width) => this.resize(column, width),
      fit: (column) => this.fit(column),
    };
  }

  /** @param {Hit} hit */
  menu(hit) {
    if (hit.zone !== "cell") return;
    if (!holds(this.selection.block, hit.row, hit.column)) {
      this.selection.place(hit);
      this.selected();
    }
    const { row, column } = this.selection.current;
    this.editor.offerMenu(this.sheet.text(row, column));
  }
}
