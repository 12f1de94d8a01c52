/** A page as a picture: on its way, shown, or refused. What is larger than its place can be scrolled, by keyboard too. */
import { pictureTold } from "./api.js";
import { fill, h } from "./dom.js";
import { refusalView } from "./faults.js";

/** How many pixels to an inch suffice where the page is as wide as its place. */
const FITTING = 110;

export class Paper {
  /** @param {string} name  What the place is called for whoever does not see it. */
  constructor(name) {
    this.image = h("img", { alt: "", hidden: true });
    /** What lies over the page, in percent of its size. */
    this.over = h("div", { class: "paper-over", "aria-hidden": "true" });
    this.sheet = h("div", { class: "paper-sheet" }, this.image, this.over);
    this.wrong = h("div", null);
    this.view = h("div", { class: "paper", role: "group", "aria-label": name, tabindex: "0" }, this.sheet, this.wrong);
    this.zoom = 1;
    this.turn = 0;
    /** @type {{ path: string, query: Record<string, any>, alt: string } | undefined} */
    this.wanted = undefined;
  }

  /**
   * Shows a page; the answer's headers come back, or nothing if another page was wanted meanwhile or it was refused.
   *
   * @param {string} path
   * @param {Record<string, any>} query
   * @param {string} alt
   * @returns {Promise<Headers | undefined>}
   */
  async show(path, query, alt) {
    this.wanted = { path, query, alt };
    this.turn += 1;
    const turn = this.turn;
    this.view.setAttribute("aria-busy", "true");
    try {
      const { url, headers } = await pictureTold(path, { ...query, ppi: this.finesse() });
      if (turn !== this.turn) {
        URL.revokeObjectURL(url);
        return undefined;
      }
      this.drop();
      this.image.src = url;
      this.image.alt = alt;
      this.image.hidden = false;
      fill(this.wrong);
      return headers;
    } catch (error) {
      if (turn !== this.turn) return undefined;
      this.drop();
      fill(this.wrong, refusalView(error));
      return undefined;
    } finally {
      if (turn === this.turn) this.view.removeAttribute("aria-busy");
    }
  }

  /** So many times as wide as its place. @param {number} zoom */
  magnify(zoom) {
    this.zoom = zoom;
    this.sheet.style.width = `${zoom * 100}%`;
    if (this.wanted) void this.show(this.wanted.path, this.wanted.query, this.wanted.alt);
  }

  finesse() {
    return Math.round(FITTING * Math.max(1, this.zoom * 0.75));
  }

  /** Nothing is shown any more, nor will be. */
  clear() {
    this.turn += 1;
    this.wanted = undefined;
    this.view.removeAttribute("aria-busy");
    this.drop();
    fill(this.wrong);
  }

  drop() {
    if (this.image.src) URL.revokeObjectURL(this.image.src);
    this.image.removeAttribute("src");
    this.image.hidden = true;
  }
}

/** Scrolls one with the other, so that the same place of two pages is compared. @param {Paper} one @param {Paper} other */
export function together(one, other) {
  /** @param {HTMLElement} from @param {HTMLElement} to */
  const follow = (from, to) =>
    from.addEventListener("scroll", () => {
      if (to.scrollTop !== from.scrollTop) to.scrollTop = from.scrollTop;
      if (to.scrollLeft !== from.scrollLeft) to.scrollLeft = from.scrollLeft;
    });
  follow(one.view, other.view);
  follow(other.view, one.view);
}
