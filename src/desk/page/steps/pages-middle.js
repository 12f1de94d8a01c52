/** What stands around the page: whose it is, the ways to others, and what is wrong with it. */
import { button, fill, h } from "../lib/dom.js";
import { faultView } from "../lib/faults.js";
import { nameOf } from "./pages-list.js";
import { t } from "./pages-words.js";

/**
 * @typedef {import("./pages-list.js").Item} Item
 * @typedef {import("./pages-pictures.js").Told} Told
 *
 * @typedef {object} Ways
 * @property {(way: 1 | -1) => void} leaf  To the next document, or the one before.
 * @property {(way: 1 | -1) => void} turn  To the next page, or the one before.
 * @property {() => void} settings  Shows or hides the settings.
 */

export class Middle {
  /** @param {import("./pages-view.js").PageView} view @param {string} settings  The id of the settings. @param {Ways} ways */
  constructor(view, settings, ways) {
    this.view = view;
    this.name = h("h2", { class: "pages-name" });
    this.about = h("p", { class: "row small quiet-text" });
    this.busy = h("span", { class: "small quiet-text", role: "status" });
    this.settings = button(t("settings"), ways.settings, { "aria-expanded": "true", "aria-controls": settings });
    this.where = h("span", { class: "small" });
    this.back = button(`◀ ${t("previous")}`, () => ways.leaf(-1), { title: "←" });
    this.forth = button(`${t("next")} ▶`, () => ways.leaf(1), { title: "→" });
    this.pageWhere = h("span", { class: "small" });
    this.pageBack = button("▲", () => ways.turn(-1), { "aria-label": t("previousPage"), title: t("previousPage") });
    this.pageForth = button("▼", () => ways.turn(1), { "aria-label": t("nextPage"), title: t("nextPage") });
    this.paging = h("div", { class: "row pages-paging", hidden: true }, this.pageBack, this.pageWhere, this.pageForth);
    this.faults = h("section", { class: "pages-faults", "aria-label": t("faults") });
    this.status = h("p", { class: "visually-hidden", role: "status" });
    this.element = h(
      "div",
      { class: "pages-middle" },
      h("div", { class: "row between pages-head" }, h("div", { class: "grow" }, this.name, this.about), this.busy, this.settings),
      h("div", { class: "row between pages-bar" }, h("div", { class: "row" }, this.back, this.where, this.forth), this.paging, view.controls),
      view.element,
      this.faults,
      h("p", { class: "small quiet-text pages-keys" }, t("keys")),
      this.status,
    );
  }

  /** Whose document it is, and where in the list. @param {Item} item @param {Item[]} items */
  head(item, items) {
    const index = items.indexOf(item);
    const name = nameOf(item);
    const row = item.rows.length === 1 ? t("row", { cell: item.rows[0] }) : t("rows", { count: item.rows.length });
    this.name.textContent = name;
    this.name.title = name;
    fill(
      this.about,
      h("span", null, item.kind),
      item.number && item.number !== name && h("span", null, item.number),
      item.rows.length > 0 && h("a", { href: `#/check/${encodeURIComponent(item.rows[0])}`, title: t("toCheckRow") }, row),
      item.risky && h("span", { class: "chip warn", title: t("riskyLong") }, t("risky")),
    );
    this.where.textContent = t("document", { number: index + 1, count: items.length });
    away(this.back, index <= 0, this.forth);
    away(this.forth, index < 0 || index >= items.length - 1, this.back);
  }

  /** What is known of the document. @param {Item} item @param {number} page @param {Told} about */
  told(item, page, about) {
    this.pageWhere.textContent = t("page", { page, count: about.pages });
    away(this.pageBack, page <= 1, this.pageForth);
    away(this.pageForth, page >= about.pages, this.pageBack);
    this.paging.hidden = about.pages < 2;
    fill(
      this.faults,
      about.faults.length > 0 ? h("h3", null, t("faults")) : h("p", { class: "small quiet-text" }, t("noFaults")),
      about.marked[page - 1] && h("p", { class: "small" }, t("marked")),
      about.faults.map((fault) => faultView(fault, fault.cell ? [link(`check/${encodeURIComponent(fault.cell)}`, t("toCheckRow"))] : [])),
    );
    this.status.textContent = t("shownPage", { title: nameOf(item), page, count: about.pages });
  }

  /** Nothing is known of it yet. */
  untold() {
    fill(this.faults);
  }

  /** @param {boolean} waits */
  waiting(waits) {
    this.view.element.setAttribute("aria-busy", String(waits));
    this.busy.textContent = waits ? t("drawing") : "";
  }
}

/** Switches a button off, and lets the focus not fall from it to nowhere. @param {HTMLButtonElement} one @param {boolean} off @param {HTMLButtonElement} other */
function away(one, off, other) {
  const focused = document.activeElement === one;
  one.disabled = off;
  if (off && focused) {
    other.disabled = false;
    other.focus();
  }
}

/** A way to another step, that looks like a button. @param {string} step @param {string} words */
export function link(step, words) {
  return h("a", { class: "button", href: `#/${step}` }, words);
}
