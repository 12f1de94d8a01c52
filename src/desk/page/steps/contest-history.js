/** What the file will say once all that is on its way is there, and how each change is taken back. */
import { apply, differing, fileOf, inverse } from "./contest-tree.js";

/**
 * @typedef {import("./form-fields.js").Change} Change
 * @typedef {import("./contest-tree.js").Form} Form
 * @typedef {{ name: string, changes: Change[] }} Deed
 */

export class History {
  constructor() {
    /** The file as it is expected; nothing before the first form. @type {any} */
    this.file = undefined;
    /** What takes changes back, the last one last. @type {Deed[]} */
    this.deeds = [];
    /** The same as it was when the program answered last. @type {Deed[]} */
    this.safe = [];
    /** Changes that are not answered yet. @type {Change[]} */
    this.pending = [];
  }

  /** What the last change is called; undefined if none can be undone. */
  get last() {
    const deed = this.deeds[this.deeds.length - 1];
    return deed && deed.name;
  }

  /** A change that can be undone later. @param {Change} change @param {string} name */
  make(change, name) {
    this.deeds.push({ name, changes: inverse(this.file, change) });
    this.send(change);
  }

  /** @param {Change} change */
  send(change) {
    apply(this.file, change);
    this.pending.push(change);
  }

  /** The form is there anew; the answer is what somebody else has changed. @param {Form} form */
  answered(form) {
    const others = this.file === undefined ? [] : differing(this.file, form);
    // What was undone now would undo theirs, too.
    if (others.length > 0) this.deeds = [];
    this.safe = [...this.deeds];
    this.pending = [];
    this.file = fileOf(form);
    return others;
  }

  /** What is on its way will not be done; the answer is what that was. @param {Form | undefined} form */
  refused(form) {
    const failed = this.pending;
    this.pending = [];
    this.deeds = [...this.safe];
    this.file = form && fileOf(form);
    return failed;
  }
}
