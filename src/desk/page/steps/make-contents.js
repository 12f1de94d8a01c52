/** What is in one package: by kind, county and group. */
import { button, fill, freshId, h } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { refusalView } from "../lib/faults.js";
import { pdfAt } from "./make-packages.js";
import { size, t } from "./make-words.js";

/**
 * @typedef {object} Entry  One PDF.
 * @property {number} index
 * @property {string} path
 * @property {string} kind
 * @property {string | null} number
 * @property {string | null} [recipient]
 * @property {string | null} county
 * @property {string | null} group
 * @property {number} pages
 * @property {number} bytes
 */

/** So many are shown at a time. */
const SHOWN = 100;

export class Contents {
  /** @param {import("./make-packages.js").Packed} packed @param {() => string[]} volumes */
  constructor(packed, volumes) {
    this.packed = packed;
    this.volumes = volumes;
    /** @type {Entry[]} */
    this.entries = [];
    this.shown = SHOWN;
    this.find = h("input", { id: freshId("find"), type: "search", placeholder: t("findHint"), autocomplete: "off", oninput: () => this.anew() });
    this.kind = choice(() => this.anew());
    this.county = choice(() => this.anew());
    this.group = choice(() => this.anew());
    this.count = h("p", { class: "small quiet-text", role: "status" });
    this.bound = h("div", null);
    this.rows = h("tbody", null);
    this.more = button("", () => this.further());
    this.filters = h("div", { class: "row" });
    this.table = h(
      "div",
      { class: "make-table", tabindex: "0", role: "region", "aria-label": t("contents", { file: packed.file }) },
      h("table", { class: "list" }, h("thead", null, h("tr", null, ["file", "number", "page", "size"].map((name) => h("th", { scope: "col" }, t(/** @type {any} */ (name)))))), this.rows),
    );
    this.element = h("div", { class: "stack make-contents" }, h("p", { class: "quiet-text", role: "status" }, t("opening")));
    void this.look();
  }

  async look() {
    try {
      const { entries } = await get("/api/package", { id: this.packed.id });
      this.entries = entries;
      this.arrived();
    } catch (error) {
      fill(this.element, refusalView(error), h("p", { class: "buttons" }, button(t("retry"), () => this.look())));
    }
  }

  arrived() {
    const kinds = counted(this.entries, "kind");
    offer(this.kind, t("allKinds", { count: this.entries.length }), kinds);
    offer(this.county, t("allCounties"), counted(this.entries, "county"));
    offer(this.group, t("allGroups"), counted(this.entries, "group"));
    fill(
      this.filters,
      labelled(t("find"), this.find),
      kinds.size > 1 && labelled(t("kind"), this.kind),
      this.county.options.length > 1 && labelled(t("county"), this.county),
      this.group.options.length > 1 && labelled(t("group"), this.group),
    );
    const names = this.volumes();
    const volumes = this.entries.filter((entry) => names.includes(entry.kind));
    fill(
      this.bound,
      volumes.length > 0 && [
        h("p", { class: "row" }, h("strong", null, t("print")), volumes.map((entry) => opened(this.packed.id, entry, t("printOf", { name: nameOf(entry.path), pages: entry.pages }), "button"))),
        h("p", { class: "small quiet-text" }, t("printAbout")),
      ],
    );
    fill(this.element, this.bound, this.filters, this.count, this.table, h("p", { class: "buttons" }, this.more));
    this.anew();
  }

  anew() {
    this.shown = SHOWN;
    const text = this.find.value.trim().normalize("NFKC").toLowerCase();
    this.found = this.entries.filter(
      (entry) =>
        (!this.kind.value || entry.kind === this.kind.value) &&
        (!this.county.value || entry.county === this.county.value) &&
        (!this.group.value || entry.group === this.group.value) &&
        (text === "" || [entry.path, entry.number || "", entry.recipient || ""].some((one) => one.toLowerCase().includes(text))),
    );
    this.table.scrollTop = 0;
    fill(this.rows, this.found.slice(0, SHOWN).map((entry) => this.row(entry)));
    this.count.textContent = this.found.length === 0 ? t("noneShown") : t("shown", { count: this.found.length });
    this.rest();
  }

  further() {
    /** @type {Entry[]} */
    const found = this.found || [];
    const [first, ...others] = found.slice(this.shown, this.shown + SHOWN).map((entry) => this.row(entry));
    this.shown += SHOWN;
    for (const row of [first, ...others]) this.rows.append(row);
    this.rest();
    // The button may be gone: reading goes on where the new ones begin.
    const link = first && first.querySelector("a");
    if (link) link.focus();
  }

  rest() {
    const rest = (this.found || []).length - this.shown;
    this.more.hidden = rest <= 0;
    this.more.textContent = t("more", { count: Math.min(rest, SHOWN) });
  }

  /** @param {Entry} entry @returns {HTMLElement} */
  row(entry) {
    const folder = entry.path.slice(0, entry.path.lastIndexOf("/") + 1);
    return h(
      "tr",
      null,
      h("td", null, folder && h("div", { class: "small quiet-text" }, folder), opened(this.packed.id, entry, nameOf(entry.path), "")),
      h("td", null, entry.number),
      h("td", null, entry.pages),
      h("td", { class: "make-size" }, size(entry.bytes)),
    );
  }
}

/** The last part of a path. @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A link to one PDF, in a tab of its own. @param {string} id @param {Entry} entry @param {string} words @param {string} look */
function opened(id, entry, words, look) {
  return h("a", { class: look || undefined, href: pdfAt(id, entry.index), target: "_blank", rel: "noopener" }, words);
}

/** @param {() => void} chosen @returns {HTMLSelectElement} */
function choice(chosen) {
  return h("select", { id: freshId("choice"), onchange: chosen });
}

/** @param {string} words @param {HTMLElement} control */
function labelled(words, control) {
  return h("span", { class: "row make-labelled" }, h("label", { class: "small", for: control.id }, words), control);
}

/** How many there are of each. @param {Entry[]} entries @param {"kind" | "county" | "group"} name */
function counted(entries, name) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const entry of entries) {
    const value = entry[name];
    if (value) counts.set(value, (counts.get(value) || 0) + 1);
  }
  return counts;
}

/** @param {HTMLSelectElement} select @param {string} all @param {Map<string, number>} counts */
function offer(select, all, counts) {
  fill(select, h("option", { value: "" }, all), [...counts].map(([kind, count]) => h("option", { value: kind }, t("ofKind", { kind, count }))));
}
