/** A list, such as the awards or the kinds of document: its entries are added, removed, put in order. */
import { ask } from "../lib/dialog.js";
import { button, fill, freshId, h } from "../lib/dom.js";
import { entryName, errorsIn } from "./contest-tree.js";
import { Parts } from "./contest-parts.js";
import { beginsWith, faultsAt, samePath, tell } from "./form-value.js";
import { t } from "./contest-words.js";

/**
 * @typedef {import("./form-fields.js").FormField} FormField
 * @typedef {import("./form-fields.js").FormEntry} FormEntry
 * @typedef {import("./form-fields.js").Path} Path
 */

/** An entry of so few fields lies open in one line. */
const FEW = 2;

export class ContestList {
  /** @param {FormField} field */
  constructor(field) {
    this.field = field;
    this.head = h("h3", { tabindex: "-1" });
    this.meaning = h("p", { class: "small quiet-text" });
    this.faults = h("div", null);
    this.rows = h("ol", { class: "contest-entries" });
    /** @type {Entry[]} */
    this.entries = [];
    /** What comes into view when the form is there anew. @type {{ index: number, at: "in" | "up" | "down" } | undefined} */
    this.wanted = undefined;
    this.add = button("", () => this.append({}));
    this.element = h("section", { class: "contest-list" }, this.head, this.meaning, this.faults, this.rows, h("fieldset", { class: "contest-lock" }, h("p", { class: "buttons" }, this.add)));
  }

  get unsaved() {
    return this.entries.some((entry) => entry.fields.unsaved);
  }

  /** @param {FormField} field @param {boolean} alone  Whether it is all that its section has. */
  update(field, alone) {
    this.field = field;
    const given = field.entries || [];
    const compact = given.length > 0 && given[0].fields.length <= FEW;
    this.rows.classList.toggle("compact", compact);
    this.head.className = alone ? "visually-hidden" : "";
    this.head.textContent = field.label;
    this.meaning.textContent = field.meaning || "";
    this.meaning.hidden = !field.meaning;
    this.add.textContent = t("addTo", { list: field.label });
    fill(this.faults, faultsAt(field.faults || []));
    while (this.entries.length > given.length) {
      const entry = this.entries.pop();
      if (entry) entry.element.remove();
    }
    given.forEach((one, index) => {
      if (!this.entries[index]) {
        this.entries[index] = new Entry(this, index);
        this.rows.append(this.entries[index].element);
      }
      this.entries[index].update(one, given.length, compact);
    });
    this.bring();
  }

  /** Once a change of the list is there, the keyboard goes on at what was changed. */
  bring() {
    const { wanted } = this;
    if (!wanted) return;
    this.wanted = undefined;
    const entry = this.entries[Math.min(wanted.index, this.entries.length - 1)];
    if (!entry) this.head.focus();
    else if (wanted.at === "in") entry.enter();
    else entry.act(wanted.at);
  }

  /** What was typed and cannot be sent would come to stand in another entry. */
  settled() {
    for (const entry of this.entries) entry.fields.commit();
    const open = this.entries.find((entry) => entry.fields.unsaved);
    if (open) open.enter();
    return !open;
  }

  /** @param {any} item */
  append(item) {
    if (!this.settled()) return;
    this.wanted = { index: this.entries.length, at: "in" };
    tell(this.element, { path: this.field.path, act: { add: item } });
  }

  /** The same again, to be changed. @param {number} index */
  copy(index) {
    const item = JSON.parse(JSON.stringify(this.field.value[index]));
    if (typeof item.name === "string") item.name = t("copyOf", { name: item.name });
    this.append(item);
  }

  /** @param {number} index @param {number} to */
  move(index, to) {
    if (!this.settled()) return;
    const { open } = this.entries[index];
    this.entries[index].open = this.entries[to].open;
    this.entries[to].open = open;
    this.wanted = { index: to, at: to < index ? "up" : "down" };
    tell(this.element, { path: this.field.path, act: { move: { from: index, to } } });
  }

  /** @param {number} index */
  remove(index) {
    if (!this.settled()) return;
    const [entry] = (this.field.entries || []).slice(index);
    void ask({
      title: t("removeTitle", { name: entryName(entry) }),
      body: [t("removeBody")],
      go: t("remove"),
      danger: true,
      act: async () => {
        for (let place = index; place + 1 < this.entries.length; place += 1) this.entries[place].open = this.entries[place + 1].open;
        this.wanted = { index, at: "down" };
        tell(this.element, { path: [...this.field.path, index], act: "remove" });
      },
    });
  }

  /** It was not done. */
  refused() {
    this.wanted = undefined;
    for (const entry of this.entries) entry.fields.refused();
  }

  commit() {
    for (const entry of this.entries) entry.fields.commit();
  }

  /** @param {Path} path @returns {import("./form-fields.js").FieldView | undefined} */
  viewOf(path) {
    return this.entries.map((entry) => entry.fields.viewOf(path)).find((view) => view !== undefined);
  }

  /** @param {Path} path */
  focus(path) {
    if (!beginsWith(path, this.field.path)) return false;
    const entry = this.entries[Number(path[this.field.path.length])];
    if (!entry) {
      this.element.scrollIntoView({ block: "start" });
      this.head.focus({ preventScroll: true });
    } else if (samePath(path, [...this.field.path, entry.index]) || !entry.show(path)) {
      entry.enter();
    }
    return true;
  }
}

class Entry {
  /** @param {ContestList} list @param {number} index */
  constructor(list, index) {
    this.list = list;
    this.index = index;
    this.fields = new Parts();
    /** @type {FormEntry | undefined} */
    this.entry = undefined;
    this.compact = false;
    this.open = false;
    this.stem = freshId("entry");
    this.name = h("span", { id: this.stem });
    this.count = h("span", null);
    this.toggle = h("button", { type: "button", class: "quiet contest-toggle", "aria-controls": `${this.stem}-in`, onclick: () => this.turn(!this.open) }, h("span", { class: "contest-sign", "aria-hidden": "true" }), this.name, this.count);
    this.number = h("span", { class: "contest-number quiet-text", "aria-hidden": "true" }, String(index + 1));
    this.up = button("↑", () => list.move(index, index - 1), { class: "quiet", title: t("up") });
    this.down = button("↓", () => list.move(index, index + 1), { class: "quiet", title: t("down") });
    this.copied = button(t("copy"), () => list.copy(index), { class: "quiet" });
    this.more = button(t("remove"), () => list.remove(index), { class: "quiet" });
    this.acts = h("fieldset", { class: "contest-lock contest-acts" }, this.up, this.down, this.copied, this.more);
    this.faults = h("div", null);
    this.inside = h("div", { class: "contest-inside", id: `${this.stem}-in` }, this.faults, this.fields.element);
    this.element = h("li", null, h("div", { class: "contest-row", role: "group", "aria-labelledby": this.stem }, h("div", { class: "contest-entry" }, this.number, this.toggle, this.acts), this.inside));
      }

  /** @param {FormEntry} entry @param {number} count @param {boolean} compact */
  update(entry, count, compact) {
    this.entry = entry;
    this.compact = compact;
    this.element.classList.toggle("compact", compact);
    const name = entryName(entry);
    this.name.textContent = name;
    for (const [element, words] of /** @type {const} */ ([[this.up, "upOf"], [this.down, "downOf"], [this.copied, "copyOfLong"], [this.more, "removeOf"]])) {
      element.setAttribute("aria-label", t(words, { name }));
    }
    this.up.disabled = this.index === 0;
    this.down.disabled = this.index === count - 1;
    this.copied.hidden = compact;
    this.toggle.hidden = compact;
    fill(this.faults, faultsAt(entry.faults || []));
    const wrong = errorsIn(entry);
    fill(this.count, wrong > 0 && h("span", { class: "chip bad" }, t("wrong", { count: wrong })));
    this.draw();
  }

  draw() {
    const open = this.open || this.compact;
    this.toggle.setAttribute("aria-expanded", String(open));
    this.inside.hidden = !open;
    // Fields that nobody looks at are not drawn: a contest may have thousands.
    if (this.entry && (open || this.fields.parts.size > 0)) this.fields.update(this.entry.fields);
    // Names beside each other are rarely more than one line.
    if (this.compact) for (const text of this.inside.querySelectorAll("textarea")) text.rows = 1;
  }

  /** @param {boolean} open */
  turn(open) {
    if (!open) this.fields.commit();
    this.open = open;
    this.draw();
    this.element.dispatchEvent(new CustomEvent("partopened", { bubbles: true }));
  }

  /** To go on moving it the same way, as far as there is a way. @param {"up" | "down"} at */
  act(at) {
    const [one, other] = at === "up" ? [this.up, this.down] : [this.down, this.up];
    (one.disabled ? (other.disabled ? this.more : other) : one).focus();
  }

  /** Its first field. */
  enter() {
    this.turn(true);
    const first = this.entry && this.entry.fields[0];
    if (first) this.fields.focus(first.path);
  }

  /** @param {Path} path */
  show(path) {
    this.turn(true);
    return this.fields.focus(path);
  }
}
