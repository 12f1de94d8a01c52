/** The settings of one kind of document, beside its page. */
import { fill, freshId, h } from "../lib/dom.js";
import { Refusal, send } from "../lib/api.js";
import { refusalView } from "../lib/faults.js";
import { FormFields } from "./form-fields.js";
import { FormSaving } from "./form-saving.js";
import { faultsAt } from "./form-value.js";
import { t } from "./pages-words.js";

/**
 * @typedef {import("./form-fields.js").FormField} FormField
 */

/** What of a kind is set here: how it looks and what it says. The rest of it is set in step 大赛. */
const SHOWN = ["facts", "words", "columns"];

export class Settings {
  /** @param {(version: number) => void} saved  Something was changed: the pages are others now, of this version of the folder. */
  constructor(saved) {
    this.saved = saved;
    this.fields = new FormFields();
    this.title = h("h2", null);
    this.wrong = h("div", null);
    this.busyLine = h("p", { class: "small quiet-text", role: "status" });
    this.around = h("div", null);
    this.rest = h("div", null);
    this.making = h("p", { class: "small", role: "status" });
    this.locked = h("fieldset", { class: "plain", "aria-label": t("settings") }, this.around, this.fields.element, this.rest);
    this.element = h(
      "section",
      { class: "pages-settings card", id: freshId("settings"), "aria-label": t("settings") },
      this.title,
      h("p", { class: "small quiet-text" }, t("settingsAbout")),
      this.busyLine,
      this.wrong,
      this.making,
      this.locked,
    );
    /** Whether the last change was refused. */
    this.failed = false;
    this.saving = new FormSaving({
      form: (form) => this.arrived(form),
      refused: (error) => this.refused(error),
      busy: (busy) => this.waits(busy),
    });
    this.fields.element.addEventListener("fieldchange", (/** @type {Event} */ event) => {
      this.changing = true;
      this.saving.change(/** @type {CustomEvent} */ (event).detail);
    });
    /** Where the kind stands in contest.toml. */
    this.index = -1;
    /** Whether what is on its way was changed here. */
    this.changing = false;
    void this.saving.look();
  }

  /** Whether there is anything to be set. */
  get shown() {
    return this.form !== undefined;
  }

  get busy() {
    return this.saving.busy;
  }

  /** @param {string} kind @param {number} index */
  show(kind, index) {
    if (index === this.index) return;
    // What was typed for the other kind goes into the file before its fields go.
    this.fields.commit();
    this.index = index;
    this.title.textContent = t("settingsOf", { kind });
    this.draw();
  }

  /** The folder has changed, perhaps the file. @param {number} version */
  changed(version) {
    if (!this.form || this.form.version !== version) void this.saving.look();
  }

  /** While something is made the file stays as it is. @param {boolean} made */
  lock(made) {
    this.locked.disabled = made;
    this.making.textContent = made ? t("locked") : "";
  }

  /** What is typed goes into the file on the way out; what was refused before is not tried again unasked. */
  mayLeave() {
    if (!this.failed) this.fields.commit();
    return !this.fields.unsaved || window.confirm(t("unsaved"));
  }

  end() {
    this.saving.leave();
  }

  /** @param {any} form */
  arrived(form) {
    fill(this.wrong);
    this.failed = false;
    this.form = form;
    if (this.changing) {
      this.changing = false;
      this.saved(form.version);
    }
    this.draw();
  }

  /** @param {any} error */
  refused(error) {
    this.changing = false;
    this.failed = true;
    fill(this.wrong, refusalView(error));
    this.fields.refused();
  }

  /** @param {boolean} busy */
  waits(busy) {
    clearTimeout(this.patience);
    if (busy) this.patience = window.setTimeout(() => (this.busyLine.textContent = t("saving")), 200);
    else this.busyLine.textContent = "";
  }

  draw() {
    if (!this.form || this.index < 0) return;
    const fields = settingsOf(this.form, this.index);
    this.fields.update(fields);
    const logo = fields.find((field) => field.path[field.path.length - 1] === "logo");
    // What is wrong with the kind and stands at none of these.
    const entry = entryOf(this.form, this.index);
    const facts = entry && entry.fields.find((/** @type {FormField} */ field) => field.path[2] === "facts");
    fill(this.around, faultsAt([...((entry && entry.faults) || []), ...((facts && facts.faults) || []), ...this.form.faults]));
    fill(this.rest, fields.length === 0 && h("p", { class: "quiet-text" }, t("noSettings")));
    this.picture(logo);
  }

  /** A picture can be chosen where its name is asked for. @param {FormField | undefined} logo */
  picture(logo) {
    if (this.chooser) this.chooser.remove();
    this.chooser = undefined;
    if (!logo) return;
    const input = h("input", { type: "file", accept: ".png,.jpg,.jpeg,.svg", hidden: true });
    const choose = h("button", { type: "button", onclick: () => input.click() }, t("upload"));
    input.addEventListener("change", async () => {
      const file = input.files[0];
      input.value = "";
      if (!file) return;
      choose.disabled = true;
      try {
        const { name } = await send("/api/picture", file, { name: file.name });
        this.changing = true;
        this.saving.change({ path: logo.path, act: { set: name } });
      } catch (error) {
        fill(this.wrong, refusalView(error));
        if (!(error instanceof Refusal)) throw error;
      } finally {
        choose.disabled = false;
      }
    });
    const view = this.fields.viewOf(logo.path);
    this.chooser = h("p", { class: "field-extra" }, choose, h("span", { class: "small quiet-text" }, t("uploadAbout")), input);
    if (view) view.element.append(this.chooser);
  }
}

/** A kind of document in the form. @param {any} form @param {number} index @returns {import("./form-fields.js").FormEntry | undefined} */
function entryOf(form, index) {
  /** @type {FormField[]} */
  const fields = form.sections.flatMap((/** @type {any} */ section) => section.fields);
  const kinds = fields.find((field) => field.path.length === 1 && field.path[0] === "documents");
  return kinds && kinds.entries && kinds.entries[index];
}

/** The fields of one kind that say how it looks and what it says. @param {any} form @param {number} index @returns {FormField[]} */
function settingsOf(form, index) {
  const entry = entryOf(form, index);
  const fields = entry ? entry.fields : [];
  // Most kinds have no list; of those that have, the file says its columns.
  const shown = fields.filter((field) => SHOWN.includes(String(field.path[2])) && (field.kind !== "columns" || field.value));
  // The facts lie open; who looks for the design need not look for its group.
  return shown.flatMap((field) => (field.path[2] === "facts" ? field.fields || [] : [field]));
}
