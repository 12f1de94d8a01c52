import { clear } from "./exchange.js";
import { commandOf } from "./keys.js";

/**
 * Carries out what the keys mean.
 *
 * @typedef {import("./table.js").Table} Table
 * @typedef {import("./keys.js").Command} Command
 */

const ENTER = 13;
const MODIFIERS = ["Shift", "Control", "Alt", "Meta"];

/** @param {Table} table @param {KeyboardEvent} event */
export function keyPressed(table, event) {
  if (MODIFIERS.includes(event.key)) return;
  // 229: the key belongs to the input method, be it Enter, Escape or an arrow.
  if (event.isComposing || event.keyCode === 229) {
    if (event.keyCode === ENTER) event.preventDefault(); // or it would break the line as well
    return;
  }
  table.editor.withdrawMenu();
  const command = commandOf(event, table.editor.state);
  if (!command) {
    if (makesText(event)) sayIfLocked(table);
    return;
  }
  if (command.name === "tab" && leaves(table, command.back)) return;
  event.preventDefault();
  run(table, command);
}

/** @param {KeyboardEvent} event */
function makesText(event) {
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** A locked cell takes no text, and tells why. @param {Table} table */
function sayIfLocked(table) {
  const obstacle = table.obstacle();
  if (obstacle && !table.editor.busy) table.explain(obstacle);
}

/**
 * Whether Tab goes out of the grid: after Escape, or beyond the first or last cell.
 *
 * @param {Table} table
 * @param {boolean} back
 */
function leaves(table, back) {
  if (table.editor.busy) return false;
  return table.leaving || table.selection.following(back) === undefined;
}

/** @param {Table} table @param {Command} command */
export function run(table, command) {
  switch (command.name) {
    case "move":
      return move(table, command);
    case "tab":
      return tab(table, command.back);
    case "enter":
      return enter(table, command.back);
    case "commit":
      return table.commit();
    case "escape":
      return escape(table);
    case "edit":
      return table.editor.busy ? table.editor.keepOpen() : table.edit("editing");
    case "erase":
      return table.edit("typing");
    case "clear":
      return clear(table);
    case "break":
      return table.editor.insert("\n");
    case "all":
      table.selection.all();
      return table.selected({ reveal: false });
    case "resize":
      return resize(table, command.by);
    case "unfoldRows":
      return table.unfoldBeside("rows");
    case "unfoldColumns":
      return table.unfoldBeside("columns");
    case "undo":
    case "redo":
      table.host.dispatchEvent(new CustomEvent("grid" + command.name, { bubbles: true }));
  }
}

/** @param {Table} table @param {import("./keys.js").Move} command */
function move(table, { motion, far, extend }) {
  table.commit();
  const { selection } = table;
  const from = extend ? selection.head : selection.anchor;
  const edge = far && (motion === "left" || motion === "right" || motion === "up" || motion === "down");
  const to = edge ? selection.edge(from, motion) : selection.target(from, motion, table.geometry.page);
  if (extend) selection.extend(to);
  else selection.place(to);
  table.selected();
}

/** @param {Table} table @param {boolean} back */
function tab(table, back) {
  table.commit();
  const { selection } = table;
  const began = table.tabColumn === undefined ? selection.anchor.column : table.tabColumn;
  selection.place(selection.following(back) || selection.anchor);
  table.selected();
  table.tabColumn = began;
}

/** @param {Table} table @param {boolean} back */
function enter(table, back) {
  table.commit();
  const { selection, tabColumn } = table;
  const { row, column } = selection.step(selection.anchor, back ? "up" : "down");
  selection.place({ row, column: tabColumn === undefined ? column : tabColumn });
  table.selected();
}

/** @param {Table} table */
function escape(table) {
  if (table.editor.busy) {
    table.editor.cancel();
    return;
  }
  table.leaving = true;
  table.hints.dismiss();
  table.say(table.words.leaving);
}

/** @param {Table} table @param {1 | -1} by */
function resize(table, by) {
  const { block } = table.selection;
  const { columns, em } = table.geometry;
  for (let column = block.column; column < block.column + block.columns; column++) {
    if (!columns.folded.has(column)) table.resize(column, columns.size(column) + by * em * 2);
  }
}
