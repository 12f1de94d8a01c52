/** Changes of a form on their way into the file: one call at a time, in their order, none lost. */
import { get, post } from "../lib/api.js";

/** @typedef {import("./form-fields.js").Change} Change */

/**
 * Posts what `fieldchange` tells, and gives the form as it is then. What is changed while a call runs goes together with the next,
 * and the form is given only when nothing is on its way any more: it would take back what was chosen meanwhile.
 */
export class FormSaving {
  /**
   * @param {object} told
   * @param {(form: any) => void} told.form  The form is there anew; the fields are to be updated.
   * @param {(error: any) => void} told.refused  The changes were not made; the fields' `refused()` is to be called.
   * @param {(busy: boolean) => void} [told.busy]
   */
  constructor(told) {
    this.told = told;
    /** @type {Change[]} */
    this.waiting = [];
    this.running = false;
    /** Counts what was asked, so that an answer that comes late is dropped. */
    this.asked = 0;
  }

  /** Whether anything is on its way. */
  get busy() {
    return this.running || this.waiting.length > 0;
  }

  /** @param {Change} change */
  change(change) {
    this.waiting.push(change);
    this.asked += 1;
    if (!this.running) void this.send();
  }

  /** Looks at the file again, as when somebody else has changed it. */
  async look() {
    if (this.busy) return;
    this.asked += 1;
    const asked = this.asked;
    try {
      const form = await get("/api/form");
      if (asked === this.asked) this.told.form(form);
    } catch (error) {
      if (asked === this.asked) this.told.refused(error);
    }
  }

  /** Nobody waits for any of it now; what is on its way is written all the same. */
  leave() {
    this.told = { form() {}, refused() {} };
  }

  async send() {
    this.running = true;
    if (this.told.busy) this.told.busy(true);
    /** @type {any} */
    let form;
    /** @type {any} */
    let wrong;
    while (this.waiting.length > 0) {
      const changes = this.waiting.splice(0);
      try {
        form = await post("/api/form", { changes });
        wrong = undefined;
      } catch (error) {
        wrong = error;
        break;
      }
    }
    this.running = false;
    this.waiting = [];
    if (this.told.busy) this.told.busy(false);
    if (wrong) this.told.refused(wrong);
    else this.told.form(form);
  }
}
