/** The inspected document's pages, with what was found framed on them. */
import { button, fill, h } from "../lib/dom.js";
import { Paper } from "../lib/paper.js";
import { zoomField } from "./register-compare.js";
import { t } from "./inspect-words.js";

/** @typedef {import("./inspect.js").Finding} Finding @typedef {import("./inspect.js").Inspected} Inspected */

export class Pages {
  /** @param {string} name @param {Inspected} found @param {(finding: Finding) => void} chosen  A frame on the page was chosen. */
  constructor(name, found, chosen) {
    this.name = name;
    this.found = found;
    this.chosen = chosen;
    this.page = 0;
    /** @type {Finding | undefined} */
    this.marked = undefined;
    this.paper = new Paper(t("pagePlace"));
    this.said = h("p", { role: "status", class: "small" }, t("pick"));
    this.which = h("span", null);
    this.before = button(t("before"), () => this.turn(this.page - 1));
    this.after = button(t("after"), () => this.turn(this.page + 1));
    this.view = h(
      "section",
      { class: "inspect-pages no-print", "aria-label": t("pagePlace") },
      h(
        "div",
        { class: "row" },
        this.before,
        this.which,
        this.after,
        zoomField((zoom) => this.paper.magnify(zoom)),
      ),
      this.said,
      this.paper.view,
    );
  }

  /** @param {number} page  From 1. */
  turn(page) {
    const count = this.found.pages.length;
    const wanted = Math.min(Math.max(1, page), count);
    this.before.disabled = wanted <= 1;
    this.after.disabled = wanted >= count;
    this.which.textContent = t("page", { page: wanted, count });
    if (wanted !== this.page) {
      this.page = wanted;
      void this.paper.show("/api/inspect/page.png", { id: this.found.id, page: wanted }, t("pageAlt", { name: this.name, page: wanted }));
      this.paper.view.scrollTop = 0;
    }
    this.frames();
  }

  /** Turns to a finding and frames it. @param {Finding} finding */
  mark(finding) {
    this.marked = finding;
    const { page, area } = finding;
    this.turn(page || this.page || 1);
    this.said.textContent = page === null ? t("noPage") : area ? t("framed", { page }) : t("noPlace", { page });
    this.reach();
  }

  frames() {
    const { page, marked } = this;
    const here = this.found.findings.filter(
      (finding) => finding.page === page && finding.area && (finding === marked || finding.verdict === "fail"),
    );
    // The one that is meant lies over the others.
    here.sort((one, other) => Number(one === marked) - Number(other === marked));
    fill(
      this.paper.over,
      here.map((finding) => this.frame(finding)),
    );
  }

  /** @param {Finding} finding */
  frame(finding) {
    const { width, height } = this.found.pages[this.page - 1];
    const { left, top, right, bottom } = /** @type {NonNullable<Finding["area"]>} */ (finding.area);
    const frame = h("div", {
      class: `frame ${finding.verdict}${finding === this.marked ? " marked" : ""}`,
      title: finding.rule,
      onclick: () => this.chosen(finding),
    });
    frame.style.left = `${(left / width) * 100}%`;
    frame.style.top = `${(top / height) * 100}%`;
    frame.style.width = `${((right - left) / width) * 100}%`;
    frame.style.height = `${((bottom - top) / height) * 100}%`;
    return frame;
  }

  /** Scrolls to what is framed, where the page is larger than its place. */
  reach() {
    const frame = /** @type {HTMLElement | null} */ (this.paper.over.querySelector(".marked"));
    if (!frame) return;
    const { view } = this.paper;
    view.scrollTop = frame.offsetTop - (view.clientHeight - frame.offsetHeight) / 2;
    view.scrollLeft = frame.offsetLeft - (view.clientWidth - frame.offsetWidth) / 2;
  }

  clear() {
    this.paper.clear();
  }
}
