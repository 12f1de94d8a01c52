/**
 * What was typed and is not saved yet, cell by cell.
 *
 * A cell may be changed again before the first change is saved; the latest text shows throughout.
 */
export class Drafts {
  constructor() {
    /** @type {Map<number, {saved: string, typed: string[]}>} */
    this.waiting = new Map();
  }

  /** @param {number} key */
  has(key) {
    return this.waiting.has(key);
  }

  /** @param {number} key @param {string} was @param {string} now */
  add(key, was, now) {
    const draft = this.waiting.get(key);
    if (draft) draft.typed.push(now);
    else this.waiting.set(key, { saved: was, typed: [now] });
  }

  /**
   * The server tells a cell's text. Returns the text to show: the server's,
   * or what was typed later and still waits.
   *
   * @param {number} key
   * @param {string} text
   */
  confirm(key, text) {
    const draft = this.waiting.get(key);
    if (!draft) return text;
    // A text that is none of those typed (tidied by the server, say) answers the oldest.
    const answered = Math.max(draft.typed.indexOf(text), 0);
    draft.typed.splice(0, answered + 1);
    draft.saved = text;
    return this.shown(key, draft);
  }

  /**
   * The server refuses a text. Returns the text to show.
   *
   * @param {number} key
   * @param {string} now  The text that was refused.
   * @param {string} was  What to show if the grid knows of no such draft.
   */
  refuse(key, now, was) {
    const draft = this.waiting.get(key);
    if (!draft) return was;
    const refused = draft.typed.indexOf(now);
    if (refused >= 0) draft.typed.splice(refused, 1);
    return this.shown(key, draft);
  }

  /** @param {number} key @param {{saved: string, typed: string[]}} draft */
  shown(key, draft) {
    if (draft.typed.length > 0) return draft.typed[draft.typed.length - 1];
    this.waiting.delete(key);
    return draft.saved;
  }
}
