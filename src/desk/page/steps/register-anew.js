/** Making one certificate anew: the facts as a form, both copies side by side, the reason, and the making. */
import { post } from "../lib/api.js";
import { whileBusy } from "../lib/busy.js";
import { button, fill, freshId, h } from "../lib/dom.js";
import { faultView, refusalView } from "../lib/faults.js";
import { patient } from "../lib/patient.js";
import { Compare, changeView } from "./register-compare.js";
import { draftOf, keepDraft } from "./register-drafts.js";
import { reasonField } from "./register-reason.js";
import { Work } from "./register-work.js";
import { AlsoField } from "./register-also.js";
import { t } from "./register-anew-words.js";

/** @typedef {{ fact: string, label: string, value: string, list: boolean, choices: string[] }} FormField */

export class Anew {
  /**
   * @param {string} folder
   * @param {import("./register-one.js").Certificate} certificate
   * @param {(after?: HTMLElement) => void} closed  It is not wanted any more, or made; then with what is to be told.
   */
  constructor(folder, certificate, closed) {
    this.folder = folder;
    this.certificate = certificate;
    this.draft = draftOf(folder, certificate.number);
    this.turn = 0;
    /** @type {{ id: number, changes: import("./register-compare.js").Change[], faults: import("../lib/api.js").Fault[] } | undefined} */
    this.proposal = undefined;
    this.line = h("p", { class: "quiet-text", role: "status" });
    this.wrong = h("div", null);
    this.noted = h("div", null);
    this.proposed = h("section", { class: "stack", hidden: true });
    this.rows = h("div", { class: "anew-rows" });
    this.lookButton = h("button", { type: "submit", class: "primary" }, t("look"));
    this.reason = reasonField(this.draft.reason, (reason) => {
      this.draft.reason = reason;
      this.keep();
    });
    this.also = new AlsoField(() => void this.look(true));
    this.work = new Work(true, (made) => {
      if (!made) {
        this.go.disabled = false;
        return;
      }
      keepDraft(folder, certificate.number, undefined);
      closed(this.work.said);
    });
    this.go = button(t("make"), () => void this.make(), { class: "primary" });
    this.heading = h("h2", { tabindex: "-1" }, t("anewTitle", { number: certificate.number }));
    this.form = h(
      "form",
      {
        class: "stack",
        noValidate: true,
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          void this.look();
        },
      },
      this.heading,
      h("p", null, t("anewWhat")),
      this.rows,
      h(
        "p",
        { class: "buttons" },
        this.lookButton,
        button(t("close"), () => {
          keepDraft(folder, certificate.number, undefined);
          closed();
        }),
        this.line,
      ),
    );
    this.view = h("section", { class: "card stack" }, this.form, this.wrong, this.proposed, this.work.view);
    this.fields();
    this.keep();
  }

  keep() {
    this.draft.open = true;
    keepDraft(this.folder, this.certificate.number, this.draft);
  }

  fields() {
    fill(
      this.rows,
      h(
        "div",
        { class: "anew-row head", "aria-hidden": "true" },
        h("span", null, t("field")),
        h("span", null, t("present")),
        h("span", null, t("becomes")),
      ),
      (this.certificate.form || []).map((field) => this.row(field)),
    );
  }

  /** @param {FormField} field */
  row(field) {
    const id = freshId("fact");
    const present = freshId("present");
    const typed = this.draft.values[field.fact];
    const mark = h("span", { class: "chip warn" }, t("changed"));
    const changed = () => {
      if (input.value === field.value) delete this.draft.values[field.fact];
      else this.draft.values[field.fact] = input.value;
      mark.hidden = input.value === field.value;
      this.keep();
      this.stale();
    };
    const input = inputFor(field, { id, "aria-describedby": present, oninput: changed });
    input.value = typed === undefined ? field.value : typed;
    mark.hidden = input.value === field.value;
    return h(
      "div",
      { class: "anew-row" },
      h("label", { for: id }, field.label, " ", mark),
      h(
        "span",
        { id: present, class: "present" },
        h("span", { class: "visually-hidden" }, t("present"), " "),
        field.value || t("nothingThere"),
        field.list && h("span", { class: "quiet-text small" }, ` ${t("listHelp")}`),
      ),
      input,
    );
  }

  /** What was proposed is no longer what stands in the form. */
  stale() {
    this.turn += 1;
    if (!this.proposal) return;
    this.proposal = undefined;
    this.proposed.hidden = true;
    this.line.textContent = t("typedOn");
  }

  /** Asks what the form's facts would change. @param {boolean} [again]  The facts are as they were, only what is made with them is not. */
  async look(again) {
    const { number } = this.certificate;
    const set = { ...this.draft.values };
    fill(this.wrong);
    if (Object.keys(set).length === 0) {
      this.line.textContent = t("nothingTyped");
      return;
    }
    this.line.textContent = "";
    this.turn += 1;
    const mine = this.turn;
    const former = this.proposal;
    this.proposal = undefined;
    this.go.disabled = true;
    this.lookButton.disabled = true;
    try {
      const asked = patient(() => post("/api/reissue/propose", { number, set, also: this.also.chosen() }));
      const proposal = await whileBusy({ region: this.view, line: this.line, words: t("looking") }, asked);
      if (mine === this.turn) this.propose(proposal, again);
    } catch (error) {
      if (mine !== this.turn) return;
      if (again && former) {
        this.also.clear();
        this.propose(former, true);
        fill(this.noted, h("p", null, t("notWith")), refusalView(error));
        return;
      }
      this.proposed.hidden = true;
      fill(this.wrong, refusalView(error));
    } finally {
      this.lookButton.disabled = false;
    }
  }

  /** @param {any} proposal @param {boolean} [again] */
  propose(proposal, again) {
    const { number, copies } = this.certificate;
    this.proposal = proposal;
    this.go.disabled = false;
    fill(
      this.noted,
      proposal.faults.map((/** @type {any} */ fault) => faultView(fault)),
    );
    if (again) return;
    if (this.compare) this.compare.clear();
    this.compare = new Compare(copies[0].revision);
    const heading = h("h2", { tabindex: "-1" }, t("whatChanges"));
    const changes = proposal.changes.filter((/** @type {any} */ change) => change.number === number);
    const isPrinted = changes.some((/** @type {any} */ change) => change.printed);
    this.go.textContent = t(isPrinted ? "make" : "record");
    this.also.offer(proposal.faults, this.certificate.others);
    fill(
      this.proposed,
      heading,
      changes.map(changeView),
      this.compare.view,
      this.noted,
      this.also.view,
      this.reason.view,
      h("p", null, t(isPrinted ? "madeThen" : "recordThen")),
      h("p", { class: "buttons" }, this.go),
    );
    this.proposed.hidden = false;
    this.compare.show(number, proposal.id);
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  }

  async make() {
    if (!this.proposal || !this.reason.complete()) return;
    this.go.disabled = true;
    fill(this.wrong);
    try {
      await this.work.begin(this.proposal.id, this.draft.reason.trim(), [this.certificate.number]);
    } catch (error) {
      this.go.disabled = false;
      fill(this.wrong, refusalView(error));
    }
  }

  left() {
    this.turn += 1;
    if (this.compare) this.compare.clear();
  }
}

/** A choice where the contest says what there is, else any text. @param {FormField} field @param {Record<string, any>} properties */
function inputFor(field, properties) {
  const { choices } = field;
  if (choices.length === 0) return h("input", { type: "text", autocomplete: "off", spellcheck: false, ...properties });
  const all = choices.includes(field.value) ? choices : [field.value, ...choices];
  return h(
    "select",
    properties,
    all.map((choice) => h("option", { value: choice }, choice)),
  );
}
