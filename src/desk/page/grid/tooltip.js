import { remarkElement } from "./remarks.js";

/**
 * The words of a mark, beside its cell: while the pointer rests there, and while the cell is the current one.
 *
 * It stands above the cell if it can: below, it would cover the cells still to be mended and the window of the
 * input method. The pointer can move onto it, and Escape sends it away.
 */
export class Tooltip {
  /** @param {HTMLElement} box @param {HTMLElement} host */
  constructor(box, host) {
    this.box = box;
    this.host = host;
    this.escape = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") this.hide();
    };
  }

  get visible() {
    return !this.box.hidden;
  }

  /**
   * @param {import("./remarks.js").Remark[]} remarks
   * @param {import("./geometry.js").Rect} at  In the window's pixels.
   */
  show(remarks, at) {
    this.box.textContent = "";
    this.box.append(...remarks.map(remarkElement));
    this.box.hidden = false;
    this.place(at);
    document.addEventListener("keydown", this.escape);
  }

  hide() {
    this.box.hidden = true;
    document.removeEventListener("keydown", this.escape);
  }

  /** @param {import("./geometry.js").Rect} at */
  place(at) {
    const host = this.host.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.box;
    const left = Math.max(Math.min(at.left, host.right - offsetWidth), host.left);
    const above = at.top - offsetHeight;
    const top = above >= host.top ? above : at.top + at.height;
    this.box.style.left = left - host.left - this.host.clientLeft + "px";
    this.box.style.top = top - host.top - this.host.clientTop + "px";
  }
}
