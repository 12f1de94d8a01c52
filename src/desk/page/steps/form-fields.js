/**
 * The fields of a form that `GET /api/form` gives: label, meaning, a control for what may stand there, and the faults at it.
 *
 * How a step uses it:
 *
 *     const fields = new FormFields();
 *     place.append(fields.element);
 *     fields.element.addEventListener("fieldchange", (event) => save(event.detail));  // a CHANGE, to be posted
 *     fields.update(section.fields);   // now, and whenever the form is there anew
 *
 * - `update` keeps the controls of fields that stay (they are the same if their `path` and `kind` are), with the focus, and with
 *   whatever is typed and not posted yet; a control that nobody has touched takes the file's value.
 * - `fieldchange` bubbles from the field. Choices and ticks tell at once; text when it is left, with Enter (Ctrl+Enter where Enter
 *   begins a line), or when typing rests. A value that cannot be one (“abc” as a number) is told at the field and not sent.
 * - A field waits for its value from the moment it tells until `update` brings the form. Where posting failed, call
 *   `refused()`: what was typed stays, counts as unsaved, and goes with the next change of it.
 * - `unsaved`: something is typed that was not told yet, or was refused. `commit()` tells it now.
 * - `focus(path)` brings the field of that path (or the one around it) into view; false if there is none.
 *
 * @typedef {(string | number)[]} Path  The way to a value in contest.toml.
 *
 * @typedef {{ path: Path, act: "remove" | { set: any } | { add: any } | { move: { from: number, to: number } } }} Change
 *
 * @typedef {"text" | "texts" | "date" | "number" | "whole-number" | "yes-no" | "length" | "choice" | "choices" | "columns" | "table" | "tables"} Kind
 *   `texts` is any number of texts, one a line; `choices` any of several; `columns` those of a list, in their order; `table` a
 *   group of fields; `tables` any number of such groups.
 *
 * Below a field that needs more than its control, as a picture that can be chosen, `fields.viewOf(path)` has the `element` to put it in.
 * `FormSaving` (form-saving.js) posts the changes in their order and brings the form back.
 *
 * @typedef {object} FormField  As `src/report/form.rs` has it.
 * @property {Path} path
 * @property {string} label  What it is called.
 * @property {string} [meaning]  What more is to be known of it.
 * @property {Kind} kind
 * @property {any} [value]  What the file says; null if nothing.
 * @property {any} [default]  What holds where the file says nothing; null if nothing does.
 * @property {boolean} [needed]
 * @property {{ value: string, label: string }[]} [choices]
 * @property {boolean} [open]  Whether it may be something else than the choices.
 * @property {FormField[]} [fields]  Of a `table`.
 * @property {FormEntry[]} [entries]  Of `tables`.
 * @property {FormFault[]} [faults]
 *
 * @typedef {object} FormEntry  One of `tables`.
 * @property {Path} path
 * @property {string} label
 * @property {FormField[]} fields
 * @property {FormFault[]} [faults]
 *
 * @typedef {import("../lib/api.js").Fault} FormFault
 *
 * @typedef {object} FieldView  What is drawn for one field.
 * @property {HTMLElement} element
 * @property {boolean} unsaved
 * @property {(field: FormField) => void} update
 * @property {() => void} commit
 * @property {() => void} refused
 * @property {(path: Path) => boolean} focus
 * @property {(path: Path) => FieldView | undefined} viewOf
 */
import { fill, h } from "../lib/dom.js";
import { GroupField, ListField } from "./form-groups.js";
import { SimpleField } from "./form-value.js";

/** A row of fields below each other. */
export class FormFields {
  constructor() {
    this.element = h("div", { class: "form-fields" });
    /** @type {Map<string, FieldView>} */
    this.views = new Map();
  }

  /** Whether anything was typed that is not told or was refused. */
  get unsaved() {
    return [...this.views.values()].some((view) => view.unsaved);
  }

  /** Draws these fields, in this order. @param {FormField[]} fields */
  update(fields) {
    /** @type {Map<string, FieldView>} */
    const views = new Map();
    for (const field of fields) {
      const key = JSON.stringify([field.path, field.kind]);
      const known = this.views.get(key);
      if (known) known.update(field);
      views.set(key, known || drawn(field));
    }
    this.views = views;
    const now = [...views.values()].map((view) => view.element);
    const was = this.element.children;
    // Elements that are moved lose the focus.
    if (now.length !== was.length || now.some((element, index) => element !== was[index])) fill(this.element, now);
  }

  /** Tells what is typed without waiting. */
  commit() {
    for (const view of this.views.values()) view.commit();
  }

  /** What was told last was not done. */
  refused() {
    for (const view of this.views.values()) view.refused();
  }

  /** The field of exactly this path, also within groups. @param {Path} path @returns {FieldView | undefined} */
  viewOf(path) {
    for (const view of this.views.values()) {
      const found = view.viewOf(path);
      if (found) return found;
    }
    return undefined;
  }

  /** @param {Path} path @returns {boolean} */
  focus(path) {
    return [...this.views.values()].some((view) => view.focus(path));
  }
}

/** @param {FormField} field @returns {FieldView} */
function drawn(field) {
  if (field.kind === "table") return new GroupField(field);
  if (field.kind === "tables") return new ListField(field);
  return new SimpleField(field);
}
