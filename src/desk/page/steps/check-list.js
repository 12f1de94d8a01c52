/**
 * The faults of the sheet, the most serious first. Of many that are alike a few show at a time, so that the list
 * stays short with ten thousand of them.
 */
import { button, fill, h } from "../lib/dom.js";
import { placeOf, severityName } from "../lib/faults.js";
import { t } from "./check-words.js";

/**
 * @typedef {import("./sheet-data.js").SheetFault} SheetFault
 *
 * @typedef {object} Acts
 * @property {(fault: SheetFault, focus: boolean) => void} chosen  A fault was selected in the list; `focus` if its cell shall have the focus.
 * @property {(fault: SheetFault, wrong: HTMLElement, full: boolean) => HTMLButtonElement[]} remedies  `full` with what is the same for all of its kind.
 * @property {(fault: SheetFault) => string} heading  What its column is called, or "".
 */

/** How many of a kind show at once. */
const PAGE = 6;

/** @type {["error" | "warning" | "info", "errors" | "warnings" | "infos"][]} */
const SEVERITIES = [
  ["error", "errors"],
  ["warning", "warnings"],
  ["info", "infos"],
];

export class FaultList {
  /** @param {Acts} acts */
  constructor(acts) {
    this.acts = acts;
    this.element = h("div", { class: "check-list" });
    this.count = h("span", { class: "small quiet-text", role: "status" });
    /** All that the list shows, in its order. @type {SheetFault[]} */
    this.faults = [];
    /** @type {SheetFault | undefined} */
    this.selected = undefined;
    /** Where in the list the reader is: between two of them where the one looked at was mended. */
    this.cursor = -0.5;
    /** The first that shows of each kind. @type {Map<string, number>} */
    this.pages = new Map();
  }

  /** @param {SheetFault[]} faults */
  show(faults) {
    const before = this.selected;
    this.faults = faults;
    const at = before ? faults.findIndex((fault) => sameFault(fault, before)) : -1;
    if (at >= 0) this.cursor = at;
    else if (before) this.cursor = Math.min(Math.ceil(this.cursor), faults.length) - 0.5;
    else this.cursor = Math.min(this.cursor, faults.length - 0.5);
    this.selected = faults[at];
    this.render();
  }

  /** Goes to the one after, or before, where the reader is, and round at the end. @param {1 | -1} by @param {boolean} focus */
  step(by, focus) {
    const { length } = this.faults;
    if (length === 0) return;
    const next = by > 0 ? Math.floor(this.cursor) + 1 : Math.ceil(this.cursor) - 1;
    this.choose((next + length) % length, focus);
  }

  /** @param {number} at @param {boolean} focus */
  choose(at, focus) {
    this.select(at);
    this.acts.chosen(this.faults[at], focus);
  }

  /** Selects one of some, as they stand at a cell; the one that is selected stays so. @param {number[]} indices */
  selectAmong(indices) {
    if (this.selected && indices.includes(this.selected.index)) return;
    const at = this.faults.findIndex((fault) => indices.includes(fault.index));
    if (at >= 0) this.select(at);
  }

  /** @param {number} at */
  select(at) {
    this.cursor = at;
    this.selected = this.faults[at];
    const kind = kindOf(this.selected);
    const first = this.faults.findIndex((fault) => kindOf(fault) === kind);
    this.pages.set(kind, Math.floor((at - first) / PAGE) * PAGE);
    this.render();
    this.scroll();
  }

  /** Scrolls no more than the list itself. */
  scroll() {
    const item = this.element.querySelector(".selected");
    if (!item) return;
    const [at, box] = [item.getBoundingClientRect(), this.element.getBoundingClientRect()];
    if (at.top < box.top) this.element.scrollTop += at.top - box.top - 8;
    else if (at.bottom > box.bottom) this.element.scrollTop += Math.min(at.bottom - box.bottom + 8, at.top - box.top - 8);
  }

  render() {
    const focused = document.activeElement instanceof HTMLElement && this.element.contains(document.activeElement) ? document.activeElement : undefined;
    const key = focused && focused.dataset.key;
    const { scrollTop } = this.element;
    this.count.textContent = this.selected
      ? t("at", { at: this.cursor + 1, count: this.faults.length })
      : t("ofAll", { count: this.faults.length });
    fill(this.element, SEVERITIES.map(([severity, name]) => this.section(severity, name)).reduce((all, some) => all.concat(some), []));
    this.element.scrollTop = scrollTop;
    if (!focused) return;
    const again = key && Array.from(this.element.querySelectorAll("[data-key]")).find((one) => /** @type {HTMLElement} */ (one).dataset.key === key);
    if (again instanceof HTMLElement) again.focus();
    // What had the focus is gone: the next thing to look at has it then.
    else this.focusNear();
  }

  /** Takes the focus if nothing has it. */
  refocus() {
    if (!document.activeElement || document.activeElement === document.body) this.focusNear();
  }

  focusNear() {
    const buttons = /** @type {HTMLElement[]} */ (Array.from(this.element.querySelectorAll(".check-fault")));
    const near = buttons.find((one) => Number(one.dataset.at) >= this.cursor) || buttons[buttons.length - 1];
    if (near) near.focus();
  }

  /** @param {"error" | "warning" | "info"} severity @param {"errors" | "warnings" | "infos"} name @returns {any[]} */
  section(severity, name) {
    const first = this.faults.findIndex((fault) => fault.severity === severity);
    if (first < 0) return [];
    const kinds = [];
    let from = first;
    while (from < this.faults.length && this.faults[from].severity === severity) {
      let until = from + 1;
      while (until < this.faults.length && kindOf(this.faults[until]) === kindOf(this.faults[from])) until++;
      kinds.push(this.kind(from, until));
      from = until;
    }
    return [h("h2", { class: "check-severity" }, t("section", { severity: t(name), count: from - first })), ...kinds];
  }

  /** Those of one kind, from one place of the list to another. @param {number} from @param {number} until */
  kind(from, until) {
    const kind = kindOf(this.faults[from]);
    const first = Math.min(this.pages.get(kind) || 0, Math.floor((until - from - 1) / PAGE) * PAGE);
    const shown = this.faults.slice(from + first, Math.min(from + first + PAGE, until));
    const items = shown.map((fault, nth) => this.item(fault, from + first + nth, nth === 0 || shown[nth - 1].help !== fault.help));
    const count = until - from;
    return h("div", { class: "check-kind" }, count > PAGE && this.pager(kind, count, first, shown.length), h("ul", { class: "check-plain" }, items));
  }

  /** @param {string} kind @param {number} count @param {number} first @param {number} shown */
  pager(kind, count, first, shown) {
    const turn = (/** @type {number} */ by) => () => {
      const next = first + by * PAGE;
      if (next < 0 || next >= count) return;
      this.pages.set(kind, next);
      this.render();
    };
    const atEnd = first + shown >= count;
    return h(
      "div",
      { class: "row check-pager" },
      h("h3", { class: "grow" }, t("alike", { count })),
      h("span", { class: "small" }, t("pageOf", { from: first + 1, to: first + shown })),
      button("‹", turn(-1), { "aria-label": t("pageBack"), title: t("pageBack"), "aria-disabled": String(first === 0), "data-key": `back ${kind}` }),
      button("›", turn(1), { "aria-label": t("pageOn"), title: t("pageOn"), "aria-disabled": String(atEnd), "data-key": `on ${kind}` }),
    );
  }

  /** @param {SheetFault} fault @param {number} at @param {boolean} helped  Whether to show what to do: of some alike, once. */
  item(fault, at, helped) {
    const selected = fault === this.selected;
    const wrong = h("div", null);
    const actions = this.acts.remedies(fault, wrong, selected || helped);
    const key = keyOf(fault);
    actions.forEach((action, nth) => {
      action.dataset.key = `${nth} ${key}`;
    });
    const place = fault.cell ? [fault.cell.slice(fault.cell.lastIndexOf("!") + 1), this.acts.heading(fault)].filter(Boolean).join(" ") : placeOf(fault);
    const text = fault.text && !fault.message.includes(fault.text.trim()) && t("text", { text: fault.text });
    return h(
      "li",
      { class: `fault ${fault.severity} ${selected ? "selected" : ""}` },
      h(
        "button",
        { type: "button", class: "check-fault", "data-key": key, "data-at": at, "aria-current": selected ? "true" : undefined, onclick: () => this.choose(at, true) },
        h("span", { class: "fault-head" }, h("span", { class: "severity" }, severityName(fault.severity)), h("span", { class: "place" }, place)),
        h("span", { class: "fault-message" }, fault.message),
        text && h("span", { class: "fault-text" }, text),
      ),
      fault.help && (selected || helped) && h("p", { class: "fault-help" }, fault.help),
      actions.length > 0 && h("p", { class: "fault-actions" }, actions),
      wrong,
    );
  }
}

/** @param {SheetFault} fault */
function kindOf(fault) {
  return `${fault.severity} ${fault.code}`;
}

/** @param {SheetFault} fault */
function keyOf(fault) {
  return [fault.code, fault.cell || placeOf(fault), fault.message].join("\n");
}

/** Whether it is the one that was there before something was mended. @param {SheetFault} fault @param {SheetFault} before */
function sameFault(fault, before) {
  return fault.code === before.code && (fault.cell ? fault.cell === before.cell : keyOf(fault) === keyOf(before));
}
