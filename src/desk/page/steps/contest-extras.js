/** What some fields have beside their control: last year's value to be kept, a picture to be brought, why a change was refused. */
import { button, fill, h } from "../lib/dom.js";
import { send } from "../lib/api.js";
import { faultsIn, refusalView } from "../lib/faults.js";
import { isValue } from "./contest-tree.js";
import { t } from "./contest-words.js";
import { faultsAt } from "./form-value.js";

/**
 * @typedef {import("./form-fields.js").Path} Path
 * @typedef {import("./form-fields.js").FormField} FormField
 * @typedef {import("./form-fields.js").Change} Change
 * @typedef {(path: Path) => import("./form-fields.js").FieldView | undefined} ViewOf
 */

/** Before what was taken over from last year and is to be decided. */
const MARK = "?";

export class Extras {
  /** @param {(change: Change) => void} change  Makes a change. */
  constructor(change) {
    this.change = change;
    /** @type {Map<string, HTMLElement>} */
    this.elements = new Map();
    /** @type {HTMLElement[]} */
    this.reasons = [];
  }

  /** @param {import("./contest-tree.js").Place[]} places @param {ViewOf} viewOf */
  update(places, viewOf) {
    /** @type {Map<string, HTMLElement>} */
    const elements = new Map();
    for (const place of places) {
      if (!isValue(place)) continue;
      const field = /** @type {FormField} */ (place.field);
      const undecided = place.faults.some((fault) => fault.code === "undecided");
      const what = undecided ? `keep ${JSON.stringify(field.value)}` : isPicture(field) ? "picture" : undefined;
      const view = what && viewOf(field.path);
      if (!what || !view) continue;
      const key = `${JSON.stringify(field.path)} ${what}`;
      const element = this.elements.get(key) || (undecided ? this.keep(field) : this.picture(field));
      // One that stands there already keeps the focus.
      if (element.parentNode !== view.element) view.element.append(element);
      elements.set(key, element);
    }
    for (const [key, element] of this.elements) if (elements.get(key) !== element) element.remove();
    this.elements = elements;
  }

  /** Last year's value is this year's. @param {FormField} field */
  keep({ path, value, kind }) {
    const was = decided(value, kind);
    const words = Array.isArray(was) ? was.join(t("between")) : String(was);
    return h("p", { class: "field-extra" }, button(t("keep", { was: words }), () => this.change({ path, act: { set: was } }), { class: "contest-keep" }));
  }

  /** @param {FormField} field */
  picture({ path, label }) {
    const input = h("input", { type: "file", accept: ".png,.jpg,.jpeg,.svg", hidden: true, onchange: () => void take() });
    const wrong = h("div", null);
    const choose = button(t("upload"), () => input.click(), { "aria-label": t("uploadOf", { label }) });
    const take = async () => {
      const file = input.files[0];
      input.value = "";
      if (!file) return;
      choose.disabled = true;
      fill(wrong);
      try {
        const { name } = await send("/api/picture", file, { name: file.name });
        this.change({ path, act: { set: name } });
      } catch (error) {
        fill(wrong, refusalView(error));
      } finally {
        choose.disabled = false;
      }
    };
    return h("div", { class: "field-extra" }, choose, h("span", { class: "small quiet-text" }, t("uploadAbout")), input, wrong);
  }

  /** Says at each field why its change was not made, until it is changed again. @param {Change[]} changes @param {any} error @param {ViewOf} viewOf */
  refused(changes, error, viewOf) {
    this.clear();
    const reasons = faultsIn(error).slice(0, 1);
    for (const { path } of changes) {
      const view = viewOf(path);
      if (!view) continue;
      const reason = h("div", null, faultsAt(reasons));
      view.element.append(reason);
      view.element.addEventListener("input", () => reason.remove(), { once: true });
      this.reasons.push(reason);
    }
  }

  clear() {
    for (const reason of this.reasons) reason.remove();
    this.reasons = [];
  }

  forget() {
    this.clear();
    this.elements.clear();
  }
}

/** A value without the mark of what is undecided. @param {any} value @param {string} kind @returns {any} */
function decided(value, kind) {
  if (Array.isArray(value)) return value.map((one) => decided(one, kind));
  if (typeof value !== "string" || !value.startsWith(MARK)) return value;
  const was = value.slice(MARK.length);
  return kind === "number" || kind === "whole-number" ? Number(was) : was;
}

/** Whether it names a picture of the folder: the form does not tell. @param {FormField} field */
function isPicture({ kind, path, meaning }) {
  return kind === "choice" && (path[path.length - 1] === "logo" || /\bimages\//.test(meaning || ""));
}
