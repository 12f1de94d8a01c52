/** All that was mended, each with the way back; and the rows that were said to be new winners. */
import { button, fill, h } from "../lib/dom.js";
import { writing } from "./check-remedies.js";
import { t } from "./check-words.js";

/** How many are shown at once. */
const PAGE = 50;

/**
 * @typedef {import("./sheet-data.js").Answer} Answer
 * @typedef {{ sheet: string, row: number, column: number, was: string, now: string, reason: string, cell: string }} Mend
 */

export class Mends {
  /** @param {import("./check-remedies.js").Around} around @param {(cell: string) => void} reveal */
  constructor(around, reveal) {
    this.around = around;
    this.reveal = reveal;
    this.summary = h("summary", null);
    this.list = h("div", null);
    this.element = h("details", { class: "check-mends", ontoggle: () => this.render() }, this.summary, this.list);
    /** @type {Mend[]} */
    this.mends = [];
    this.page = PAGE;
  }

  /** @param {Answer} answer */
  show(answer) {
    this.mends = mendsOf(answer);
    this.summary.textContent = this.mends.length > 0 ? t("mends", { count: this.mends.length }) : t("mendsNone");
    this.render();
  }

  render() {
    const { answer } = this.around.book;
    if (!answer || !this.element.open) return fill(this.list);
    const focused = document.activeElement instanceof HTMLElement && this.list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    const several = answer.sheets.length > 1;
    const rest = this.mends.length - this.page;
    fill(
      this.list,
      h("p", { class: "small quiet-text" }, t("mendsHint")),
      h("ul", { class: "check-plain" }, this.mends.slice(0, this.page).map((mend) => this.mend(mend, several))),
      rest > 0 && button(`+ ${Math.min(rest, PAGE)}`, () => this.more(), { "data-key": "more" }),
      answer.new.length > 0 && h("h3", null, t("newRows", { count: answer.new.length })),
      answer.new.length > 0 && h("ul", { class: "check-plain" }, answer.new.map((row) => this.newRow(row))),
    );
    if (focused === undefined) return undefined;
    const again = Array.from(this.list.querySelectorAll("[data-key]")).find((one) => one.dataset.key === focused);
    (again || this.summary).focus();
    return undefined;
  }

  more() {
    this.page += PAGE;
    this.render();
  }

  /** @param {Mend} mend @param {boolean} several */
  mend(mend, several) {
    const wrong = h("div", null);
    const name = several ? mend.cell.replace("!", " ") : mend.cell.slice(mend.cell.lastIndexOf("!") + 1);
    const change = { row: mend.row, column: mend.column, was: mend.now, now: mend.was };
    const back = writing(
      this.around,
      t("back"),
      wrong,
      () => this.around.book.act("/api/cells", { sheet: mend.sheet, changes: [change], reason: "" }),
      { "aria-label": t("backOf", { cell: name }), "data-key": `back ${mend.cell}` },
    );
    return h(
      "li",
      null,
      h("div", { class: "row" }, button(name, () => this.reveal(mend.cell), { class: "quiet check-place", "data-key": `see ${mend.cell}` }), h("span", { class: "grow small check-text" }, changeView(mend)), back),
      mend.reason && h("p", { class: "small quiet-text" }, mend.reason),
      wrong,
    );
  }

  /** @param {string} row */
  newRow(row) {
    const wrong = h("div", null);
    const name = row.replace("!", " ");
    const act = () => this.around.book.act("/api/new", { row, new: false });
    const back = writing(this.around, t("takeBack"), wrong, act, { "aria-label": t("takeBackOf", { cell: name }), "data-key": `new ${row}` });
    return h("li", null, h("div", { class: "row" }, button(name, () => this.reveal(row), { class: "quiet check-place" }), h("span", { class: "grow" }), back), wrong);
  }
}

/** @param {Mend} mend */
function changeView({ was, now }) {
  return [
    h("span", { class: "visually-hidden" }, t("was")),
    h("del", { class: "was" }, was || t("blank")),
    " → ",
    h("span", { class: "visually-hidden" }, t("now")),
    h("ins", { class: "now" }, now || t("blank")),
  ];
}

/** @param {Answer} answer @returns {Mend[]} */
function mendsOf(answer) {
  /** @type {Mend[]} */
  const mends = [];
  for (const sheet of answer.sheets) {
    for (const { row, column, was, reason } of sheet.edits || []) {
      const now = (sheet.cells[row] || [])[column] || "";
      mends.push({ sheet: sheet.name, row, column, was, now, reason, cell: `${sheet.name}!${sheet.columns[column].letter}${row + 1}` });
    }
  }
  return mends;
}
