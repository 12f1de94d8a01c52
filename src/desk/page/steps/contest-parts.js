/** Fields of a section or of an entry in their order: values, groups that fold, and lists. */
import { fill, h } from "../lib/dom.js";
import { Fold, OpenFold } from "./contest-fold.js";
import { ContestList } from "./contest-list.js";
import { FormFields } from "./form-fields.js";
import { samePath } from "./form-value.js";

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
        const fold = known instanceof Fold ? known : samePath(first.path, ["fields"]) ? new OpenFold(first) : new Fold(first);
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
