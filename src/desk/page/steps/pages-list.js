/** The documents at the side: by kind, searched, the riskiest first. */
import { fill, freshId, h } from "../lib/dom.js";
import { Listbox } from "../lib/listbox.js";
import { t } from "./pages-words.js";

/**
 * @typedef {object} Item  A document that would be made.
 * @property {string} title
 * @property {string} path
 * @property {string} kind
 * @property {string | null} number
 * @property {string | null} recipient
 * @property {string[]} rows  Cells, such as 企业组!D3.
 * @property {boolean} risky
 * @property {boolean} spends
 */

/** Who or what it is for. @param {Item} item */
export function nameOf(item) {
  return item.recipient || item.title;
}

/** Whether a document is looked for by these words. @param {Item} item @param {string} text */
function matches(item, text) {
  if (text === "") return true;
  const row = /^(?:第|row\s*)?(\d+)\s*行?$/.exec(text);
  if (row && item.rows.some((cell) => rowOf(cell) === Number(row[1]))) return true;
  return [item.title, item.path, item.kind, item.number || "", item.recipient || "", ...item.rows].some((one) => one.toLowerCase().includes(text));
}

/** @param {string} cell */
function rowOf(cell) {
  const digits = /(\d+)$/.exec(cell);
  return digits ? Number(digits[1]) : 0;
}

export class DocumentList {
  /** @param {(item: Item) => void} chosen */
  constructor(chosen) {
    /** @type {Item[]} */
    this.all = [];
    this.chosen = chosen;
    /** Told when others are listed. @type {() => void} */
    this.filtered = () => {};
    const ids = { search: freshId("search"), kind: freshId("kind") };
    this.search = h("input", { id: ids.search, type: "search", placeholder: t("searchHint"), autocomplete: "off", spellcheck: false, oninput: () => this.filter() });
    this.kind = h("select", { id: ids.kind, onchange: () => this.filter() });
    this.risky = h("input", { type: "checkbox", checked: true, onchange: () => this.filter() });
    this.count = h("p", { class: "small quiet-text", role: "status" });
    /** @type {Listbox<Item>} */
    this.list = new Listbox({ label: t("list"), height: 50, key: (item) => item.path, draw: entry, chosen });
    this.note = h("div", { class: "small" });
    this.search.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
      event.preventDefault();
      if (this.list.index < 0) this.list.choose(0);
      this.list.element.focus();
    });
    this.element = h(
      "section",
      { class: "pages-list card", "aria-label": t("list") },
      h("div", { class: "pages-find" }, h("label", { for: ids.search, class: "visually-hidden" }, t("search")), this.search),
      h("div", { class: "pages-find" }, h("label", { for: ids.kind, class: "visually-hidden" }, t("kind")), this.kind),
      h("label", { class: "form-choice" }, this.risky, h("span", null, t("riskyFirst"))),
      this.count,
      this.list.element,
      this.note,
    );
  }

  /** Those that are listed now, in their order. */
  get items() {
    return this.list.items;
  }

  /** @param {Item[]} documents @param {string[]} kinds @param {import("../lib/dom.js").Child} note */
  show(documents, kinds, note) {
    this.all = documents;
    const kind = this.kind.value;
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const item of documents) counts.set(item.kind, (counts.get(item.kind) || 0) + 1);
    fill(
      this.kind,
      h("option", { value: "" }, t("all", { count: documents.length })),
      kinds.filter((name) => counts.has(name)).map((name) => h("option", { value: name }, t("kindCount", { kind: name, count: counts.get(name) }))),
    );
    this.kind.value = counts.has(kind) ? kind : "";
    fill(this.note, note);
    this.filter();
  }

  filter() {
    const text = this.search.value.trim().normalize("NFKC").toLowerCase();
    const kind = this.kind.value;
    const found = this.all.filter((item) => (kind === "" || item.kind === kind) && matches(item, text));
    const items = this.risky.checked ? [...found.filter((item) => item.risky), ...found.filter((item) => !item.risky)] : found;
    this.list.show(items);
    this.list.reveal();
    this.filtered();
    const filtered = found.length !== this.all.length;
    this.count.textContent =
      found.length === 0 && this.all.length > 0 ? t("noneFound") : t(filtered ? "foundOf" : "found", { count: found.length, all: this.all.length });
  }

  /** Shows all again if the filter hides what is to be seen. @param {Item} item */
  unhide(item) {
    if (this.items.includes(item)) return;
    this.search.value = "";
    this.kind.value = "";
    this.filter();
  }
}

/** @param {Item} item */
function entry(item) {
  const below = item.recipient ? item.number || item.kind : item.kind;
  return [
    h("span", { class: "option-name" }, nameOf(item)),
    h("span", { class: "option-more" }, h("span", { class: "option-number" }, below), item.risky && h("span", { class: "chip warn", title: t("riskyLong") }, t("risky"))),
  ];
}
