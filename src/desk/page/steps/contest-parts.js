/** Fields of a section or of an entry in their order: values, groups that fold, and lists. */
import { fill, freshId, h } from "../lib/dom.js";
import { ContestList } from "./contest-list.js";
import { FormFields } from "./form-fields.js";
import { beginsWith, faultsAt, samePath } from "./form-value.js";
import { errorsIn } from "./contest-tree.js";
import { t } from "./contest-words.js";

/**
 * @typedef {import("./form-fields.js").FormField} FormField
 * @typedef {import("./form-fields.js").FieldView} FieldView
 * @typedef {import("./form-fields.js").Path} Path
 *
 * @typedef {object} Part
 * @property {HTMLElement} element
 * @property {boolean} unsaved
 * @property {() => void} commit
 * @property {() => void} refused
 * @property {(path: Path) => FieldView | undefined} viewOf
 * @property {(path: Path) => boolean} focus
 */

export class Parts {
  constructor() {
    this.element = h("div", { class: "contest-parts" });
    /** @type {Map<string, Part>} */
    this.parts = new Map();
  }

  get unsaved() {
    return [...this.parts.values()].some((part) => part.unsaved);
  }

  /** @param {FormField[]} fields */
  update(fields) {
    /** @type {Map<string, Part>} */
    const parts = new Map();
    for (const { key, run } of runs(fields)) {
      const known = this.parts.get(key);
      const [first] = run;
      if (first.kind === "tables") {
        const list = known instanceof ContestList ? known : new ContestList(first);
        list.update(first, fields.length === 1);
        parts.set(key, list);
      } else if (first.kind === "table") {
        const fold = known instanceof Fold ? known : new Fold(first);
        fold.update(first);
        parts.set(key, fold);
      } else {
        const row = known instanceof Row ? known : new Row();
        row.fields.update(run);
        parts.set(key, row);
      }
    }
    const same = parts.size === this.parts.size && [...parts].every(([key, part]) => this.parts.get(key) === part);
    this.parts = parts;
    if (!same) fill(this.element, [...parts.values()].map((part) => part.element));
  }

  commit() {
    for (const part of this.parts.values()) part.commit();
  }

  refused() {
    for (const part of this.parts.values()) part.refused();
  }

  /** @param {Path} path @returns {FieldView | undefined} */
  viewOf(path) {
    return [...this.parts.values()].map((part) => part.viewOf(path)).find((view) => view !== undefined);
  }

  /** @param {Path} path @returns {boolean} */
  focus(path) {
    return [...this.parts.values()].some((part) => part.focus(path));
  }
}

/** Values that follow each other. @implements {Part} */
class Row {
  constructor() {
    this.fields = new FormFields();
    this.element = h("fieldset", { class: "contest-lock" }, this.fields.element);
  }

  get unsaved() {
    return this.fields.unsaved;
  }

  commit() {
    this.fields.commit();
  }

  refused() {
    this.fields.refused();
  }

  /** @param {Path} path */
  viewOf(path) {
    return this.fields.viewOf(path);
  }

  /** @param {Path} path */
  focus(path) {
    return this.fields.focus(path);
  }
}

/** A group of fields that is closed where the file says nothing of it. @implements {Part} */
class Fold {
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

/** Whether a value says anything. @param {any} value @returns {boolean} */
function says(value) {
  if (value === null || value === undefined) return false;
  return typeof value !== "object" || Object.values(value).some(says);
}

/** Values that follow each other together, each group and list by itself. @param {FormField[]} fields */
function runs(fields) {
  /** @type {{ key: string, run: FormField[] }[]} */
  const found = [];
  let open = false;
  for (const field of fields) {
    const value = field.kind !== "tables" && field.kind !== "table";
    if (value && open) found[found.length - 1].run.push(field);
    else found.push({ key: value ? `row ${found.length}` : JSON.stringify([field.path, field.kind]), run: [field] });
    open = value;
  }
  return found;
}
