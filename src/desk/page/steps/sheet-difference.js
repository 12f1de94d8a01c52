/** The award sheet held against another, in colour: what a colleague has changed. */
import { get } from "../lib/api.js";
import { button, fill, h } from "../lib/dom.js";
import { refusalView } from "../lib/faults.js";
import { t } from "./sheet-words.js";

/**
 * @typedef {{ was: string, now: string }} Cell
 * @typedef {{ kind: "same" | "added" | "removed" | "changed", was: number | null, now: number | null, cells: Cell[], changed: number[] }} Row
 * @typedef {{ name: string, columns: number, rows: Row[], added: number, removed: number, changed: number }} Sheet
 */

/** How many rows are shown at first, and how many more each time. */
const PAGE = 100;

/** @type {Record<string, string>} */
const SIGNS = { added: "+", removed: "−", changed: "≠", same: "" };

export class Difference {
  /**
   * @param {import("../lib/app.js").App} app
   * @param {(id: string, name: string) => Promise<any>} goBack  Takes that sheet for the award sheet again.
   */
  constructor(app, goBack) {
    this.app = app;
    this.goBack = goBack;
    this.element = h("div", { class: "sheet-difference-place" });
    this.looks = 0;
  }

  /** @param {{ id: string, name: string }} other @param {(name: string) => string | undefined} headerOf  What a column is called: by sheet and letter. */
  async show(other, headerOf) {
    const look = ++this.looks;
    const title = h("h2", null, t("difference", { name: other.name }));
    const body = h("div", { class: "stack" }, h("p", { class: "quiet-text" }, t("comparing")));
    const wrong = h("div", null);
    const back = button(t("goBack"), async () => {
      back.disabled = true;
      fill(wrong);
      try {
        await this.goBack(other.id, other.name);
      } catch (error) {
        fill(wrong, refusalView(error));
        back.disabled = false;
      }
    });
    fill(
      this.element,
      h(
        "section",
        { class: "card sheet-difference" },
        h("div", { class: "row between" }, title, h("span", { class: "buttons" }, back, button(t("hide"), () => this.hide(), { class: "quiet" }))),
        wrong,
        body,
      ),
    );
    try {
      /** @type {{ sheets: Sheet[] }} */
      const { sheets } = await get("/api/sheet/difference", { id: other.id });
      if (look === this.looks) fill(body, this.body(sheets, headerOf));
    } catch (error) {
      if (look === this.looks) fill(body, refusalView(error));
    }
  }

  hide() {
    this.looks += 1;
    fill(this.element);
  }

  /** @param {Sheet[]} sheets @param {(name: string) => string | undefined} headerOf */
  body(sheets, headerOf) {
    if (sheets.length === 0) return [h("p", { role: "status" }, t("differenceNone"))];
    const sum = { added: 0, removed: 0, changed: 0 };
    for (const sheet of sheets) {
      sum.added += sheet.added;
      sum.removed += sheet.removed;
      sum.changed += sheet.changed;
    }
    return [
      h("p", { role: "status" }, h("strong", null, t("differenceSum", sum))),
      h("p", { class: "small" }, t("issuedNumbers"), " ", h("a", { href: "#/register" }, t("toRegister"))),
      ...sheets.map((sheet) => tableOf(sheet, sheets.length > 1, headerOf)),
    ];
  }
}

/** @param {Sheet} sheet @param {boolean} named @param {(name: string) => string | undefined} headerOf */
function tableOf(sheet, named, headerOf) {
  const letters = Array.from({ length: sheet.columns }, (_, column) => letterOf(column));
  const heads = letters.map((letter) => h("th", { scope: "col" }, headerOf(`${sheet.name}!${letter}`) || letter));
  const rows = h("tbody", null);
  const more = h("p", null);
  let shown = 0;
  const show = () => {
    for (const row of sheet.rows.slice(shown, shown + PAGE)) rows.append(rowOf(row, sheet.columns));
    shown = Math.min(shown + PAGE, sheet.rows.length);
    const rest = sheet.rows.length - shown;
    fill(more, rest > 0 && button(t("more", { count: Math.min(PAGE, rest), rest }), show));
  };
  show();
  return h(
    "div",
    null,
    named && h("h3", null, t("sheetName", { name: sheet.name })),
    h(
      "div",
      { class: "sheet-rows", tabindex: "0", role: "region", "aria-label": t("sheetName", { name: sheet.name }) },
      h("table", { class: "list" }, h("thead", null, h("tr", null, h("th", { scope: "col" }, t("row")), h("th", { scope: "col" }, t("kind")), heads)), rows),
      more,
    ),
  );
}

/** @param {Row} row @param {number} columns */
function rowOf(row, columns) {
  const cells = Array.from({ length: columns }, (_, column) => {
    const cell = row.cells[column] || { was: "", now: "" };
    if (row.kind === "changed" && row.changed.includes(column)) return h("td", { class: "differs" }, cellOf(cell));
    return h("td", null, row.kind === "removed" ? cell.was : cell.now);
  });
  const place = row.now === null ? row.was : row.now;
  return h("tr", { class: `difference-${row.kind}` }, h("td", null, place), h("td", { class: "difference-kind" }, `${SIGNS[row.kind]} ${t(row.kind)}`), cells);
}

/** @param {Cell} cell */
function cellOf(cell) {
  return [
    cell.was && h("del", { class: "was" }, h("span", { class: "visually-hidden" }, t("was")), cell.was),
    cell.was && cell.now && " ",
    cell.now && h("ins", { class: "now" }, h("span", { class: "visually-hidden" }, t("now")), cell.now),
  ];
}

/** @param {number} column */
function letterOf(column) {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}
