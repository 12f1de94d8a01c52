/** A list of which one is chosen, of any length: only the entries in sight are elements. */
import { fill, freshId, h } from "./dom.js";

/** Entries above and below those in sight. */
const MARGIN = 6;

/** @template T */
export class Listbox {
  /**
   * @param {object} how
   * @param {string} how.label
   * @param {number} how.height  Of an entry, in CSS pixels.
   * @param {(item: T) => string} how.key
   * @param {(item: T) => import("./dom.js").Child[]} how.draw
   * @param {(item: T) => void} how.chosen  Told when the reader chooses, not by `select`.
   */
  constructor(how) {
    this.how = how;
    /** @type {T[]} */
    this.items = [];
    /** @type {string | undefined} */
    this.selected = undefined;
    this.stem = freshId("option");
    this.sizer = h("div", { class: "listbox-sizer", role: "none" });
    this.element = h("div", { class: "listbox", role: "listbox", tabindex: "0", "aria-label": how.label }, this.sizer);
    this.element.addEventListener("scroll", () => this.draw(), { passive: true });
    this.element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.pressed(event));
    this.element.addEventListener("click", (/** @type {MouseEvent} */ event) => this.clicked(event));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.element);
  }

  /** Where the selected one is; -1 if it is not in the list. */
  get index() {
    return this.items.findIndex((item) => this.how.key(item) === this.selected);
  }

  /** @param {T[]} items */
  show(items) {
    this.items = items;
    this.sizer.style.height = `${items.length * this.how.height}px`;
    this.draw();
  }

  /** Marks one as selected, and brings it into sight. @param {string | undefined} key */
  select(key) {
    this.selected = key;
    this.reveal();
    this.draw();
  }

  reveal() {
    const { index, element } = this;
    if (index < 0) return;
    const top = index * this.how.height;
    const bottom = top + this.how.height;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
  }

  /** The window is gone. */
  end() {
    this.observer.disconnect();
  }

  draw() {
    const { height, key, draw } = this.how;
    const first = Math.max(0, Math.floor(this.element.scrollTop / height) - MARGIN);
    const last = Math.min(this.items.length, Math.ceil((this.element.scrollTop + this.element.clientHeight) / height) + MARGIN);
    let active;
    const options = [];
    for (let index = first; index < last; index += 1) {
      const item = this.items[index];
      const id = `${this.stem}-${index}`;
      const selected = key(item) === this.selected;
      if (selected) active = id;
      const option = h(
        "div",
        { id, class: "option", role: "option", "aria-selected": String(selected), "aria-posinset": index + 1, "aria-setsize": this.items.length, "data-index": index },
        ...draw(item),
      );
      option.style.top = `${index * height}px`;
      option.style.height = `${height}px`;
      options.push(option);
    }
    fill(this.sizer, options);
    if (active) this.element.setAttribute("aria-activedescendant", active);
    else this.element.removeAttribute("aria-activedescendant");
  }

  /** @param {number} index */
  choose(index) {
    const item = this.items[Math.max(0, Math.min(index, this.items.length - 1))];
    if (!item) return;
    this.select(this.how.key(item));
    this.how.chosen(item);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const { index } = this;
    const to = { ArrowDown: index + 1, ArrowUp: Math.max(0, index - 1), Home: 0, End: this.items.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.choose(to);
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const option = event.target instanceof Element ? event.target.closest("[data-index]") : null;
    if (option) this.choose(Number(option.getAttribute("data-index")));
  }
}
