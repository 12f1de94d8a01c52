/** One page, large, at the size that is wanted and always as fine as that needs. */
import { button, fill, h } from "../lib/dom.js";
import { t } from "./pages-words.js";

/** @typedef {import("./pages-pictures.js").Drawn} Drawn */

/** What pictures may be asked for, so that few sizes are drawn; the last is the finest. */
const PPI = [72, 96, 120, 150, 192, 240, 300];

/** Steps of the zoom; 1 is the size on paper. */
const ZOOMS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** CSS pixels to an inch. */
const INCH = 96;

export class PageView {
  /** @param {() => void} sized  The page needs another picture. */
  constructor(sized) {
    this.sized = sized;
    /** @type {"width" | "page" | number} */
    this.zoom = "page";
    /** @type {Drawn | undefined} */
    this.drawn = undefined;
    this.image = h("img", { alt: "", draggable: false });
    this.sheet = h("div", { class: "pages-sheet", hidden: true }, this.image);
    this.instead = h("div", { class: "pages-instead" });
    this.element = h("div", { class: "pages-viewer", tabindex: "0", role: "region", "aria-label": t("viewer") }, this.sheet, this.instead);
    this.width = button(t("fitWidth"), () => this.to("width"));
    this.page = button(t("fitPage"), () => this.to("page"));
    this.percent = h("span", { class: "pages-percent", role: "status" });
    this.controls = h(
      "div",
      { class: "row pages-zoom", role: "group", "aria-label": t("zoom") },
      button("−", () => this.step(-1), { "aria-label": t("smaller"), title: t("smaller") }),
      this.percent,
      button("+", () => this.step(1), { "aria-label": t("larger"), title: t("larger") }),
      this.width,
      this.page,
    );
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.element);
  }

  /** The scale of the page that is shown: CSS inches for each inch of paper. */
  get scale() {
    return this.scaleOf(this.drawn);
  }

  /** @param {{ width: number, height: number } | undefined} size  In inches. */
  scaleOf(size) {
    if (typeof this.zoom === "number" || !size) return typeof this.zoom === "number" ? this.zoom : 1;
    // Room for the margin, and so that no scroll bar comes and goes.
    const width = Math.max(120, this.element.clientWidth - 34) / INCH / size.width;
    const height = Math.max(120, this.element.clientHeight - 34) / INCH / size.height;
    return this.zoom === "width" ? width : Math.min(width, height);
  }

  /** How fine a picture of a page of this size has to be. @param {{ width: number, height: number } | undefined} size */
  ppi(size) {
    const needed = this.scaleOf(size) * INCH * (window.devicePixelRatio || 1);
    return PPI.find((ppi) => ppi >= needed * 0.98) || PPI[PPI.length - 1];
  }

  /** @param {Drawn} drawn @param {string} alt */
  show(drawn, alt) {
    this.drawn = drawn;
    this.image.src = drawn.url;
    this.image.alt = alt;
    this.sheet.hidden = false;
    this.element.classList.remove("other");
    fill(this.instead);
    this.fit();
  }

  /** What stands in place of a page. @param {...import("../lib/dom.js").Child} words */
  without(...words) {
    this.drawn = undefined;
    this.image.removeAttribute("src");
    this.sheet.hidden = true;
    fill(this.instead, ...words);
  }

  /** The page that is seen is not the one that is wanted: it is faint until that is there. */
  fade() {
    this.element.classList.add("other");
  }

  /** @param {"width" | "page" | number} zoom */
  to(zoom) {
    this.zoom = zoom;
    this.fit();
  }

  /** @param {1 | -1} way */
  step(way) {
    const now = this.scale;
    const next = way > 0 ? ZOOMS.find((zoom) => zoom > now * 1.02) : [...ZOOMS].reverse().find((zoom) => zoom < now * 0.98);
    if (next) this.to(next);
  }

  /** Makes the page as large as wanted, and asks for a finer picture where this one would be blurred. */
  fit() {
    this.width.setAttribute("aria-pressed", String(this.zoom === "width"));
    this.page.setAttribute("aria-pressed", String(this.zoom === "page"));
    const { drawn } = this;
    if (!drawn) return;
    const { scale } = this;
    this.sheet.style.width = `${Math.round(drawn.width * scale * INCH)}px`;
    this.sheet.style.height = `${Math.round(drawn.height * scale * INCH)}px`;
    this.percent.textContent = t("percent", { percent: Math.round(scale * 100) });
    if (this.ppi(drawn) > drawn.ppi) this.sized();
  }

  /** Scrolls on within the page, or says that there is no more of it. @param {1 | -1} way */
  scroll(way) {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    const room = way > 0 ? scrollHeight - clientHeight - scrollTop : scrollTop;
    if (room < 2) return false;
    this.element.scrollTop += way * Math.max(40, clientHeight - 60);
    return true;
  }

  end() {
    this.observer.disconnect();
  }
}
