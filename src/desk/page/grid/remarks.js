import { icon } from "./icons.js";
import { element } from "./parts.js";
import { fill } from "./words.js";

/**
 * What is to be said of a cell, for the tooltip, the bar and screen readers alike.
 *
 * @typedef {{sign: import("./icons.js").Sign | undefined, text: string}} Remark
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./words.js").Words} Words
 */

/** @param {Sheet} sheet @param {Words} words @param {number} row @param {number} column @returns {Remark[]} */
export function remarksOn(sheet, words, row, column) {
  const key = sheet.key({ row, column });
  /** @type {Remark[]} */
  const remarks = [];
  const refusal = sheet.refusals.get(key);
  if (refusal !== undefined) remarks.push({ sign: "refused", text: fill(words.refused, { sentence: refusal }) });
  for (const mark of sheet.marksAt(row, column)) remarks.push(...remarksOf(mark, words));
  const edit = sheet.edits.get(key);
  if (edit)
    remarks.push({
      sign: "edit",
      text: fill(edit.was ? words.edited : words.editedFromBlank, { was: edit.was, reason: edit.reason }),
    });
  if (sheet.drafts.has(key)) remarks.push({ sign: "saving", text: words.saving });
  return remarks;
}

/** @param {import("./types.js").Mark} mark @param {Words} words @returns {Remark[]} */
function remarksOf(mark, words) {
  return mark.words.map((sentence) => ({
    sign: mark.severity,
    text: fill(words.mark, { severity: words[mark.severity], sentence }),
  }));
}

/**
 * What a row is, and what it hides beside it.
 *
 * @param {Sheet} sheet
 * @param {Words} words
 * @param {number} row
 * @returns {Remark[]}
 */
export function remarksOnRow(sheet, words, row) {
  const role = sheet.role(row);
  if (role === "skipped") return [{ sign: undefined, text: whySkipped(sheet, words, row) }];
  return role === "title" || role === "section" || role === "header" ? [{ sign: undefined, text: words[role] }] : [];
}

/** @param {Sheet} sheet @param {Words} words @param {number} row */
export function whySkipped(sheet, words, row) {
  const [mark] = sheet.marksOfRow.get(row) || [];
  return mark && mark.words[0] ? fill(words.skippedWhy, { why: mark.words[0] }) : words.skipped;
}

/**
 * Tells what a line stands for.
 *
 * @param {Sheet} sheet
 * @param {Words} words
 * @param {"rows" | "columns"} kind
 * @param {{first: number, last: number}} run
 */
export function foldWords(sheet, words, kind, run) {
  const several = run.last > run.first;
  if (kind === "rows")
    return fill(several ? words.hiddenRows : words.hiddenRow, { first: run.first + 1, last: run.last + 1 });
  const facts = { first: sheet.letters[run.first], last: sheet.letters[run.last] };
  return fill(several ? words.hiddenColumns : words.hiddenColumn, facts);
}

/** @param {Remark} remark */
export function remarkElement(remark) {
  const line = element("span", "ag-remark");
  if (remark.sign) line.appendChild(icon(remark.sign));
  line.appendChild(element("span", "", remark.text));
  return line;
}
