/** What was found, clause by clause: what fails first. */
import { fill, freshId, h } from "../lib/dom.js";
import { t } from "./inspect-words.js";

/** @typedef {import("./inspect.js").Finding} Finding */

const LOOKS = /** @type {const} */ ({ fail: ["bad", "✕"], person: ["warn", "?"], pass: ["good", "✓"] });
const ORDER = { fail: 0, person: 1, pass: 2 };

export class Table {
  /** @param {Finding[]} findings @param {(finding: Finding) => void} chosen @param {boolean} onlyFailed */
  constructor(findings, chosen, onlyFailed) {
    // What is alike stays in the standard's order.
    this.findings = findings.slice().sort((one, other) => ORDER[one.verdict] - ORDER[other.verdict]);
    this.chosen = chosen;
    /** @type {Map<Finding, { row: HTMLElement, button: HTMLElement }>} */
    this.rows = new Map();
    const id = freshId("only");
    this.only = h("input", { id, type: "checkbox", checked: onlyFailed, onchange: () => this.draw() });
    this.filter = h("label", { class: "tick", for: id }, this.only, " ", t("onlyFailed"));
    this.body = h("tbody", { onkeydown: (/** @type {KeyboardEvent} */ event) => this.step(event) });
    this.none = h("p", { hidden: true }, t("nothing"));
    this.view = h(
      "div",
      null,
      h(
        "table",
        { class: "list inspect-table" },
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            /** @type {const} */ (["verdict", "clause", "element", "rule", "measured"]).map((name) => h("th", { scope: "col" }, t(name))),
          ),
        ),
        this.body,
      ),
      this.none,
    );
    this.draw();
  }

  draw() {
    const shown = this.findings.filter((finding) => !this.only.checked || finding.verdict === "fail");
    this.none.hidden = shown.length > 0;
    fill(
      this.body,
      shown.map((finding) => this.row(finding)),
    );
    if (this.marked) this.mark(this.marked);
  }

  /** @param {Finding} finding */
  row(finding) {
    const [look, sign] = LOOKS[finding.verdict];
    const choose = h("button", { type: "button", class: "rule", "aria-pressed": "false" }, finding.rule);
    const row = h(
      "tr",
      { onclick: () => this.chosen(finding) },
      h("td", null, h("span", { class: `chip ${look}` }, `${sign} ${finding.verdict_label}`)),
      h("td", null, finding.clause),
      h("td", null, finding.element),
      h("td", null, choose),
      h("td", null, finding.measured),
    );
    this.rows.set(finding, { row, button: choose });
    return row;
  }

  /** @param {Finding} finding */
  mark(finding) {
    const before = this.marked && this.rows.get(this.marked);
    if (before) {
      before.row.classList.remove("chosen");
      before.button.setAttribute("aria-pressed", "false");
    }
    this.marked = finding;
    const now = this.rows.get(finding);
    if (!now) return;
    now.row.classList.add("chosen");
    now.button.setAttribute("aria-pressed", "true");
  }

  /** Up and down go from line to line, as in a list. @param {KeyboardEvent} event */
  step(event) {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = /** @type {HTMLElement[]} */ ([...this.body.querySelectorAll(".rule")]);
    const next = all[all.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.click();
  }

  /** Brings a line into view. @param {Finding} finding */
  reach(finding) {
    const line = this.rows.get(finding);
    if (line) line.row.scrollIntoView({ block: "nearest" });
  }
}
