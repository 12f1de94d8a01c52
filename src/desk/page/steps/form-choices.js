/** Values that are chosen: one of several, or any of them. */
import { h } from "../lib/dom.js";
import { common, marked } from "./form-controls.js";
import { t } from "./form-words.js";

/**
 * @typedef {import("./form-fields.js").FormField} FormField
 * @typedef {import("./form-controls.js").Control} Control
 * @typedef {import("./form-controls.js").Told} Told
 * @typedef {import("./form-controls.js").Ids} Ids
 * @typedef {{ value: any, label: string }} Choice
 */

/** So many choices are seen at once; more are in a list that opens. */
const SEEN = 4;

/** No value of a file, as those are text. */
const OTHER = "\u0000other";

/** @param {FormField} field @param {Ids} ids @param {Told} told @returns {Control} */
export function oneOf(field, ids, told) {
  if (field.kind === "yes-no") return radios([{ value: true, label: t("yes") }, { value: false, label: t("no") }], ids, told, "inline");
  const choices = field.choices || [];
  // A list that grows, such as the pictures of the folder, begins as one that opens.
  const few = choices.length > 1 && choices.length <= SEEN && !field.open && field.default !== null && field.default !== undefined;
  return few ? radios(choices, ids, told, "") : list(field, ids, told);
}

/** @param {Choice[]} all @param {Ids} ids @param {Told} told @param {string} look @returns {Control} */
function radios(all, ids, told, look) {
  const chosen = () => {
    told.typed();
    told.done();
  };
  const inputs = all.map(() => h("input", { type: "radio", name: ids.input, onchange: chosen }));
  const element = group(ids, "radiogroup", look, all.map((one, index) => ticked(inputs[index], one.label)));
  return {
    element,
    group: true,
    read: () => ({ value: (all.find((one, index) => inputs[index].checked) || { value: null }).value }),
    write: (value) => inputs.forEach((input, index) => (input.checked = all[index].value === value)),
    mark: (bad) => marked(element, bad),
    focus: () => (inputs.find((input) => input.checked) || inputs[0]).focus(),
    composing: () => false,
  };
}

/** @param {Ids} ids @param {string} role @param {string} look @param {HTMLElement[]} children @returns {HTMLElement} */
function group(ids, role, look, children) {
  return h("div", { class: `form-choices ${look}`, role, "aria-labelledby": ids.label, "aria-describedby": `${ids.meaning} ${ids.wrong}` }, children);
}

/** @param {HTMLElement} input @param {string} label @returns {HTMLElement} */
function ticked(input, label) {
  return h("label", { class: "form-choice" }, input, h("span", null, label));
}

/** One of a list that opens; where the list is not all, anything else can be typed. @param {FormField} field @param {Ids} ids @param {Told} told @returns {Control} */
function list(field, ids, told) {
  const select = h("select", { ...common(ids), onchange: chosen });
  const other = h("input", { type: "text", class: "form-other", hidden: true, autocomplete: "off", spellcheck: false, "aria-label": t("otherOf", { label: field.label }), oninput: told.typed });
  const element = h("div", null, select, other);
  /** @type {string[]} */
  let values = [];
  function chosen() {
    other.hidden = select.value !== OTHER;
    told.typed();
    if (other.hidden) told.done();
    else other.focus();
  }
  /** @param {FormField} now */
  function offer(now) {
    const choices = now.choices || [];
    values = choices.map((one) => one.value);
    select.replaceChildren(
      h("option", { value: "" }, t("unsaid")),
      ...choices.map((one) => h("option", { value: one.value }, one.label)),
      ...(now.open ? [h("option", { value: OTHER }, t("other"))] : []),
    );
  }
  offer(field);
  return {
    element,
    offer,
    read: () => ({ value: select.value === OTHER ? other.value.trim() : select.value }),
    write(value) {
      const text = value === null || value === undefined ? "" : String(value);
      const known = text === "" || values.includes(text);
      // What the file says is shown even where it cannot be that.
      if (!known && !field.open) select.append(h("option", { value: text }, text));
      select.value = known || !field.open ? text : OTHER;
      other.hidden = select.value !== OTHER;
      other.value = other.hidden ? "" : text;
    },
    mark: (bad) => marked(select, bad),
    focus: () => select.focus(),
    composing: () => false,
  };
}

/** Any of several, and whatever else if that may be. @param {FormField} field @param {Ids} ids @param {Told} told @returns {Control} */
export function manyOf(field, ids, told) {
  const choices = field.choices || [];
  const chosen = () => {
    told.typed();
    told.done();
  };
  const inputs = choices.map(() => h("input", { type: "checkbox", onchange: chosen }));
  const others = h("textarea", { rows: 1, class: "form-other", hidden: !field.open, autocomplete: "off", spellcheck: false, placeholder: t("others"), "aria-label": t("otherOf", { label: field.label }), oninput: told.typed });
  const boxes = choices.map((one, index) => ticked(inputs[index], one.label));
  const element = group(ids, "group", "many", [...boxes, others]);
  /** The order that the file has stays. @type {string[]} */
  let was = [];
  return {
    element,
    group: true,
    multiline: true,
    read() {
      const typed = others.value.split("\n").map((/** @type {string} */ line) => line.trim()).filter((/** @type {string} */ line) => line !== "");
      const now = [...choices.filter((one, index) => inputs[index].checked).map((one) => one.value), ...typed];
      return { value: [...was.filter((one) => now.includes(one)), ...now.filter((one) => !was.includes(one))] };
    },
    write(value) {
      was = (Array.isArray(value) ? value : []).map(String);
      choices.forEach((one, index) => (inputs[index].checked = was.includes(one.value)));
      const rest = was.filter((one) => !choices.some((choice) => choice.value === one));
      others.value = rest.join("\n");
      others.hidden = !field.open && rest.length === 0;
    },
    mark: (bad) => element.classList.toggle("bad", bad),
    focus: () => (inputs[0] || others).focus(),
    composing: () => false,
  };
}
