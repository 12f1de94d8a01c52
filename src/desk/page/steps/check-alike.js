/** Cells of a column that have the same fault and say the same: mended at once, and undone at once. */
import { button, freshId, h } from "../lib/dom.js";
import { ask } from "../lib/dialog.js";
import { cellAt } from "./sheet-data.js";
import { writing } from "./check-remedies.js";
import { isOff, turnOff } from "./sheet-leave.js";
import { t } from "./check-words.js";

/** How many cells are named. */
const NAMED = 12;

/**
 * A button that mends all that are like a fault; none if it is the only one.
 *
 * @param {import("./sheet-data.js").SheetFault} fault
 * @param {import("./check-remedies.js").Around} around
 * @param {string} reason
 * @returns {HTMLButtonElement[]}
 */
export function allAlike(fault, around, reason) {
  const here = cellAt(fault.cell);
  const { answer } = around.book;
  const text = fault.text;
  if (!here || !answer || !text || fault.severity === "info") return [];
  /** @type {Map<number, string>} */
  const cells = new Map();
  for (const other of answer.faults) {
    if (other.code !== fault.code || other.text !== text || other.message !== fault.message) continue;
    const cell = cellAt(other.cell);
    if (cell && cell.sheet === here.sheet && cell.column === here.column) cells.set(cell.row, /** @type {string} */ (other.cell));
  }
  if (cells.size < 2) return [];
  const made = button(t("doAlike", { count: cells.size }), () => isOff(made) || change(here, cells, text, around, reason));
  turnOff(made, around.locked());
  return [made];
}

/**
 * A button that drops all corrections that fit the sheet no more: after another sheet was taken there may be many.
 *
 * @param {import("./sheet-data.js").SheetFault} fault
 * @param {import("./check-remedies.js").Around} around
 * @param {HTMLElement} wrong
 * @returns {HTMLButtonElement[]}
 */
export function dropAll(fault, around, wrong) {
  if (!dropped(fault)) return [];
  const { answer } = around.book;
  const lines = (answer ? answer.faults : []).map(dropped).filter((line) => line !== undefined);
  if (lines.length < 2) return [];
  const act = () => around.book.act("/api/corrections/drop", { lines }, { whole: true });
  return [writing(around, t("doDropAll", { count: lines.length }), wrong, act)];
}

/** @param {import("./sheet-data.js").SheetFault} fault */
function dropped(fault) {
  const remedy = (fault.remedies || []).find((one) => one.remedy === "drop-correction");
  return remedy && { line: remedy.line, cell: remedy.cell };
}

/**
 * @param {{ sheet: string, column: number }} here
 * @param {Map<number, string>} cells
 * @param {string} text
 * @param {import("./check-remedies.js").Around} around
 * @param {string} reason
 */
async function change(here, cells, text, around, reason) {
  const id = freshId("now");
  const now = h("input", { id, type: "text", value: text, autocomplete: "off" });
  const names = Array.from(cells.values()).map((cell) => cell.slice(cell.lastIndexOf("!") + 1));
  const named = names.slice(0, NAMED).join(", ") + (names.length > NAMED ? " …" : "");
  const asked = ask({
    title: t("alikeTitle", { count: cells.size, text }),
    body: [h("p", { class: "small quiet-text" }, t("alikeWhere", { cells: named })), h("p", { class: "field" }, h("label", { for: id }, t("alikeNow")), now)],
    go: t("alikeGo"),
    act: () => {
      const changes = Array.from(cells.keys()).map((row) => ({ row, column: here.column, was: text, now: now.value }));
      return around.book.act("/api/cells", { sheet: here.sheet, changes, reason: reason.trim() });
    },
  });
  now.focus();
  now.select();
  if (await asked) around.refocus();
}
