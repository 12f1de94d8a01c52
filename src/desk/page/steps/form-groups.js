/** Fields of a form that hold fields. */
import { button, fill, freshId, h } from "../lib/dom.js";
import { FormFields } from "./form-fields.js";
import { beginsWith, faultsAt, samePath, tell } from "./form-value.js";
import { t } from "./form-words.js";

/**
 * @typedef {import("./form-fields.js").FormField} FormField
 * @typedef {import("./form-fields.js").FormEntry} FormEntry
 * @typedef {import("./form-fields.js").Path} Path
 */

/** A group of fields under one name. */
export class GroupField {
  /** @param {FormField} field */
  constructor(field) {
    this.field = field;
    this.legend = h("legend", null);
    this.meaning = h("div", { class: "meaning" });
    this.faults = h("div", null);
    this.inner = new FormFields();
    this.element = h("fieldset", { class: "field field-group" }, this.legend, this.meaning, this.faults, this.inner.element);
    this.update(field);
  }

  get unsaved() {
    return this.inner.unsaved;
  }

  /** @param {FormField} field */
  update(field) {
    this.field = field;
    fill(this.legend, field.label, field.needed && h("span", { class: "needed" }, t("needed")));
    fill(this.meaning, field.meaning);
    this.meaning.hidden = !field.meaning;
    fill(this.faults, faultsAt(field.faults || []));
    this.inner.update(field.fields || []);
  }

  commit() {
    this.inner.commit();
  }

  refused() {
    this.inner.refused();
  }

  /** @param {Path} path @returns {import("./form-fields.js").FieldView | undefined} */
  viewOf(path) {
    return samePath(path, this.field.path) ? this : this.inner.viewOf(path);
  }

  /** @param {Path} path */
  focus(path) {
    return beginsWith(path, this.field.path) && (this.inner.focus(path) || shown(this.element));
  }
}

/** Any number of groups that are alike: added, removed, put in order. */
export class ListField {
  /** @param {FormField} field */
  constructor(field) {
    this.field = field;
    this.legend = h("legend", { tabindex: "-1" });
    this.meaning = h("div", { class: "meaning" });
    this.faults = h("div", null);
    this.rows = h("ol", { class: "field-items" });
    /** @type {{ element: HTMLElement, inner: FormFields, draw: (entry: FormEntry, count: number) => void }[]} */
    this.items = [];
    this.add = button(t("add"), () => tell(this.element, { path: this.field.path, act: { add: {} } }));
    this.element = h(
      "fieldset",
      { class: "field field-group" },
      this.legend,
      this.meaning,
      this.faults,
      this.rows,
      h("p", { class: "buttons" }, this.add),
    );
    this.update(field);
  }

  get unsaved() {
    return this.items.some((item) => item.inner.unsaved);
  }

  /** @param {FormField} field */
  update(field) {
    this.field = field;
    fill(this.legend, field.label, field.needed && h("span", { class: "needed" }, t("needed")));
    fill(this.meaning, field.meaning);
    this.meaning.hidden = !field.meaning;
    fill(this.faults, faultsAt(field.faults || []));
    this.add.setAttribute("aria-label", t("addOf", { label: field.label }));
    const given = field.entries || [];
    while (this.items.length > given.length) {
      const item = this.items.pop();
      if (item) item.element.remove();
    }
    while (this.items.length < given.length) {
      const item = this.item(this.items.length);
      this.items.push(item);
      this.rows.append(item.element);
    }
    given.forEach((item, index) => {
      this.items[index].inner.update(item.fields);
      this.items[index].draw(item, given.length);
    });
  }

  /** @param {number} index */
  item(index) {
    const inner = new FormFields();
    const title = freshId("item");
    const number = index + 1;
    const act = (/** @type {import("./form-fields.js").Change["act"]} */ act, /** @type {Path} */ path) => {
      tell(this.element, { path, act });
      // The button may be gone when the answer is there.
      this.legend.focus();
    };
    const move = (/** @type {number} */ to) => act({ move: { from: index, to } }, this.field.path);
    const up = button(t("up"), () => move(index - 1), { class: "quiet", "aria-label": t("upOf", { number }) });
    const down = button(t("down"), () => move(index + 1), { class: "quiet", "aria-label": t("downOf", { number }) });
    const away = button(t("remove"), () => act("remove", [...this.field.path, index]), { class: "quiet", "aria-label": t("removeOf", { number }) });
    const name = h("span", { id: title, class: "field-item-name" });
    const faults = h("div", null);
    const element = h(
      "li",
      null,
      // An entry of a list can be no group itself.
      h("div", { role: "group", "aria-labelledby": title }, h("div", { class: "row between" }, name, h("span", { class: "row" }, up, down, away)), faults, inner.element),
    );
    const draw = (/** @type {FormEntry} */ entry, /** @type {number} */ count) => {
      name.textContent = entry.label === String(number) ? t("item", { number }) : entry.label;
      fill(faults, faultsAt(entry.faults || []));
      up.disabled = index === 0;
      down.disabled = index === count - 1;
    };
    return { element, inner, draw };
  }

  commit() {
    for (const item of this.items) item.inner.commit();
  }

  refused() {
    for (const item of this.items) item.inner.refused();
  }

  /** @param {Path} path @returns {import("./form-fields.js").FieldView | undefined} */
  viewOf(path) {
    if (samePath(path, this.field.path)) return this;
    return this.items.map((item) => item.inner.viewOf(path)).find((view) => view !== undefined);
  }

  /** @param {Path} path */
  focus(path) {
    return beginsWith(path, this.field.path) && (this.items.some((item) => item.inner.focus(path)) || shown(this.element));
  }
}

/** @param {HTMLElement} element */
function shown(element) {
  element.scrollIntoView({ block: "center" });
  return true;
}
