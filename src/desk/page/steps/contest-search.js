/** Fields found by a word in what they are called, mean, or say; changed where they are found. */
import { button, fill, freshId, h } from "../lib/dom.js";
import { FormFields } from "./form-fields.js";
import { isValue, places } from "./contest-tree.js";
import { t } from "./contest-words.js";

/**
 * @typedef {import("./form-fields.js").Path} Path
 * @typedef {import("./contest-tree.js").Place} Place
 */

/** So many fields are shown. */
const MOST = 40;

/** Typing rests so long before the fields are sought, in milliseconds. */
const REST = 120;

export class Search {
  /** @param {(path: Path) => void} go @param {() => void} sought */
  constructor(go, sought) {
    this.go = go;
    this.sought = sought;
    const id = freshId("search");
    this.input = h("input", { id, type: "search", autocomplete: "off", placeholder: t("searchHint"), oninput: () => this.typed(), onkeydown: (/** @type {KeyboardEvent} */ event) => this.pressed(event) });
    this.field = h("div", { class: "contest-search", role: "search" }, h("label", { for: id, class: "visually-hidden" }, t("search")), this.input);
    this.count = h("p", { class: "small quiet-text", role: "status" });
    this.list = h("div", null);
    this.results = h("div", { hidden: true }, this.count, this.list);
    this.query = "";
    /** @type {Map<string, { element: HTMLElement, fields: FormFields }>} */
    this.groups = new Map();
    /** The fields that were found: one that is changed stays. @type {Set<string> | undefined} */
    this.kept = undefined;
  }

  get searching() {
    return this.query !== "";
  }

  get unsaved() {
    return [...this.groups.values()].some((group) => group.fields.unsaved);
  }

  typed() {
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => this.seek(this.input.value.trim()), REST);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key !== "Escape" || event.isComposing || !this.searching) return;
    event.preventDefault();
    this.input.value = "";
    this.seek("");
  }

  /** @param {string} query */
  seek(query) {
    this.commit();
    this.query = query;
    this.kept = undefined;
    this.sought();
  }

  /** Back to the sections. */
  forget() {
    clearTimeout(this.rest);
    this.input.value = "";
    this.query = "";
    this.kept = undefined;
    this.groups.clear();
    fill(this.list);
  }

  /** @param {import("./contest-tree.js").Form} form */
  update(form) {
    this.results.hidden = !this.searching;
    if (!this.searching) {
      this.count.textContent = "";
      return;
    }
    const words = this.query.toLowerCase().split(/\s+/);
    const all = places(form).filter(isValue);
    const { kept } = this;
    const found = all.filter((place) => (kept ? kept.has(key(place.path)) : words.every((word) => textOf(place).includes(word))));
    this.kept = new Set(found.map((place) => key(place.path)));
    const count = found.length;
    this.count.textContent = count === 0 ? t("noneFound") : count > MOST ? t("foundMany", { count, most: MOST }) : t("found", { count });
    this.draw(found.slice(0, MOST));
  }

  /** @param {Place[]} found */
  draw(found) {
    /** @type {Map<string, Place[]>} */
    const together = new Map();
    for (const place of found) {
      const title = place.trail.slice(0, -1).join(" › ") || place.trail[0];
      together.set(title, [...(together.get(title) || []), place]);
    }
    /** @type {Search["groups"]} */
    const groups = new Map();
    for (const [title, inside] of together) {
      const known = this.groups.get(title) || this.group(title, inside[0].path);
      known.fields.update(inside.map((place) => /** @type {any} */ (place.field)));
      groups.set(title, known);
    }
    const same = groups.size === this.groups.size && [...groups].every(([title, group]) => this.groups.get(title) === group);
    this.groups = groups;
    if (!same || this.list.childElementCount !== groups.size) fill(this.list, [...groups.values()].map((group) => group.element));
  }

  /** @param {string} title @param {Path} path */
  group(title, path) {
    const fields = new FormFields();
    const there = button(title, () => this.go(path), { class: "quiet contest-link", title: t("goThere") });
    return { fields, element: h("section", { class: "contest-group" }, h("h3", null, there), h("fieldset", { class: "contest-lock" }, fields.element)) };
  }

  commit() {
    for (const group of this.groups.values()) group.fields.commit();
  }

  refused() {
    for (const group of this.groups.values()) group.fields.refused();
  }

  /** @param {Path} path */
  viewOf(path) {
    return [...this.groups.values()].map((group) => group.fields.viewOf(path)).find((view) => view !== undefined);
  }
}

/** @param {Path} path */
function key(path) {
  return JSON.stringify(path);
}

/** Whatever a field can be found by. @param {Place} place */
function textOf({ trail, path, field }) {
  const { meaning, value, choices } = /** @type {import("./form-fields.js").FormField} */ (field);
  const chosen = (choices || []).filter((one) => one.value === value).map((one) => one.label);
  return [...trail, meaning, path.join("."), JSON.stringify(value), ...chosen].join("\n").toLowerCase();
}
