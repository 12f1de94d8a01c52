/** Which other kinds of documents are made anew with the certificates, since they carry what has changed. */
import { fill, h } from "../lib/dom.js";
import { t } from "./register-anew-words.js";

/** The warning that there are such documents. */
const CARRIED = "also-printed";

export class AlsoField {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    /** @type {Set<string>} */
    this.ticked = new Set();
    this.boxes = h("div", { class: "row" });
    this.view = h(
      "fieldset",
      { class: "also", hidden: true },
      h("legend", null, t("also")),
      h("p", { class: "quiet-text small" }, t("alsoHelp")),
      this.boxes,
    );
  }

  chosen() {
    return [...this.ticked];
  }

  /** None of them, as with one of them it cannot be made. */
  clear() {
    this.ticked.clear();
    for (const box of this.boxes.querySelectorAll("input")) box.checked = false;
  }

  /** Offers these kinds if the proposal says that any of them carries a change. @param {import("../lib/api.js").Fault[]} faults @param {string[]} kinds */
  offer(faults, kinds) {
    this.view.hidden = kinds.length === 0 || (this.ticked.size === 0 && !faults.some((fault) => fault.code === CARRIED));
    if (!this.boxes.firstChild)
      fill(
        this.boxes,
        kinds.map((name) => this.box(name)),
      );
  }

  /** @param {string} name */
  box(name) {
    const input = h("input", {
      type: "checkbox",
      onchange: () => {
        if (input.checked) this.ticked.add(name);
        else this.ticked.delete(name);
        this.changed();
      },
    });
    return h("label", { class: "tick" }, input, " ", name);
  }
}
