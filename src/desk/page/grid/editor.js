import { widest } from "./measure.js";

/**
 * The one textarea that has the focus as long as the grid has it, and lies over the current cell.
 *
 * It is transparent until text arrives. So an input method finds a text field at the first key,
 * and its window opens at the cell. Nothing here looks at printable keys: only at the text they make.
 *
 * States: `ready` (empty, not seen), `typing` (text replaces the cell's, arrow keys end it),
 * `editing` (the cell's text is changed, arrow keys move the caret).
 *
 * @typedef {{started: () => void, cancelled: () => void}} Acts
 */
export class Editor {
  /** @param {HTMLTextAreaElement} field @param {Acts} acts */
  constructor(field, acts) {
    this.field = field;
    this.acts = acts;
    /** @type {"ready" | "typing" | "editing"} */
    this.state = "ready";
    this.composing = false;
    /** Whether the composition that runs began the edit. */
    this.composedFirst = false;
    /** Whether the focus leaves for a moment only, to end a composition. */
    this.settling = false;
    this.left = 0;
    this.room = 0;
    this.width = 0;
    this.height = 0;
    field.addEventListener("compositionstart", () => this.compositionStarted());
    field.addEventListener("compositionend", () => this.compositionEnded());
    field.addEventListener("input", () => this.textArrived());
    field.addEventListener("mousedown", () => this.keepOpen());
  }

  get busy() {
    return this.state !== "ready";
  }

  compositionStarted() {
    this.composing = true;
    this.composedFirst = !this.busy;
    if (!this.busy) this.start("typing");
  }

  compositionEnded() {
    this.composing = false;
    // The clerk sent the input method away before it gave any text: nothing was typed.
    if (this.composedFirst && this.field.value === "") this.cancel();
    this.composedFirst = false;
    this.fit();
  }

  textArrived() {
    if (!this.busy) this.start("typing");
    this.fit();
  }

  /** @param {"typing" | "editing"} state */
  start(state) {
    this.state = state;
    this.withdrawMenu();
    this.field.classList.add("ag-open");
    this.acts.started();
  }

  /** From now on the arrow keys move the caret: the clerk wants to mend what was just typed. */
  keepOpen() {
    if (this.busy) this.state = "editing";
  }

  /** Begins an edit with a text, the caret at its end. @param {"typing" | "editing"} state @param {string} text */
  open(state, text) {
    this.field.value = text;
    this.field.setSelectionRange(text.length, text.length);
    this.start(state);
    this.fit();
  }

  /** Ends the edit and returns its text; undefined if there is no edit. */
  take() {
    this.settle();
    if (!this.busy) return undefined;
    const text = this.field.value;
    this.close();
    return text;
  }

  cancel() {
    this.settle();
    if (!this.busy) return;
    this.close();
    this.acts.cancelled();
  }

  close() {
    this.state = "ready";
    this.field.value = "";
    this.field.classList.remove("ag-open");
    this.fit();
  }

  /** Ends a composition: only the loss of the focus makes an input method let go. */
  settle() {
    if (!this.composing) return;
    this.settling = true;
    this.field.blur();
    this.field.focus({ preventScroll: true });
    this.settling = false;
    this.composing = false;
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  /** @param {string} text */
  insert(text) {
    // Unlike setRangeText, this leaves the browser's own undo within the cell whole.
    document.execCommand("insertText", false, text);
  }

  /**
   * Lets the browser's menu do its work: it opens on the textarea, with the cell's text selected, so that
   * it offers to copy and to paste. What the menu does then arrives as a clipboard event.
   *
   * @param {string} text
   */
  offerMenu(text) {
    this.field.value = text || " ";
    this.field.select();
    this.field.classList.add("ag-menu");
  }

  withdrawMenu() {
    if (!this.field.classList.contains("ag-menu")) return;
    this.field.classList.remove("ag-menu");
    if (!this.busy) this.field.value = "";
  }

  /**
   * Puts the textarea over a cell.
   *
   * @param {import("./geometry.js").Rect} rect  In the canvas's pixels.
   * @param {number} room  The width up to the edge of the view.
   * @param {boolean} above  Whether the cell lies in a header that sticks.
   */
  place(rect, room, above) {
    const { style } = this.field;
    if (style.left !== rect.left + "px") style.left = rect.left + "px";
    if (style.top !== rect.top + "px") style.top = rect.top + "px";
    this.field.classList.toggle("ag-above", above);
    if (rect.width === this.width && rect.height === this.height && room === this.room) return;
    this.width = rect.width;
    this.height = rect.height;
    this.room = room;
    this.fit();
  }

  /** Grows with the text: first to the right, then down. */
  fit() {
    const { style, value } = this.field;
    if (!this.busy) {
      style.width = this.width + "px";
      style.height = this.height + "px";
      return;
    }
    const needed = widest(this.field, value.split("\n")) + 2 * this.height;
    style.width = Math.max(this.width, Math.min(needed, this.room)) + "px";
    style.height = "0";
    style.height = Math.max(this.height, this.field.scrollHeight) + "px";
  }
}
