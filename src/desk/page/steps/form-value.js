/** One value of a form, with all that stands around it. */
import { button, fill, freshId, h } from "../lib/dom.js";
import { severityName } from "../lib/faults.js";
import { controlOf, shownOf } from "./form-controls.js";
import { t } from "./form-words.js";

/**
 * @typedef {import("./form-fields.js").FormField} FormField
 * @typedef {import("./form-fields.js").Path} Path
 */

/** How long typing rests before it counts, in milliseconds: long enough to think of the next word. */
const REST = 600;

/** Tells a change from an element upwards. @param {HTMLElement} element @param {import("./form-fields.js").Change} change */
export function tell(element, change) {
  element.dispatchEvent(new CustomEvent("fieldchange", { bubbles: true, detail: change }));
}

/** Whether one path begins with the other. @param {Path} path @param {Path} start */
export function beginsWith(path, start) {
  return start.every((step, index) => path[index] === step);
}

/** @param {Path} one @param {Path} other */
export function samePath(one, other) {
  return one.length === other.length && beginsWith(one, other);
}

/** The faults at a field, in few words. @param {import("./form-fields.js").FormFault[]} faults */
export function faultsAt(faults) {
  return faults.map((fault) => {
    const { severity } = fault;
    const words = h("span", null, fault.message, fault.help && h("small", null, fault.help));
    return h("p", { class: `field-fault ${severity}` }, h("span", { class: "severity" }, severityName(severity)), words);
  });
}

export class SimpleField {
  /** @param {FormField} field */
  constructor(field) {
    this.field = field;
    const ids = { input: freshId("field"), label: freshId("label"), meaning: freshId("meaning"), wrong: freshId("wrong") };
    this.control = controlOf(field, ids, { typed: () => this.typed(), done: () => this.commit() });
    /** Not a value yet: what is typed, and why it cannot be sent. @type {string | undefined} */
    this.wrong = undefined;
    /** @type {number | undefined} */
    this.rest = undefined;
    this.touched = false;
    /** What was told and is not in the form yet. @type {{ value: any } | undefined} */
    this.sent = undefined;
    this.label = h(this.control.group ? "span" : "label", { id: ids.label, for: this.control.group ? undefined : ids.input, class: "field-label" });
    this.meaning = h("div", { id: ids.meaning, class: "meaning" });
    this.faults = h("div", { id: ids.wrong });
    this.reset = button(t("reset"), () => this.forget(), { class: "quiet field-reset" });
    this.usual = h("span", { class: "field-usual" });
    this.element = h(
      "div",
      { class: "field" },
      h("div", { class: "field-head" }, this.label, this.usual, this.reset),
      this.meaning,
      this.control.element,
      this.faults,
    );
    this.element.addEventListener("focusout", () => this.commit());
    this.control.element.addEventListener("keydown", (event) => this.pressed(event));
    this.draw();
    this.control.write(shownOf(field));
  }

  get unsaved() {
    return this.touched;
  }

  /** @param {FormField} field */
  update(field) {
    this.field = field;
    this.sent = undefined;
    this.draw();
    if (this.touched) return;
    if (this.control.offer) this.control.offer(field);
    this.control.write(shownOf(field));
  }

  refused() {
    if (!this.sent) return;
    this.sent = undefined;
    this.touched = true;
  }

  /** @param {Path} path */
  focus(path) {
    if (!beginsWith(path, this.field.path)) return false;
    this.element.scrollIntoView({ block: "center" });
    this.control.focus();
    return true;
  }

  /** @param {Path} path @returns {import("./form-fields.js").FieldView | undefined} */
  viewOf(path) {
    return samePath(path, this.field.path) ? this : undefined;
  }

  typed() {
    this.touched = true;
    clearTimeout(this.rest);
    if (this.control.resting) this.rest = window.setTimeout(() => this.control.composing() || this.commit(), REST);
  }

  /** Sends what stands there, if that is anything new. */
  commit() {
    clearTimeout(this.rest);
    if (!this.touched) return;
    const read = this.control.read();
    this.wrong = read.wrong;
    if (read.wrong !== undefined) {
      this.draw();
      return;
    }
    this.touched = false;
    const value = stored(this.field, read.value);
    const now = this.sent ? this.sent.value : known(this.field.value);
    if (!same(value, now)) {
      this.sent = { value };
      tell(this.element, { path: this.field.path, act: value === null ? "remove" : { set: value } });
    }
    this.draw();
  }

  /** Back to what holds where the file says nothing. */
  forget() {
    clearTimeout(this.rest);
    this.touched = false;
    this.wrong = undefined;
    this.sent = { value: null };
    this.control.write(shownOf({ ...this.field, value: null }));
    // The button goes, and with it the focus that is on it.
    this.control.focus();
    tell(this.element, { path: this.field.path, act: "remove" });
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key !== "Enter" || event.isComposing || (this.control.multiline && !event.ctrlKey)) return;
    this.commit();
  }

  draw() {
    const { field, control } = this;
    const value = this.sent ? this.sent.value : known(field.value);
    const usual = known(field.default) !== null;
    fill(this.label, field.label || String(field.path[field.path.length - 1]), field.needed && h("span", { class: "needed" }, t("needed")));
    fill(this.meaning, field.meaning);
    this.meaning.hidden = !field.meaning;
    this.usual.textContent = usual && value === null ? t("usual") : "";
    // What is ticked cannot be emptied as text can.
    this.reset.hidden = value === null || !(usual || (control.group && !field.needed));
    this.reset.textContent = t(usual ? "reset" : "unset");
    this.reset.setAttribute("aria-label", t(usual ? "resetOf" : "unsetOf", { label: field.label }));
    const faults = field.faults || [];
    const wrong = this.wrong && h("p", { class: "field-fault error" }, h("span", { class: "severity" }, severityName("error")), this.wrong);
    fill(this.faults, wrong, faultsAt(faults));
    const bad = this.wrong !== undefined || faults.some((fault) => fault.severity === "error");
    control.mark(bad);
  }
}

/** What an empty control means: nothing printed where something usual would be, else nothing said. @param {FormField} field @param {any} value */
function stored(field, value) {
  const empty = value === "" || value === null || (Array.isArray(value) && value.length === 0);
  const says = known(field.default) !== null && known(field.default) !== "";
  if (empty) return says && ["text", "texts", "choices"].includes(field.kind) ? value : null;
  // What is usual and was never written need not be.
  return known(field.value) === null && same(value, known(field.default)) ? null : value;
}

/** @param {any} value */
function known(value) {
  return value === undefined ? null : value;
}

/** @param {any} one @param {any} other */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
