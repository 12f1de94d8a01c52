/** What stands above the forms: what is wrong, what was written, and why nothing can be changed now. */
import { button, fill, h } from "../lib/dom.js";
import { faultView, refusalView } from "../lib/faults.js";
import { t } from "./contest-words.js";

/**
 * @typedef {import("./form-fields.js").Path} Path
 * @typedef {import("./contest-tree.js").Form} Form
 * @typedef {import("./contest-tree.js").Place} Place
 */

/** So many places are named where somebody else has changed the file. */
const NAMED = 3;

export class ContestStatus {
  /** @param {{ next: () => void, undo: () => void, look: () => void, go: (path: Path) => void, again: () => void, discard: () => void }} told */
  constructor(told) {
    this.told = told;
    this.status = h("span", { role: "status" });
    this.back = button("", told.undo, { class: "quiet", hidden: true });
    this.next = button(t("next"), told.next, { class: "primary", hidden: true });
    this.said = h("span", { class: "row" });
    this.lock = h("div", { role: "status" });
    this.wrong = h("div", null);
    this.faults = h("div", { class: "contest-faults" });
    /** Stays in view. */
    this.bar = h("div", { class: "row between contest-bar" }, h("p", { class: "row" }, this.said, this.next), h("p", { class: "row small contest-saved" }, this.status, this.back));
    this.element = h("div", { class: "contest-status" }, this.lock, this.wrong, this.faults);
  }

  /** How many faults there are, and those that stand at no field. @param {Form | undefined} form @param {Place[]} wrong @param {boolean} locked */
  count(form, wrong, locked) {
    const faults = form ? form.faults : [];
    const errors = wrong.reduce((sum, place) => sum + place.faults.length, faults.length);
    const undecided = wrong.filter((place) => place.faults.some((fault) => fault.code === "undecided")).length;
    fill(
      this.said,
      errors > undecided && h("span", { class: "chip bad" }, t("wrong", { count: errors - undecided })),
      undecided > 0 && h("span", { class: "chip bad" }, t("undecided", { count: undecided })),
      locked && h("span", { class: "chip warn" }, t("locked")),
      form && errors === 0 && !locked && [h("span", { class: "chip good" }, t("sound")), h("a", { class: "button", href: "#/sheet" }, t("toSheet"))],
    );
    this.next.hidden = wrong.length === 0;
    fill(this.faults, faults.map((fault) => faultView(fault)));
  }

  /** Why nothing can be changed now. @param {boolean} making @param {any} unreadable */
  locked(making, unreadable) {
    fill(
      this.lock,
      making && faultView({ severity: "info", code: "making", message: t("making"), help: t("makingHelp"), cell: null, file: null, line: null }),
      unreadable && [refusalView(unreadable), h("p", { class: "row contest-unsaved" }, t("unreadable"), button(t("look"), this.told.look))],
    );
    this.back.disabled = making || Boolean(unreadable);
  }

  saving() {
    this.status.textContent = t("saving");
  }

  silent() {
    this.status.textContent = "";
  }

  /** What was written: something, or something taken back. @param {string | undefined} undone */
  saved(undone) {
    this.status.textContent = undone ? t("undone", { name: undone }) : t("saved");
  }

  /** What somebody else has changed. @param {Place[]} others */
  changed(others) {
    const names = others.slice(0, NAMED).map((place) => button(place.trail.join(" › "), () => this.told.go(place.path), { class: "quiet contest-link" }));
    fill(this.status, t("changedElsewhere", { count: others.length }), names, others.length > NAMED && t("andMore"));
  }

  /** What can be undone; nothing for undefined. @param {string | undefined} name */
  undoable(name) {
    this.back.hidden = name === undefined;
    this.back.textContent = t("undoOf", { name: name || "" });
    this.back.title = name || "";
  }

  /** Says that something typed is not in the file yet, and what can be done. @param {Node} [why] */
  unsaved(why) {
    const { again, discard } = this.told;
    fill(
      this.wrong,
      why,
      h("p", { class: "row contest-unsaved", role: why ? undefined : "alert" }, t("unsaved"), button(t("again"), again), button(t("discard"), discard, { class: "quiet" })),
    );
  }
}
