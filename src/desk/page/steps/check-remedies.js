/** What the page can do about a fault, as buttons. What it cannot do stands in the fault's help. */
import { button, fill } from "../lib/dom.js";
import { ask } from "../lib/dialog.js";
import { refusalView } from "../lib/faults.js";
import { t } from "./check-words.js";
import { cellAt } from "./sheet-data.js";
import { isOff, turnOff } from "./sheet-leave.js";

/**
 * @typedef {import("./sheet-data.js").SheetFault} SheetFault
 * @typedef {import("./sheet-data.js").Book} Book
 *
 * @typedef {object} Around
 * @property {import("../lib/app.js").App} app
 * @property {Book} book
 * @property {() => boolean} locked
 * @property {() => string} reason  Why cells are mended, as far as it was said.
 * @property {() => void} refocus  Finds a place for the focus where what had it is gone.
 */

/**
 * The buttons of a fault; what keeps one of them from its work is shown in `wrong`.
 *
 * @param {import("../lib/api.js").Fault} fault
 * @param {Around} around
 * @param {HTMLElement} wrong
 * @param {boolean} [full]  With what is the same for all of its kind.
 * @returns {HTMLButtonElement[]}
 */
export function remediesOf(fault, around, wrong, full = true) {
  const buttons = (fault.remedies || []).map((remedy) => one(remedy, fault, around, wrong));
  if (full && namesContest(fault)) buttons.push(button(t("toContest"), () => around.app.go("contest")));
  return /** @type {HTMLButtonElement[]} */ (buttons.filter(Boolean));
}

/** Whether it is to be mended among the facts of the contest. @param {import("../lib/api.js").Fault} fault */
function namesContest(fault) {
  if (fault.file && /\.(toml|typ)$/.test(fault.file)) return true;
  return (fault.help || "").includes("contest.toml") && !(fault.remedies || []).some((remedy) => remedy.remedy === "allow");
}

/** @param {any} remedy @param {import("../lib/api.js").Fault} fault @param {Around} around @param {HTMLElement} wrong */
function one(remedy, fault, around, wrong) {
  const { app, book } = around;
  /** @param {string} words @param {string} path @param {any} body @param {boolean} [whole] */
  const act = (words, path, body, whole) => writing(around, words, wrong, () => book.act(path, body, { whole }));
  // Of corrections.csv, the line and the cell that it is about.
  const line = { line: remedy.line, cell: remedy.cell };
  switch (remedy.remedy) {
    case "reissue":
      return button(t("doReissue", { number: remedy.number }), () => app.go("register", remedy.number));
    case "reissue-from-sheet":
      return button(t("doReissueFromSheet"), () => app.go("register"));
    case "reinstate":
    case "renumber":
      return button(t("doNumber", { number: remedy.number }), () => app.go("register", remedy.number));
    case "list-numbers":
      return button(t("toRegister"), () => app.go("register"));
    case "make-contest":
      return button(t("toContest"), () => app.go("contest"));
    case "declare-new":
      return act(t("doNew"), "/api/new", { row: remedy.row, new: true });
    case "assume-mapping":
      return act(t("doAssume", { header: remedy.header, field: labelOf(book, remedy.field) }), "/api/columns", { header: remedy.header, field: remedy.field }, true);
    case "mend":
      return mending(remedy, fault, around.reason(), act);
    case "allow":
      return allowing(remedy, fault, around);
    case "drop-correction":
      return act(t("doDrop"), "/api/corrections/drop", { lines: [line] }, true);
    case "renew-correction":
      return act(t("doRenew"), "/api/corrections/renew", { ...line, says: remedy.says }, true);
    default:
      return undefined;
  }
}

/**
 * What was probably meant, in place of what the cell says: of a cell that says more, the rest stays.
 *
 * @param {any} remedy
 * @param {import("../lib/api.js").Fault} fault
 * @param {string} reason
 * @param {(words: string, path: string, body: any) => HTMLButtonElement} act
 */
function mending(remedy, fault, reason, act) {
  const cell = cellAt(fault.cell);
  const was = fault.text || "";
  if (!cell || !was.includes(remedy.was)) return undefined;
  const { sheet, row, column } = cell;
  const change = { row, column, was, now: was.replace(remedy.was, () => remedy.now) };
  return act(t("doMend", { now: remedy.now }), "/api/cells", { sheet, changes: [change], reason });
}

/** @param {any} remedy @param {import("../lib/api.js").Fault} fault @param {Around} around */
function allowing(remedy, fault, around) {
  const act = (/** @type {string} */ reason) => around.book.act("/api/allow", { code: remedy.code, value: remedy.value, reason }, { whole: true });
  const words = { title: t("allowTitle"), body: [fault.message, " ", t("allowBody")], go: t("allow"), reason: true };
  const made = button(t("doAllow"), async () => {
    if (!isOff(made) && (await ask({ ...words, act }))) around.refocus();
  });
  turnOff(made, around.locked());
  return made;
}

/** @param {Book} book @param {string} field */
function labelOf(book, field) {
  const known = book.answer && book.answer.fields.find((one) => one.field === field);
  return known ? known.label : field;
}

/**
 * A button that writes: it does not work while its call runs, so that pressed twice is once.
 *
 * @param {Around} around
 * @param {string} words
 * @param {HTMLElement} wrong
 * @param {() => Promise<any>} act
 * @param {Record<string, any>} [properties]
 */
export function writing(around, words, wrong, act, properties) {
  const made = button(
    words,
    async () => {
      if (isOff(made)) return;
      turnOff(made, true);
      fill(wrong);
      try {
        await act();
      } catch (error) {
        fill(wrong, refusalView(error));
      } finally {
        turnOff(made, around.locked());
      }
    },
    properties,
  );
  turnOff(made, around.locked());
  return made;
}
