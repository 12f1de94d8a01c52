/**
 * The mouse, a finger or a pen on the sheet. What lies under it is computed, so that no element is in its way.
 *
 * @typedef {import("./types.js").Position} Position
 * @typedef {import("./geometry.js").Hit} Hit
 * @typedef {object} Acts
 * @property {() => void} pressed  Before anything else that a press does.
 * @property {(from: Position, to: Position) => void} select
 * @property {() => Position} anchor
 * @property {(hit: Hit) => void} edit
 * @property {(hit: Hit) => void} menu
 * @property {(hit: Hit | undefined) => void} rest  The pointer came to something else, or left.
 * @property {(kind: "rows" | "columns", index: number) => void} unfold
 * @property {(column: number, width: number) => void} resize
 * @property {(column: number) => void} fit
 */

/** How often a drag beyond the edge scrolls, and after what rest a tooltip shows; in milliseconds. */
const SCROLL_EVERY = 40;
const REST = 150;

/** @type {Record<Hit["zone"], string>} */
const CURSORS = {
  cell: "cell",
  row: "pointer",
  column: "pointer",
  corner: "pointer",
  edge: "col-resize",
  rowFold: "pointer",
  columnFold: "pointer",
  outside: "default",
};

export class Pointer {
  /**
   * @param {HTMLElement} scroller
   * @param {import("./geometry.js").Geometry} geometry
   * @param {Acts} acts
   */
  constructor(scroller, geometry, acts) {
    this.scroller = scroller;
    this.geometry = geometry;
    this.acts = acts;
    this.x = 0;
    this.y = 0;
    /** What a drag does, if one runs. @type {(() => void) | undefined} */
    this.drag = undefined;
    this.timer = 0;
    this.resting = 0;
    this.under = "";
    this.moved = (/** @type {MouseEvent} */ event) => this.dragged(event);
    this.released = () => this.end();
    scroller.addEventListener("mousedown", (event) => this.pressed(event));
    scroller.addEventListener("dblclick", (event) => this.pressedTwice(event));
    scroller.addEventListener("mousemove", (event) => this.wandered(event));
    scroller.addEventListener("mouseleave", () => this.rest(undefined));
  }

  /** @param {MouseEvent} event */
  pressed(event) {
    if (isOpenEditor(event.target)) return;
    event.preventDefault(); // or the focus would leave the textarea
    this.x = event.clientX;
    this.y = event.clientY;
    this.acts.pressed();
    this.rest(undefined);
    const hit = this.geometry.hit(event.clientX, event.clientY);
    if (event.button === 2) this.acts.menu(hit);
    if (event.button === 0) this.begin(hit, event.shiftKey);
  }

  /** @param {Hit} hit @param {boolean} extend */
  begin(hit, extend) {
    if (hit.zone === "outside") return;
    if (hit.zone === "rowFold") this.acts.unfold("rows", hit.row);
    else if (hit.zone === "columnFold") this.acts.unfold("columns", hit.column);
    else if (hit.zone === "edge") this.start(this.resizing(hit.column));
    else this.start(this.selecting(hit, extend ? this.acts.anchor() : hit));
  }

  /**
   * Selects from a cell, a row or a column to the one under the pointer.
   *
   * @param {Hit} hit
   * @param {Position} from
   */
  selecting(hit, from) {
    const last = { row: this.geometry.rows.count - 1, column: this.geometry.columns.count - 1 };
    return () => {
      const to = this.geometry.nearest(this.x, this.y);
      if (hit.zone === "corner") this.acts.select({ row: 0, column: 0 }, last);
      else if (hit.zone === "row") this.acts.select({ row: from.row, column: 0 }, { row: to.row, column: last.column });
      else if (hit.zone === "column")
        this.acts.select({ row: 0, column: from.column }, { row: last.row, column: to.column });
      else this.acts.select(from, to);
      this.scrollOn(hit.zone, to.aside, to.below);
    };
  }

  /** @param {number} column */
  resizing(column) {
    const from = this.x;
    const width = this.geometry.columns.size(column);
    return () => {
      if (this.x !== from) this.acts.resize(column, width + this.x - from);
    };
  }

  /**
   * Goes on while the pointer is held beyond the edge: the farther, the faster.
   *
   * @param {Hit["zone"]} zone
   * @param {number} aside
   * @param {number} below
   */
  scrollOn(zone, aside, below) {
    clearTimeout(this.timer);
    const across = zone === "row" ? 0 : aside;
    const down = zone === "column" ? 0 : below;
    if (zone === "corner" || (across === 0 && down === 0)) return;
    this.timer = window.setTimeout(() => {
      this.geometry.scrollBy(across, down);
      if (this.drag) this.drag();
    }, SCROLL_EVERY);
  }

  /** @param {() => void} drag */
  start(drag) {
    this.drag = drag;
    window.addEventListener("mousemove", this.moved);
    window.addEventListener("mouseup", this.released);
    drag();
  }

  /** @param {MouseEvent} event */
  dragged(event) {
    this.x = event.clientX;
    this.y = event.clientY;
    // The button may have been let go outside the window.
    if (event.buttons === 0) this.end();
    else if (this.drag) this.drag();
  }

  end() {
    this.drag = undefined;
    clearTimeout(this.timer);
    window.removeEventListener("mousemove", this.moved);
    window.removeEventListener("mouseup", this.released);
  }

  /** @param {MouseEvent} event */
  pressedTwice(event) {
    if (isOpenEditor(event.target)) return;
    const hit = this.geometry.hit(event.clientX, event.clientY);
    if (hit.zone === "edge") this.acts.fit(hit.column);
    if (hit.zone === "cell") this.acts.edit(hit);
  }

  /** @param {MouseEvent} event */
  wandered(event) {
    if (this.drag) return;
    const hit = this.geometry.hit(event.clientX, event.clientY);
    this.scroller.style.cursor = CURSORS[hit.zone];
    this.rest(hit);
  }

  /** @param {Hit | undefined} hit */
  rest(hit) {
    const under = hit ? [hit.zone, hit.row, hit.column].join() : "";
    if (under === this.under) return;
    this.under = under;
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.acts.rest(hit), REST);
  }
}

/** @param {EventTarget | null} target */
function isOpenEditor(target) {
  return target instanceof HTMLTextAreaElement && target.classList.contains("ag-open");
}
