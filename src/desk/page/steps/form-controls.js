/** The control for each kind of value: what stands there, as people write it and as the file has it. */
import { h } from "../lib/dom.js";
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
  if (field.kind === "choice") return choice(field, field.choices || [], ids, told);
  if (field.kind === "yes-no") return yesNo(field, ids, told);
  if (field.kind === "paper") return paper(field, ids, told);
  if (field.kind === "date") return typed(h("input", { ...common(ids), type: "date", max: "2999-12-31" }), told, { read: (text) => ({ value: text }) });
  if (field.kind === "number" || field.kind === "whole-number") return number(field.kind, ids, told);
  if (field.kind === "texts") return texts(ids, told);
  return text(field, ids, told);
}

/** @param {Ids} ids */
function common(ids) {
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
function marked(element, bad) {
  if (bad) element.setAttribute("aria-invalid", "true");
  else element.removeAttribute("aria-invalid");
}

/** What is a sentence gets room for one. @param {FormField} field @param {Ids} ids @param {Told} told */
function text(field, ids, told) {
  const shown = String(shownOf(field) || "");
  const multiline = field.kind === "lines" || field.path.includes("words") || shown.includes("\n") || shown.length > 24;
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

/** @param {FormField} field @param {{ name: string, label: string }[]} all @param {Ids} ids @param {Told} told */
function choice(field, all, ids, told) {
  if (all.length > 4) return select(all, ids, told, field.default === null || field.default === undefined);
  return radios(all.map((one) => ({ value: one.name, label: one.label || one.name })), ids, told);
}

/** @param {FormField} field @param {Ids} ids @param {Told} told */
function yesNo(field, ids, told) {
  const all = [{ value: true, label: t("yes") }, { value: false, label: t("no") }];
  return radios(all, ids, told, "inline");
}

/**
 * Few choices, all of them seen.
 *
 * @param {{ value: any, label: string }[]} all
 * @param {Ids} ids
 * @param {Told} told
 * @param {string} [look]
 * @returns {Control}
 */
function radios(all, ids, told, look) {
  const inputs = all.map(() => h("input", { type: "radio", name: ids.input, onchange: chosen }));
  const labels = all.map((one, index) => h("label", { class: "choice" }, inputs[index], h("span", null, one.label)));
  const element = h("div", { class: `choices ${look || ""}`, role: "radiogroup", "aria-labelledby": ids.label, "aria-describedby": `${ids.meaning} ${ids.wrong}` }, labels);
  function chosen() {
    told.typed();
    told.done();
  }
  return {
    element,
    group: true,
    read: () => ({ value: (all.find((one, index) => inputs[index].checked) || { value: null }).value }),
    write: (value) => inputs.forEach((input, index) => (input.checked = all[index].value === value)),
    mark: (bad) => marked(element, bad),
    focus: () => (inputs.find((input) => input.checked) || inputs[0] || element).focus(),
    composing: () => false,
  };
}

/** @param {{ name: string, label: string }[]} all @param {Ids} ids @param {Told} told @param {boolean} unsaid @returns {Control} */
function select(all, ids, told, unsaid) {
  const options = all.map((one) => h("option", { value: one.name }, one.label || one.name));
  const input = h("select", { ...common(ids), onchange: chosen }, unsaid && h("option", { value: "" }, t("unsaid")), options);
  function chosen() {
    told.typed();
    told.done();
  }
  return {
    element: input,
    read: () => ({ value: input.value }),
    write(value) {
      const text = value === null || value === undefined ? "" : String(value);
      // What the file says is shown even where it is none of them.
      if (text !== "" && !all.some((one) => one.name === text) && !input.querySelector("[data-other]")) {
        input.append(h("option", { value: text, "data-other": true }, text));
      }
      input.value = text;
    },
    mark: (bad) => marked(input, bad),
    focus: () => input.focus(),
    composing: () => false,
  };
}

const PAPERS = ["a3", "a4", "b5", "jis-b5", "letter", "legal"];

/** A paper by its name, or by its sides. @param {FormField} field @param {Ids} ids @param {Told} told @returns {Control} */
function paper(field, ids, told) {
  const names = PAPERS.flatMap((name) => [`${name} landscape`, `${name} portrait`]);
  const options = names.map((name) => h("option", { value: name }, paperName(name)));
  const select = h("select", { ...common(ids), onchange: chosen }, options, h("option", { value: "other" }, t("otherPaper")));
  const [width, height] = [t("width"), t("height")].map((label) =>
    h("input", { type: "text", inputMode: "decimal", class: "short", "aria-label": label, placeholder: label, autocomplete: "off", oninput: told.typed }),
  );
  const sides = h("span", { class: "row", hidden: true }, width, "×", height);
  const element = h("div", { class: "paper" }, select, sides);
  function chosen() {
    sides.hidden = select.value !== "other";
    told.typed();
    if (sides.hidden) told.done();
    else width.focus();
  }
  return {
    element,
    read() {
      if (select.value !== "other") return { value: select.value };
      const [one, other] = [width, height].map((input) => input.value.normalize("NFKC").trim());
      const lengths = [one, other].every((side) => /^\d+(\.\d+)?$/.test(side));
      return lengths ? { value: `${one}x${other}` } : { wrong: t("notPaper") };
    },
    write(value) {
      const text = String(value || "");
      select.value = names.includes(text) ? text : text === "" ? "" : "other";
      sides.hidden = select.value !== "other";
      [width.value, height.value] = sides.hidden ? ["", ""] : [...text.split("x"), "", ""];
    },
    mark: (bad) => marked(select, bad),
    focus: () => select.focus(),
    composing: () => false,
  };
}

/** As people call it: “A4 横向”. @param {string} paper */
function paperName(paper) {
  const [name, way] = paper.split(" ");
  const called = name === "jis-b5" ? "JIS B5" : name.length === 2 ? name.toUpperCase() : name[0].toUpperCase() + name.slice(1);
  return t(way === "landscape" ? "landscape" : "portrait", { name: called });
}
