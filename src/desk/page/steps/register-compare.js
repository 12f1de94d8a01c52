/** The copy that counts and the one that would be made, side by side and in words. */
import { freshId, h } from "../lib/dom.js";
import { Paper, together } from "../lib/paper.js";
import { t } from "./register-anew-words.js";

/**
 * @typedef {{ label: string, was: string, now: string }} Difference
 *
 * @typedef {object} Change  A certificate that would be made anew.
 * @property {string} number
 * @property {boolean} printed
 * @property {Difference[]} changes
 */

/** How large pages are shown. */
const ZOOMS = [1, 1.5, 2, 3];

/** What changes on a certificate, and what that means for the copy that is out there. @param {Change} change */
export function changeView(change) {
  return h("div", null, changesView(change.changes), !change.printed && h("p", { class: "fault info" }, t("notPrinted")));
}

/** What changes, in words. @param {Difference[]} changes */
export function changesView(changes) {
  return h(
    "dl",
    { class: "differences" },
    changes.map(({ label, was, now }) =>
      h(
        "div",
        null,
        h("dt", null, label),
        h(
          "dd",
          null,
          h("span", { class: "visually-hidden" }, t("was"), " "),
          h("del", { class: "was" }, was || t("nothingThere")),
          " → ",
          h("span", { class: "visually-hidden" }, t("now"), " "),
          h("ins", { class: "now" }, now || t("nothingThere")),
        ),
      ),
    ),
  );
}

/** A choice of how large something is shown. @param {(zoom: number) => void} take */
export function zoomField(take) {
  const id = freshId("zoom");
  const select = h(
    "select",
    { id, onchange: () => take(Number(select.value)) },
    ZOOMS.map((zoom) => h("option", { value: zoom }, zoom === 1 ? t("fit") : `${zoom * 100}%`)),
  );
  return h("span", { class: "row zoom" }, h("label", { for: id }, t("zoom")), select);
}

export class Compare {
  /** @param {number} [revision]  Which copy counts now. */
  constructor(revision) {
    const old = revision === undefined ? t("oldOne") : t("oldCopy", { n: revision });
    this.old = new Paper(old);
    this.now = new Paper(t("newCopy"));
    together(this.old, this.now);
    this.view = h(
      "div",
      { class: "stack" },
      zoomField((zoom) => [this.old, this.now].forEach((paper) => paper.magnify(zoom))),
      h(
        "div",
        { class: "side-by-side" },
        h("section", null, h("h3", null, old), this.old.view),
        h("section", null, h("h3", null, t("newCopy")), this.now.view),
      ),
    );
  }

  /** @param {string} number @param {number} proposal */
  show(number, proposal) {
    void this.old.show("/api/certificate/page.png", { number, page: 1 }, t("oldAlt", { number }));
    void this.now.show("/api/reissue/page.png", { id: proposal, number, page: 1 }, t("newAlt", { number }));
  }

  clear() {
    this.old.clear();
    this.now.clear();
  }
}
