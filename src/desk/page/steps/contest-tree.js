/**
 * The form of contest.toml as a tree: what stands in it and where, and what a change does to it.
 *
 * @typedef {import("./form-fields.js").FormField} FormField
 * @typedef {import("./form-fields.js").FormEntry} FormEntry
 * @typedef {import("./form-fields.js").FormFault} FormFault
 * @typedef {import("./form-fields.js").Path} Path
 * @typedef {import("./form-fields.js").Change} Change
 *
 * @typedef {{ name: string, label: string, fields: FormField[] }} Section
 * @typedef {{ sections: Section[], faults: FormFault[], version: number }} Form
 *
 * @typedef {object} Place  A field, or an entry of a list.
 * @property {Path} path
 * @property {string} section  The name of its section.
 * @property {string[]} trail  What it is called, from the section to itself.
 * @property {FormFault[]} faults
 * @property {FormField} [field]  None for an entry.
 */
import { t } from "./contest-words.js";

/** Every field and every entry in the order of the form. @param {Form} form @returns {Place[]} */
export function places(form) {
  /** @type {Place[]} */
  const found = [];
  for (const section of form.sections) add(section.fields, section.name, [section.label], found);
  return found;
}

/** @param {FormField[]} fields @param {string} section @param {string[]} before @param {Place[]} found */
function add(fields, section, before, found) {
  for (const field of fields) {
    const name = field.label || String(field.path[field.path.length - 1]);
    // A list that is all of its section is called as that is.
    const trail = before[before.length - 1].toLowerCase() === name.toLowerCase() ? before : [...before, name];
    found.push({ path: field.path, section, trail, faults: field.faults || [], field });
    add(field.fields || [], section, trail, found);
    for (const entry of field.entries || []) {
      const inner = [...trail, entryName(entry)];
      found.push({ path: entry.path, section, trail: inner, faults: entry.faults || [] });
      add(entry.fields, section, inner, found);
    }
  }
}

/** Whether it holds a value itself, not fields. @param {Place} place */
export function isValue(place) {
  return place.field !== undefined && place.field.kind !== "table" && place.field.kind !== "tables";
}

/** The whole file as the form has it. @param {Form} form */
export function fileOf(form) {
  const file = {};
  for (const section of form.sections) {
    for (const { path, value } of section.fields) {
      if (value !== null && value !== undefined) put(file, path, value);
    }
  }
  return JSON.parse(JSON.stringify(file));
}

/** What stands at a path; undefined for nothing. @param {any} file @param {Path} path */
export function at(file, path) {
  return path.reduce((value, step) => (value === null || value === undefined ? undefined : value[step]), file);
}

/** @param {any} file @param {Path} path @param {any} value */
function put(file, path, value) {
  let around = file;
  path.slice(0, -1).forEach((step, index) => {
    if (typeof around[step] !== "object" || around[step] === null) around[step] = typeof path[index + 1] === "number" ? [] : {};
    around = around[step];
  });
  around[path[path.length - 1]] = value;
}

/** What takes a change back that is not made yet. @param {any} file @param {Change} change @returns {Change[]} */
export function inverse(file, { path, act }) {
  const was = at(file, path);
  if (act === "remove" && typeof path[path.length - 1] === "number") {
    const list = path.slice(0, -1);
    const index = Number(path[path.length - 1]);
    const last = at(file, list).length - 1;
    /** @type {Change} */
    const again = { path: list, act: { add: was } };
    return index === last ? [again] : [again, { path: list, act: { move: { from: last, to: index } } }];
  }
  if (act !== "remove" && "add" in act) return [{ path: [...path, Array.isArray(was) ? was.length : 0], act: "remove" }];
  if (act !== "remove" && "move" in act) return [{ path, act: { move: { from: act.move.to, to: act.move.from } } }];
  return [{ path, act: was === undefined ? "remove" : { set: was } }];
}

/** Does to the file what the program will do. @param {any} file @param {Change} change */
export function apply(file, { path, act }) {
  const last = path[path.length - 1];
  const around = at(file, path.slice(0, -1));
  if (act === "remove") {
    if (around === undefined || around === null) return;
    if (Array.isArray(around)) around.splice(Number(last), 1);
    else delete around[last];
  } else if ("set" in act) {
    put(file, path, act.set);
  } else {
    const list = at(file, path);
    if (!Array.isArray(list)) put(file, path, "add" in act ? [act.add] : []);
    else if ("add" in act) list.push(act.add);
    else list.splice(act.move.to, 0, ...list.splice(act.move.from, 1));
  }
}

/** The values that are not as they were expected: somebody else has changed them. @param {any} file @param {Form} form @returns {Place[]} */
export function differing(file, form) {
  const now = fileOf(form);
  return places(form).filter((place) => {
    if (place.field && place.field.kind === "tables") return lengthOf(at(file, place.path)) !== lengthOf(at(now, place.path));
    return isValue(place) && text(at(file, place.path)) !== text(at(now, place.path));
  });
}

/** @param {any} list */
function lengthOf(list) {
  return Array.isArray(list) ? list.length : 0;
}

/** One may stand for a list of one. @param {any} value */
function text(value) {
  if (value === undefined || value === null) return "";
  return JSON.stringify(Array.isArray(value) ? value : [value]);
}

/** What a field or an entry is called, with what it stands in. @param {Form} form @param {Path} path */
export function nameOf(form, path) {
  const found = places(form).filter((place) => place.path.length <= path.length && place.path.every((step, index) => path[index] === step));
  const nearest = found[found.length - 1];
  return nearest ? nearest.trail.join(" › ") : path.join(".");
}

/** How many errors stand at a field or an entry and in it. @param {{ fields?: FormField[], entries?: FormEntry[], faults?: FormFault[] }} part @returns {number} */
export function errorsIn({ fields, entries, faults }) {
  const own = (faults || []).filter((fault) => fault.severity === "error").length;
  return [...(fields || []), ...(entries || [])].reduce((sum, inner) => sum + errorsIn(inner), own);
}

/** What a contest is called: its name, which has a mark while it is undecided, or else its folder's. @param {{ name: string, folder: string }} contest */
export function called({ name, folder }) {
  return name.replace(/^\?/, "") || folder;
}

/** What an entry is called; one without a name of its own by its number. @param {FormEntry} entry */
export function entryName({ label, path }) {
  const number = Number(path[path.length - 1]) + 1;
  return label === String(number) ? t("item", { number }) : label;
}
