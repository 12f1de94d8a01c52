/** Which other kinds of documents are made anew with the certificates, since they carry what has changed. */
import { get } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { t } from "./register-anew-words.js";

/** The warning that there are such documents. */
const CARRIED = "also-printed";

export class AlsoField {
  /** @param {string | undefined} own  The kind that is made anew anyway. @param {() => void} changed */
  constructor(own, changed) {
    this.own = own;
    this.changed = changed;
    /** @type {Set<string>} */
    this.ticked = new Set();
    this.boxes = h("div", { class: "row" });
    this.view = h("fieldset", { class: "also", hidden: true }, h("legend", null, t("also")), h("p", { class: "quiet-text small" }, t("alsoHelp")), this.boxes);
  }

  chosen() {
    return [...this.ticked];
  }

  /** Offers them if the proposal says that there are any. @param {import("../lib/api.js").Fault[]} faults */
  async offer(faults) {
    this.view.hidden = this.ticked.size === 0 && !faults.some((fault) => fault.code === CARRIED);
    if (this.view.hidden || this.boxes.firstChild) return;
    try {
      const { kinds, volumes } = await get("/api/plan");
      const names = [...kinds.filter((/** @type {any} */ kind) => !kind.numbered).map((/** @type {any} */ kind) => kind.name), ...volumes];
      fill(this.boxes, names.filter((name) => name !== this.own).map((name) => this.box(name)));
    } catch (error) {
      // A sheet that cannot be read now has no other documents to offer.
      this.view.hidden = true;
    }
  }

  /** @param {string} name */
  box(name) {
    const input = h("input", {
      type: "checkbox",
      checked: this.ticked.has(name),
      onchange: () => {
        if (input.checked) this.ticked.add(name);
        else this.ticked.delete(name);
        this.changed();
      },
    });
    return h("label", { class: "tick" }, input, " ", name);
  }
}
