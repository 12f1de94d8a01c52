/** The control for each kind of value: what stands there, as people write it and as the file has it. */
import { h } from "../lib/dom.js";
import { manyOf, oneOf } from "./form-choices.js";
import { Columns } from "./form-columns.js";
import { t } from "./form-words.js";

/**
 * @typedef {import("./form-fields.js").FormField} FormField
 *
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {boolean} [group]  Whether it is several controls under one label.
 * @property {boolean} [multiline]  Whether Enter begins a line.
 * @property {boolean} [resting]  Whether a rest in typing is the end of it.
 * @property {() => { value?: any, wrong?: string }} read  As the file has it, empty for nothing; or why it cannot be.
 * @property {(value: any) => void} write
 * @property {(bad: boolean) => void} mark
 * @property {() => void} focus
 * @property {(field: FormField) => void} [offer]  Takes over what may be chosen now.
 * @property {() => boolean} composing  Whether an input method is in the middle of a word.
 *
 * @typedef {{ typed: () => void, done: () => void }} Told
 * @typedef {{ input: string, label: string, meaning: string, wrong: string }} Ids
 */

/** What a control shows: the file's value, or what holds without one. @param {FormField} field */
export function shownOf(field) {
  const said = field.value !== undefined && field.value !== null;
  return said ? field.value : field.default;
}

/** @param {FormField} field @param {Ids} ids @param {Told} told @returns {Control} */
export function controlOf(field, ids, told) {
  if (field.kind === "yes-no" || field.kind === "choice") return oneOf(field, ids, told);
  if (field.kind === "choices") return manyOf(field, ids, told);
  if (field.kind === "columns") return new Columns(field, ids, told);
  if (field.kind === "date") return typed(h("input", { ...common(ids), type: "date", max: "2999-12-31" }), told, { read: (text) => ({ value: text }) });
  if (field.kind === "number" || field.kind === "whole-number") return number(field.kind, ids, told);
  if (field.kind === "texts") return texts(ids, told);
  return text(field, ids, told);
}

/** What every control of one element has. @param {Ids} ids */
export function common(ids) {
  return { id: ids.input, "aria-describedby": `${ids.meaning} ${ids.wrong}`, autocomplete: "off", spellcheck: false };
}

/**
 * A control into which something is typed.
 *
 * @param {any} input
 * @param {Told} told
 * @param {{ read: (text: string) => { value?: any, wrong?: string }, write?: (value: any) => string, resting?: boolean, multiline?: boolean }} how
 * @returns {Control}
 */
function typed(input, told, how) {
  let composing = false;
  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => {
    composing = false;
    told.typed();
  });
  input.addEventListener("input", () => {
    fit();
    told.typed();
  });
  /** A text of several lines is as high as it needs. */
  function fit() {
    if (!how.multiline || !input.isConnected) return;
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight + 2, 240)}px`;
  }
  return {
    element: input,
    multiline: how.multiline,
    resting: how.resting,
    read: () => how.read(input.value),
    write(value) {
      const text = value === null || value === undefined ? "" : how.write ? how.write(value) : String(value);
      if (input.value !== text) input.value = text;
      requestAnimationFrame(fit);
    },
    mark: (bad) => marked(input, bad),
    focus: () => input.focus(),
    composing: () => composing,
  };
}

/** @param {Element} element @param {boolean} bad */
export function marked(element, bad) {
  if (bad) element.setAttribute("aria-invalid", "true");
  else element.removeAttribute("aria-invalid");
}

/** What is a sentence gets room for one. @param {FormField} field @param {Ids} ids @param {Told} told */
function text(field, ids, told) {
  const shown = String(shownOf(field) || "");
  const multiline = field.path.includes("words") || shown.includes("\n") || shown.length > 24;
  const input = multiline ? h("textarea", { ...common(ids), rows: 1 }) : h("input", { ...common(ids), type: "text" });
  return typed(input, told, { read: (value) => ({ value }), resting: true, multiline });
}

/** @param {Ids} ids @param {Told} told */
function texts(ids, told) {
  const lines = (/** @type {string} */ text) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const input = h("textarea", { ...common(ids), rows: 2, placeholder: t("onePerLine") });
  return typed(input, told, {
    read: (value) => ({ value: lines(value) }),
    write: (value) => (Array.isArray(value) ? value : [value]).join("\n"),
    multiline: true,
  });
}

/** @param {string} kind @param {Ids} ids @param {Told} told */
function number(kind, ids, told) {
  const whole = kind === "whole-number";
  const input = h("input", { ...common(ids), type: "text", inputMode: whole ? "numeric" : "decimal", class: "short" });
  return typed(input, told, {
    read(shown) {
      // Input methods write full-width digits.
      const text = shown.normalize("NFKC").trim();
      if (text === "") return { value: "" };
      if (!(whole ? /^\d+$/ : /^-?\d+(\.\d+)?$/).test(text)) return { wrong: t(whole ? "notWhole" : "notNumber") };
      return { value: Number(text) };
    },
  });
}
