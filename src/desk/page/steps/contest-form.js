/** The facts of the contest that is open, as forms: written at once, shown as the file has them. */
import { fill, h } from "../lib/dom.js";
import { ask } from "../lib/dialog.js";
import { refusalView } from "../lib/faults.js";
import { ContestNav } from "./contest-nav.js";
import { Extras } from "./contest-extras.js";
import { Parts } from "./contest-parts.js";
import { Search } from "./contest-search.js";
import { ContestStatus } from "./contest-status.js";
import { History } from "./contest-history.js";
import { nameOf, places } from "./contest-tree.js";
import { FormSaving } from "./form-saving.js";
import { t } from "./contest-words.js";

/**
 * @typedef {import("./form-fields.js").Change} Change
 * @typedef {import("./form-fields.js").Path} Path
 * @typedef {import("./contest-tree.js").Form} Form
 * @typedef {import("./contest-tree.js").Place} Place
 */

/** What is told as “on its way” once it takes so long, in milliseconds. */
const PATIENCE = 200;

export class ContestForm {
  /** @param {import("../lib/app.js").App} app @param {string} section  Where to begin. */
  constructor(app, section) {
    this.app = app;
    this.section = section;
    /** @type {Form | undefined} */
    this.form = undefined;
    this.history = new History();
    /** Why the file cannot be read now. @type {any} */
    this.unreadable = undefined;
    this.alive = true;
    /** Who waits for all to be written. @type {((value?: any) => void)[]} */
    this.waiting = [];
    /** The sections that were looked at. @type {Map<string, Parts>} */
    this.views = new Map();
    /** The fault that was gone to last. @type {string | undefined} */
    this.last = undefined;
    this.status = new ContestStatus({
      next: () => this.next(),
      undo: () => this.undo(),
      look: () => void this.saving.look(),
      go: (path) => this.go(path),
      again: () => this.again(),
      discard: () => this.discard(),
    });
    this.search = new Search((path) => this.go(path), () => this.draw());
    this.nav = new ContestNav(this.search.field, (section) => this.show(section), (path) => this.go(path));
    this.title = h("h2", { tabindex: "-1" }, t("title"));
    this.place = h("div", null);
    this.extras = new Extras((change) => this.make(change));
    this.content = h("section", { class: "card contest-content", "aria-label": t("facts") }, this.title, this.place, this.search.results);
    this.element = h("div", { class: "contest-form" }, this.status.bar, this.status.element, h("div", { class: "contest-body" }, this.nav.element, this.content));
    this.element.addEventListener("fieldchange", (/** @type {CustomEvent} */ event) => this.told(event));
    this.element.addEventListener("partopened", () => this.dress());
    this.saving = new FormSaving({ form: (form) => this.arrived(form), refused: (error) => this.refused(error), busy: (busy) => this.waits(busy) });
    void this.saving.look();
  }

  /** A field was changed. @param {CustomEvent} event */
  told(event) {
    if (!this.alive) return;
    /** @type {Change} */
    const change = event.detail;
    const { target } = event;
    const asked = target instanceof Element && target.classList.contains("contest-list");
    if (change.act === "remove" && typeof change.path[change.path.length - 1] === "number" && !asked) {
      void ask({ title: t("removeTitle", { name: this.nameOf(change.path) }), body: [t("removeBody")], go: t("remove"), danger: true, act: async () => this.make(change) });
    } else this.make(change);
  }

  /** @param {Change} change */
  make(change) {
    this.history.make(change, this.deedOf(change));
    this.saving.change(change);
  }

  undo() {
    for (const view of this.all()) view.commit();
    const last = this.history.deeds.pop();
    if (!last) return;
    for (const change of last.changes) {
      this.history.send(change);
      this.saving.change(change);
    }
    this.undone = last.name;
    // The button may go.
    this.title.focus({ preventScroll: true });
  }

  /** What a change is called. @param {Change} change */
  deedOf({ path, act }) {
    const name = this.nameOf(path);
    if (act === "remove") return typeof path[path.length - 1] === "number" ? t("deedRemove", { name }) : name;
    return "add" in act ? t("deedAdd", { name }) : "move" in act ? t("deedMove", { name }) : name;
  }

  /** @param {Path} path */
  nameOf(path) {
    return this.form ? nameOf(this.form, path) : path.join(".");
  }

  /** Whatever holds fields. */
  all() {
    /** @type {(Parts | Search)[]} */
    return [...this.views.values(), this.search];
  }

  get unsaved() {
    return this.all().some((view) => view.unsaved);
  }

  /** The file as it is now. @param {Form} form */
  arrived(form) {
    const made = this.history.pending.length > 0;
    const others = this.history.answered(form);
    this.unreadable = undefined;
    this.form = form;
    if (!this.unsaved) {
      fill(this.status.wrong);
      this.extras.clear();
    }
    if (others.length > 0) this.status.changed(others);
    else if (made) this.status.saved(this.undone);
    if (made) this.undone = undefined;
    this.status.undoable(this.history.last);
    this.draw();
    this.mark(others);
  }

  /** Shows which fields somebody else has changed. @param {Place[]} others */
  mark(others) {
    for (const element of this.element.querySelectorAll(".contest-other")) element.classList.remove("contest-other");
    for (const { path } of others) {
      const view = this.viewOf(path);
      if (view) view.element.classList.add("contest-other");
    }
  }

  /** It was not written, or cannot be read. @param {any} error */
  refused(error) {
    if (this.history.pending.length === 0) {
      this.unreadable = error;
      // Why is said once.
      if (this.unsaved) this.status.unsaved();
      this.draw();
      return;
    }
    const failed = this.history.refused(this.form);
    for (const view of this.all()) view.refused();
    this.extras.refused(failed, error, (path) => this.viewOf(path));
    this.status.silent();
    this.status.undoable(this.history.last);
    this.status.unsaved(refusalView(error));
    // The file itself may be what stands in the way.
    void this.saving.look();
  }

  again() {
    for (const view of this.all()) view.commit();
    this.title.focus();
  }

  /** The fields anew, as the file has them. */
  discard() {
    this.alive = false;
    this.views.clear();
    this.search.forget();
    fill(this.place);
    this.alive = true;
    fill(this.status.wrong);
    this.extras.forget();
    this.draw();
    this.title.focus();
  }

  /** @param {boolean} busy */
  waits(busy) {
    clearTimeout(this.patience);
    if (busy) {
      this.patience = window.setTimeout(() => {
        this.status.saving();
        this.content.setAttribute("aria-busy", "true");
      }, PATIENCE);
      return;
    }
    this.content.removeAttribute("aria-busy");
    // The fields hear first what became of it.
    const waiting = this.waiting.splice(0);
    if (waiting.length > 0) setTimeout(() => waiting.forEach((answered) => answered()));
  }

  /** @param {Path} path */
  viewOf(path) {
    const { searching } = this.search;
    const parts = this.views.get(this.section);
    return searching ? this.search.viewOf(path) : parts && parts.viewOf(path);
  }

  /** @param {string} section */
  show(section) {
    for (const view of this.all()) view.commit();
    this.search.forget();
    this.section = section;
    history.replaceState(null, "", `#/contest/${section}`);
    this.draw();
    this.title.focus({ preventScroll: true });
    const around = this.element.closest("main");
    if (around) around.scrollTop = Math.min(around.scrollTop, this.element.offsetTop);
  }

  /** Goes to a field, wherever it is. @param {Path} path */
  go(path) {
    const place = this.form && places(this.form).find((one) => JSON.stringify(one.path) === JSON.stringify(path));
    if (!place) return;
    if (place.section !== this.section || this.search.searching) this.show(place.section);
    const parts = this.views.get(this.section);
    if (parts) parts.focus(path);
  }

  /** The next thing that is wrong, after the one gone to last. */
  next() {
    const all = this.form ? places(this.form) : [];
    const last = all.findIndex((place) => JSON.stringify(place.path) === this.last);
    const wrong = (/** @type {Place} */ place) => place.faults.length > 0;
    const place = all.slice(last + 1).find(wrong) || all.find(wrong);
    if (!place) return;
    this.last = JSON.stringify(place.path);
    this.go(place.path);
  }

  wrongs() {
    return this.form ? places(this.form).filter((place) => place.faults.length > 0) : [];
  }

  draw() {
    const { form } = this;
    this.head();
    if (!form) return;
    if (!form.sections.some((one) => one.name === this.section)) this.section = form.sections[0].name;
    this.nav.update(form, this.section, this.search.searching);
    for (const section of form.sections) {
      if (section.name === this.section && !this.views.has(section.name)) this.views.set(section.name, new Parts());
      const parts = this.views.get(section.name);
      if (parts) parts.update(section.fields);
      if (parts && section.name === this.section) {
        this.title.textContent = this.search.searching ? t("searchTitle") : section.label;
        this.place.hidden = this.search.searching;
        if (this.place.firstChild !== parts.element) fill(this.place, parts.element);
      }
    }
    this.search.update(form);
    this.dress();
  }

  /** What stands above: how many faults, those of no field, and why nothing can be changed now. */
  head() {
    const { form } = this;
    const state = /** @type {import("../lib/app.js").State} */ (this.app.state);
    const making = state.making.running !== null && state.making.running !== undefined;
    this.locked = making || this.unreadable !== undefined;
    this.status.locked(making, this.unreadable);
    this.status.count(form, this.wrongs(), Boolean(this.locked));
  }

  /** What fields have beside them here, and whether they can be changed. */
  dress() {
    if (this.form) this.extras.update(places(this.form), (path) => this.viewOf(path));
    for (const element of this.element.querySelectorAll("fieldset.contest-lock")) /** @type {HTMLFieldSetElement} */ (element).disabled = Boolean(this.locked);
  }

  /** The folder has changed. */
  changed() {
    const was = this.locked;
    this.draw();
    // What could not be written while something was made can be now.
    if (was && !this.locked && this.unsaved) for (const view of this.all()) view.commit();
    void this.saving.look();
  }

  /** Whether all that was typed is in the file, once it is known. @returns {Promise<boolean>} */
  async settled() {
    for (const view of this.all()) view.commit();
    if (this.saving.busy) await new Promise((answered) => this.waiting.push(answered));
    if (!this.unsaved) return true;
    // Why stands there already where it was refused.
    if (!this.status.wrong.firstChild) this.status.unsaved();
    this.status.wrong.scrollIntoView({ block: "center" });
    return false;
  }

  /** Who wanted to go on before all was written goes on then. */
  mayLeave() {
    for (const view of this.all()) view.commit();
    if (!this.unsaved && !this.saving.busy) return true;
    const wanted = location.hash;
    void this.settled().then((settled) => {
      if (settled && this.alive) location.hash = wanted;
    });
    return false;
  }

  end() {
    this.alive = false;
    this.saving.leave();
  }
}
