/** Groups of fields that fold. */
import { button, fill, freshId, h } from "../lib/dom.js";
import { FormFields } from "./form-fields.js";
import { beginsWith, faultsAt, samePath, tell } from "./form-value.js";
import { errorsIn } from "./contest-tree.js";
import { t } from "./contest-words.js";

/**
 * @typedef {import("./form-fields.js").FormField} FormField
 * @typedef {import("./form-fields.js").FieldView} FieldView
 * @typedef {import("./form-fields.js").Path} Path
 */

/** A group of fields that is closed where the file says nothing of it. */
export class Fold {
  /** @param {FormField} field */
  constructor(field) {
    this.field = field;
    const id = freshId("fold");
    this.fields = new FormFields();
    this.name = h("span", null);
    this.about = h("span", { class: "small quiet-text" });
    this.toggle = h("button", { type: "button", class: "quiet contest-toggle", "aria-controls": id, onclick: () => this.turn(!this.open) }, h("span", { class: "contest-sign", "aria-hidden": "true" }), this.name, this.about);
    this.faults = h("div", null);
    this.inside = h("fieldset", { class: "contest-lock contest-inside", id }, this.fields.element);
    this.element = h("section", { class: "contest-fold" }, this.toggle, this.faults, this.inside);
    this.open = says(field.value) || errorsIn(field) > 0 || (field.needed && !field.path.includes("documents"));
  }

  get unsaved() {
    return this.fields.unsaved;
  }

  /** @param {FormField} field */
  update(field) {
    this.field = field;
    this.name.textContent = field.label || String(field.path[field.path.length - 1]);
    const wrong = errorsIn(field);
    fill(this.about, field.meaning, wrong > 0 && h("span", { class: "chip bad" }, t("wrong", { count: wrong })));
    fill(this.faults, faultsAt(field.faults || []));
    this.element.hidden = (field.fields || []).length === 0 && (field.faults || []).length === 0;
    this.draw();
  }

  draw() {
    this.toggle.setAttribute("aria-expanded", String(this.open));
    this.inside.hidden = !this.open;
    if (this.open || this.fields.views.size > 0) this.fields.update(this.field.fields || []);
  }

  /** @param {boolean} open */
  turn(open) {
    if (!open) this.fields.commit();
    this.open = open;
    this.draw();
    this.element.dispatchEvent(new CustomEvent("partopened", { bubbles: true }));
  }

  commit() {
    this.fields.commit();
  }

  refused() {
    this.fields.refused();
  }

  /** @param {Path} path @returns {FieldView | undefined} */
  viewOf(path) {
    return this.fields.viewOf(path);
  }

  /** @param {Path} path */
  focus(path) {
    if (!beginsWith(path, this.field.path)) return false;
    if (!this.open) this.turn(true);
    if (samePath(path, this.field.path) || !this.fields.focus(path)) {
      this.element.scrollIntoView({ block: "center" });
      this.toggle.focus({ preventScroll: true });
    }
    return true;
  }
}

/** A group to which tables under other names can be added: what columns of the sheet must be. */
export class OpenFold extends Fold {
  /** @param {FormField} field */
  constructor(field) {
    super(field);
    const id = freshId("name");
    this.input = h("input", { id, type: "text", autocomplete: "off", spellcheck: false, onkeydown: (/** @type {KeyboardEvent} */ event) => this.pressed(event) });
    /** What comes into view when the form is there anew. @type {string | undefined} */
    this.wanted = undefined;
    this.inside.append(h("p", { class: "row contest-add" }, h("label", { for: id }, t("columnName")), this.input, button(t("addColumn"), () => this.add())));
  }

  /** @param {FormField} field */
  update(field) {
    super.update(field);
    this.element.hidden = false;
    if (this.wanted && this.fields.focus([...field.path, this.wanted])) this.wanted = undefined;
  }

  draw() {
    super.draw();
    for (const { path, label } of this.field.fields || []) {
      const view = this.fields.viewOf(path);
      if (!view || view.element.querySelector(".contest-remove")) continue;
      view.element.append(button(t("remove"), () => this.remove(path), { class: "quiet contest-link contest-remove", "aria-label": t("removeOf", { name: label }) }));
    }
  }

  add() {
    const name = this.input.value.trim();
    if (name === "") {
      this.input.focus();
      return;
    }
    const { path, fields } = this.field;
    this.input.value = "";
    if ((fields || []).some((one) => one.path[one.path.length - 1] === name)) {
      this.fields.focus([...path, name]);
      return;
    }
    this.wanted = name;
    tell(this.element, { path: [...path, name], act: { set: { kind: "text" } } });
  }

  /** @param {Path} path */
  remove(path) {
    tell(this.element, { path, act: "remove" });
    this.toggle.focus();
  }

  refused() {
    super.refused();
    if (this.wanted) this.input.value = this.wanted;
    this.wanted = undefined;
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    this.add();
  }
}

/** Whether a value says anything. @param {any} value @returns {boolean} */
function says(value) {
  if (value === null || value === undefined) return false;
  return typeof value !== "object" || Object.values(value).some(says);
}
