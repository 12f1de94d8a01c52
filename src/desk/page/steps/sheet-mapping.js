/** How each header was understood, and what to take it for instead. */
import { button, fill, h } from "../lib/dom.js";
import { refusalView } from "../lib/faults.js";
import { t } from "./sheet-words.js";

/**
 * @typedef {import("./sheet-data.js").Answer} Answer
 * @typedef {import("./sheet-data.js").Column} Column
 */

export class Mapping {
  /** @param {import("./sheet-data.js").Book} book @param {import("./sheet-grids.js").Grids} grids */
  constructor(book, grids) {
    this.book = book;
    this.grids = grids;
    this.tables = h("div", { class: "sheet-tables", tabindex: "0", role: "region", "aria-label": t("mapping") });
    this.said = h("div", { role: "status", class: "small" });
    this.element = h(
      "section",
      { class: "card sheet-mapping" },
      h("h2", null, t("mapping")),
      h("p", { class: "small quiet-text" }, t("mappingHint")),
      this.said,
      this.tables,
    );
    this.locked = false;
    this.shown = "";
    /** What was just asked for, to be told of once it shows. @type {{ header: string, before: string | null } | undefined} */
    this.asked = undefined;
  }

  /** @param {Answer} answer */
  show(answer) {
    this.tell(answer);
    // A list that is open while somebody else mends a cell stays as it is.
    const shows = JSON.stringify([answer.mapping, answer.fields, this.locked]);
    if (shows === this.shown) return;
    this.shown = shows;
    const focused = document.activeElement instanceof HTMLElement && this.tables.contains(document.activeElement) ? document.activeElement.dataset.cell : "";
    const several = answer.mapping.length > 1;
    const tables = answer.mapping.map((table) => [
      several && h("h3", null, t("sheetName", { name: table.sheet })),
      this.table(table, answer),
    ]);
    fill(this.tables, tables.length > 0 ? tables.reduce((all, some) => all.concat(some), []) : h("p", null, t("noColumns")));
    if (!focused) return;
    for (const select of this.tables.querySelectorAll("select")) if (select.dataset.cell === focused) select.focus();
  }

  /** Says what became of the column that was just taken for something else. @param {Answer} answer */
  tell(answer) {
    const { asked } = this;
    const column = asked && columnOf(answer, asked.header);
    if (!asked || !column) return;
    const { header, label, field } = column;
    if (field === asked.before) this.said.textContent = t("sameAsBefore", { header });
    else this.said.textContent = field === null ? t("unmapped", { header }) : t("mapped", { header, label });
    this.asked = undefined;
  }

  /** @param {{ sheet: string, columns: Column[] }} table @param {Answer} answer */
  table(table, answer) {
    const heads = h("tr", null, ["column", "takenFor", "samples"].map((name) => h("th", { scope: "col" }, t(/** @type {any} */ (name)))));
    const rows = table.columns.map((column) =>
      h(
        "tr",
        null,
        h("td", null, button(column.header || "—", () => this.grids.reveal(column.cell, true), { class: "sheet-header", title: column.cell })),
        h("td", null, this.select(column, answer)),
        h("td", { class: "sheet-samples", title: column.samples.join("\n") }, column.samples.join(" · ")),
      ),
    );
    return h("table", { class: "list" }, h("thead", null, heads), h("tbody", null, rows));
  }

  /** @param {Column} column @param {Answer} answer */
  select(column, answer) {
    const known = answer.fields.some(({ field }) => field === column.field);
    const own = !known && column.field !== null ? [{ field: column.field, label: column.label || column.field }] : [];
    const option = (/** @type {string} */ value, /** @type {string} */ text) => h("option", { value, selected: value === (column.field || "") }, text);
    const select = h(
      "select",
      {
        "aria-label": t("takenForLabel", { header: column.header }),
        "data-cell": column.cell,
        disabled: this.locked,
        onchange: () => this.take(column, select),
      },
      column.field === null && option("", t("unused")),
      [...own, ...answer.fields].map(({ field, label }) => option(field, label)),
      column.field !== null && option("", t("giveBack")),
    );
    return select;
  }

  /** @param {Column} column @param {HTMLSelectElement} select */
  async take(column, select) {
    select.disabled = true;
    fill(this.said);
    this.asked = undefined;
    try {
      await this.book.act("/api/columns", { header: column.header, field: select.value || null }, { whole: true });
      this.asked = { header: column.header, before: column.field };
      // The look that follows shows what it is taken for, be it what it was.
      this.shown = "";
    } catch (error) {
      fill(this.said, refusalView(error));
      select.value = column.field || "";
      select.disabled = this.locked;
    }
  }

  /** @param {boolean} locked */
  lock(locked) {
    if (locked === this.locked) return;
    this.locked = locked;
    if (this.book.answer) this.show(this.book.answer);
  }
}

/** @param {Answer} answer @param {string} header */
function columnOf(answer, header) {
  for (const table of answer.mapping) for (const column of table.columns) if (column.header === header) return column;
  return undefined;
}
