/** The columns of a document's list: which fields, under which titles, in which order. */
import { button, fill, h } from "../lib/dom.js";
import { t } from "./form-words.js";

/**
 * @typedef {import("./form-fields.js").FormField} FormField
 * @typedef {{ field: string, title: string }} Column
 */

/** A control, see form-controls.js; the list is set as a whole. */
export class Columns {
  /** @param {FormField} field @param {import("./form-controls.js").Ids} ids @param {import("./form-controls.js").Told} told */
  constructor(field, ids, told) {
    this.choices = field.choices || [];
    this.told = told;
    this.group = true;
    this.multiline = false;
    this.resting = true;
    /** @type {Column[]} */
    this.columns = [];
    this.list = h("ol", { class: "form-columns" });
    this.add = button(t("columnAdd"), () => this.act(() => this.columns.push({ field: this.choices[0].value, title: "" })));
    this.element = h("div", { role: "group", "aria-labelledby": ids.label, "aria-describedby": `${ids.meaning} ${ids.wrong}` }, this.list, this.add);
    this.busy = false;
    this.list.addEventListener("compositionstart", () => (this.busy = true));
    this.list.addEventListener("compositionend", () => (this.busy = false));
  }

  read() {
    return { value: this.columns.map(({ field, title }) => (title === "" ? field : { field, title: title.replace(/\\n/g, "\n") })) };
  }

  /** @param {any} value */
  write(value) {
    const columns = (Array.isArray(value) ? value : []).map((one) => (typeof one === "string" ? { field: one, title: "" } : { field: String(one.field), title: String(one.title || "").replace(/\n/g, "\\n") }));
    if (JSON.stringify(columns) === JSON.stringify(this.columns)) return;
    this.columns = columns;
    this.draw();
  }

  /** @param {boolean} bad */
  mark(bad) {
    this.element.classList.toggle("bad", bad);
  }

  focus() {
    this.add.focus();
  }

  composing() {
    return this.busy;
  }

  /** Changes the list, and tells. @param {() => void} change */
  act(change) {
    change();
    this.draw();
    this.told.typed();
    this.told.done();
    this.add.focus();
  }

  draw() {
    fill(this.list, this.columns.map((column, index) => this.row(column, index)));
  }

  /** @param {Column} column @param {number} index */
  row(column, index) {
    const number = index + 1;
    const known = this.choices.some((one) => one.value === column.field);
    const select = h(
      "select",
      { "aria-label": t("column", { number }), onchange: () => this.act(() => (column.field = select.value)) },
      this.choices.map((one) => h("option", { value: one.value }, one.label)),
      !known && h("option", { value: column.field }, column.field),
    );
    select.value = column.field;
    const title = h("input", { type: "text", value: column.title, autocomplete: "off", placeholder: t("columnTitleHint"), "aria-label": t("columnTitle", { number }), oninput: () => {
      column.title = title.value;
      this.told.typed();
    } });
    const move = (/** @type {number} */ to) => this.act(() => this.columns.splice(to, 0, ...this.columns.splice(index, 1)));
    return h(
      "li",
      null,
      select,
      button("↑", () => move(index - 1), { class: "quiet", disabled: index === 0, "aria-label": t("columnUp", { number }), title: t("columnUp", { number }) }),
      button("↓", () => move(index + 1), { class: "quiet", disabled: index === this.columns.length - 1, "aria-label": t("columnDown", { number }), title: t("columnDown", { number }) }),
      button("×", () => this.act(() => this.columns.splice(index, 1)), { class: "quiet", "aria-label": t("columnRemove", { number }), title: t("columnRemove", { number }) }),
      title,
    );
  }
}
