/** The copy that counts and the one that would be made, side by side and in words. */
import { button, fill, freshId, h } from "../lib/dom.js";
import { Paper, together } from "../lib/paper.js";
import { t } from "./register-anew-words.js";

/**
 * @typedef {object} Change
 * @property {string} number
 * @property {boolean} printed
 * @property {{ label: string, was: string, now: string }[]} differences
 */

/** How large pages are shown. */
export const ZOOMS = [1, 1.5, 2, 3];

/** What changes, in words. @param {Change} change */
export function differencesView(change) {
  return h(
    "div",
    null,
    h(
      "dl",
      { class: "differences" },
      change.differences.map(({ label, was, now }) => h("div", null, h("dt", null, label), h("dd", null, changeView(was, now)))),
    ),
    !change.printed && h("p", { class: "fault info" }, t("notPrinted")),
  );
}

/** @param {string} was @param {string} now */
export function changeView(was, now) {
  return [
    h("span", { class: "visually-hidden" }, t("was"), " "),
    h("del", { class: "was" }, was || t("nothingThere")),
    " → ",
    h("span", { class: "visually-hidden" }, t("now"), " "),
    h("ins", { class: "now" }, now || t("nothingThere")),
  ];
}

/** A choice of how large something is shown. @param {(zoom: number) => void} take */
export function zoomField(take) {
  const id = freshId("zoom");
  const select = h("select", { id, onchange: () => take(Number(select.value)) }, ZOOMS.map((zoom) => h("option", { value: zoom }, zoom === 1 ? t("fit") : `${zoom * 100}%`)));
  return h("span", { class: "row zoom" }, h("label", { for: id }, t("zoom")), select);
}

/** How many pages one of a proposal's documents has. @param {{ pages: number[] }} proposal @param {number} document */
export function pagesOf(proposal, document) {
  return proposal.pages[document] || 1;
}

export class Compare {
  /** @param {number} [revision]  Which copy counts now. */
  constructor(revision) {
    const old = revision === undefined ? t("oldOne") : t("oldCopy", { n: revision });
    this.old = new Paper(old);
    this.now = new Paper(t("newCopy"));
    together(this.old, this.now);
    this.page = 1;
    this.pages = h("span", { class: "row" });
    this.view = h(
      "div",
      { class: "stack" },
      h("div", { class: "row" }, zoomField((zoom) => [this.old, this.now].forEach((paper) => paper.magnify(zoom))), this.pages),
      h(
        "div",
        { class: "side-by-side" },
        h("section", null, h("h3", null, old), this.old.view),
        h("section", null, h("h3", null, t("newCopy")), this.now.view),
      ),
    );
  }

  /** @param {string} number @param {string} proposal @param {number} document  Which of the proposal's. @param {number} count  Its pages. */
  show(number, proposal, document, count) {
    const { page } = this;
    void this.old.show("/api/certificate/page.png", { number, page }, `${this.old.view.getAttribute("aria-label")} ${number}`);
    void this.now.show("/api/reissue/page.png", { id: proposal, document, page }, `${t("newCopy")} ${number}`);
    /** @param {number} by */
    const turned = (by) => {
      this.page += by;
      this.show(number, proposal, document, count);
    };
    fill(
      this.pages,
      count > 1 && [
        button(t("before"), () => turned(-1), { disabled: page <= 1 }),
        h("span", { role: "status" }, t("page", { page, count })),
        button(t("after"), () => turned(1), { disabled: page >= count }),
      ],
    );
  }

  clear() {
    this.old.clear();
    this.now.clear();
  }
}
