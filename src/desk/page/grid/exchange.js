import { copyText, parseTable, planClear, planPaste } from "./clipboard.js";
import { fill } from "./words.js";

/**
 * What goes to the clipboard and comes from it. While a cell is edited, its text is exchanged by the browser itself.
 *
 * @typedef {import("./table.js").Table} Table
 */

/** @param {Table} table @param {ClipboardEvent} event  A copy or a cut. */
export function copied(table, event) {
  if (table.editor.busy || !event.clipboardData) return;
  event.preventDefault();
  const { block } = table.selection;
  event.clipboardData.setData("text/plain", copyText(table.sheet, block));
  table.editor.withdrawMenu();
  table.say(fill(table.words.copied, { cells: block.rows * block.columns }));
  if (event.type === "cut") clear(table);
}

/** Clears what is selected, as far as it can be changed; if none of it can, says why. @param {Table} table */
export function clear(table) {
  const changes = table.readOnly ? [] : planClear(table.sheet, table.selection.block);
  const obstacle = table.obstacle();
  if (changes.length === 0 && obstacle) table.explain(obstacle);
  else table.change(changes, "clear");
}

/** @param {Table} table @param {ClipboardEvent} event */
export function pasted(table, event) {
  if (!event.clipboardData) return;
  const text = event.clipboardData.getData("text/plain");
  event.preventDefault();
  table.editor.withdrawMenu();
  if (table.readOnly) table.explain({ word: "readOnly", facts: {} });
  // A copied cell ends with a line break, which does not belong to its text.
  else if (table.editor.busy) table.editor.insert(text.replace(/\r?\n$/, ""));
  else if (text !== "") paste(table, text);
}

/** @param {Table} table @param {string} text */
function paste(table, text) {
  const { sheet, selection } = table;
  const plan = planPaste(sheet, selection, parseTable(text));
  if ("obstacle" in plan) {
    table.explain(plan.obstacle);
    return;
  }
  const { block, changes } = plan;
  const last = selection.within({ row: block.row + block.rows - 1, column: block.column + block.columns - 1 });
  table.unfold(block, last); // what changes must be seen
  selection.span(block, last);
  table.selected({ reveal: false });
  table.change(changes, "paste");
}
