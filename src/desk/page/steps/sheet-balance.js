/** Where every row and every cell of the sheet went: two sums, each part of which shows what it counts. */
import { button, fill, h } from "../lib/dom.js";
import { cellAt } from "./sheet-data.js";
import { t } from "./sheet-words.js";

/**
 * @typedef {import("./sheet-data.js").Answer} Answer
 * @typedef {{ key: string, name: any, count: number, places: () => { cell: string, says?: string }[], tone?: string }} Part
 */

export class Balance {
  /** @param {import("./sheet-grids.js").Grids} grids */
  constructor(grids) {
    this.grids = grids;
    this.sums = h("div", { class: "sheet-sums" });
    this.stepper = h("div", { class: "row sheet-stepper", role: "status" });
    this.element = h("section", { class: "card sheet-balance", "aria-label": t("balance") }, this.sums, this.stepper);
    /** @type {Part[]} */
    this.parts = [];
    /** Which part is being looked at, and which of its places. */
    this.key = "";
    this.at = 0;
  }

  /** @param {Answer} answer */
  show(answer) {
    const { balance } = answer;
    const counts = answer.cells.counts;
    const held = heldRows(answer);
    const rows = [
      { key: "issued", name: "issued", count: balance.issued, tone: "good", places: () => soundRows(answer, held) },
      { key: "held", name: "held", count: balance.held, tone: "bad", places: () => held.map((cell) => ({ cell })) },
      { key: "skipped", name: "skipped", count: balance.skipped, places: () => skippedRows(answer) },
    ];
    const roles = [["header", "header"], ["value", "value"], ["kept", "kept"], ["title", "titleCells"], ["section", "section"], ["skipped", "skipped"], ["unread", "unread"]];
    const cells = roles
      .filter(([role]) => counts[role] > 0)
      .map(([role, name]) => ({ key: `cells-${role}`, name, count: counts[role], places: () => areas(counts, role) }));
    this.parts = [...rows, ...cells];
    const focused = document.activeElement instanceof HTMLElement && this.sums.contains(document.activeElement) ? document.activeElement.dataset.key : "";
    fill(
      this.sums,
      this.sum("rows", balance.in, rows.filter((part) => part.count > 0 || part.key === "issued")),
      this.sum("cells", counts.in, cells),
    );
    const again = focused && this.sums.querySelector(`[data-key="${focused}"]`);
    if (again) /** @type {HTMLElement} */ (again).focus();
    if (this.key) this.step(0, false);
  }

  /** @param {"rows" | "cells"} what @param {number} count @param {Part[]} parts */
  sum(what, count, parts) {
    const pieces = parts.map((part, index) => [
      h("span", { class: "quiet-text", "aria-hidden": "true" }, index === 0 ? "=" : "+"),
      h(
        "button",
        {
          type: "button",
          class: `sheet-part ${part.tone || ""} ${part.key === this.key ? "chosen" : ""}`,
          title: t("showThem"),
          "data-key": part.key,
          "aria-pressed": String(part.key === this.key),
          onclick: () => this.choose(part.key),
        },
        t(part.name, { count: part.count }),
      ),
    ]);
    return h("p", { class: `sheet-sum ${what}` }, h("strong", null, t(what, { count })), pieces.reduce((all, some) => all.concat(some), []));
  }

  /** @param {string} key */
  choose(key) {
    this.at = 0;
    this.key = this.key === key ? "" : key;
    for (const part of this.sums.querySelectorAll("[data-key]")) {
      part.setAttribute("aria-pressed", String(part.dataset.key === this.key));
      part.classList.toggle("chosen", part.dataset.key === this.key);
    }
    this.step(0, true);
  }

  /** Shows another place of the part that is looked at. @param {number} by @param {boolean} reveal */
  step(by, reveal) {
    const part = this.parts.find((one) => one.key === this.key);
    const places = part ? part.places() : [];
    if (!part || places.length === 0) {
      this.key = "";
      fill(this.stepper);
      return;
    }
    this.at = Math.min(Math.max(this.at + by, 0), places.length - 1);
    const { cell, says } = places[this.at];
    if (reveal) this.grids.reveal(cell);
    const what = t(/** @type {any} */ (part.name), { count: part.count });
    const words = t("stepping", { what, at: this.at + 1, count: places.length });
    const focused = this.stepper.contains(document.activeElement) && document.activeElement instanceof HTMLElement ? document.activeElement.dataset.go : "";
    fill(
      this.stepper,
      h("span", null, words),
      h("span", { class: "quiet-text sheet-says" }, [cell, says].filter(Boolean).join(" · ")),
      button(t("previous"), () => this.step(-1, true), { "data-go": "back", "aria-disabled": String(this.at === 0) }),
      button(t("next"), () => this.step(1, true), { "data-go": "on", "aria-disabled": String(this.at === places.length - 1) }),
      button(t("done"), () => this.choose(this.key), { class: "quiet", "data-go": "done" }),
    );
    const again = focused && this.stepper.querySelector(`[data-go="${focused}"]`);
    if (again) again.focus();
  }
}

/** The rows that errors hold back, from the top. @param {Answer} answer */
function heldRows(answer) {
  /** @type {Map<string, string>} */
  const rows = new Map();
  for (const fault of answer.faults) {
    if (fault.severity !== "error") continue;
    for (const place of fault.rows) rows.set(rowOf(place), place);
  }
  const order = new Map(answer.sheets.map((sheet, index) => [sheet.name, index]));
  const rank = (/** @type {string} */ place) => {
    const cell = cellAt(place);
    return cell ? (order.get(cell.sheet) || 0) * 1e7 + cell.row : 0;
  };
  return Array.from(rows.values()).sort((a, b) => rank(a) - rank(b));
}

/** @param {string} place */
function rowOf(place) {
  const cell = cellAt(place);
  return cell ? `${cell.sheet}!${cell.row}` : place;
}

/** @param {Answer} answer @param {string[]} held */
function soundRows(answer, held) {
  const faulty = new Set(held.map(rowOf));
  /** @type {{ cell: string }[]} */
  const places = [];
  for (const sheet of answer.sheets) {
    const table = answer.mapping.find((one) => one.sheet === sheet.name);
    const project = table && table.columns.find((column) => column.field === "project");
    const cell = project && cellAt(project.cell);
    const letter = sheet.columns[cell ? cell.column : 0].letter;
    sheet.roles.forEach((role, row) => {
      if (role === "entrant" && !faulty.has(`${sheet.name}!${row}`)) places.push({ cell: `${sheet.name}!${letter}${row + 1}` });
    });
  }
  return places;
}

/** @param {Answer} answer */
function skippedRows(answer) {
  return answer.skipped.map(({ row, reason, text }) => {
    const why = t(/** @type {any} */ (`why_${reason.replace(/-/g, "_")}`));
    return { cell: row, says: text ? `${why}: ${text}` : why };
  });
}

/** @param {any} counts @param {string} role */
function areas(counts, role) {
  const found = counts.areas.filter((/** @type {any} */ area) => area.role === role);
  return found.map((/** @type {any} */ { from, to }) => ({ cell: from, says: from === to ? "" : `– ${to.slice(to.lastIndexOf("!") + 1)}` }));
}
