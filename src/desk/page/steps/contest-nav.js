/** The sections of the form, with what is wrong in each; of the one that is shown also its entries. */
import { button, fill, h } from "../lib/dom.js";
import { entryName, errorsIn } from "./contest-tree.js";
import { t } from "./contest-words.js";

/** @typedef {import("./form-fields.js").Path} Path */

export class ContestNav {
  /** @param {HTMLElement} search @param {(section: string) => void} chosen @param {(path: Path) => void} go */
  constructor(search, chosen, go) {
    this.chosen = chosen;
    this.go = go;
    this.list = h("ul", null);
    this.element = h("nav", { class: "contest-nav", "aria-label": t("sections") }, search, this.list);
    /** @type {Map<string, { element: HTMLElement, go: HTMLButtonElement, count: HTMLElement, entries: HTMLElement }>} */
    this.items = new Map();
  }

  /** @param {import("./contest-tree.js").Form} form @param {string} shown @param {boolean} searching */
  update(form, shown, searching) {
    for (const section of form.sections) {
      const { name, label, fields } = section;
      const item = this.items.get(name) || this.item(name);
      const here = name === shown && !searching;
      const wrong = errorsIn({ fields });
      fill(item.count, wrong > 0 && h("span", { class: "badge error", "aria-label": t("wrong", { count: wrong }) }, String(wrong)));
      fill(item.go, h("span", null, label), item.count);
      if (here) item.go.setAttribute("aria-current", "true");
      else item.go.removeAttribute("aria-current");
      const entries = here ? fields.flatMap((field) => (field.entries || []).filter((entry) => entry.fields.length > 2)) : [];
      // An entry that has the focus keeps it.
      const names = entries.map(entryName).join("\n");
      if (item.entries.dataset.names === names) continue;
      item.entries.dataset.names = names;
      item.entries.hidden = entries.length === 0;
      fill(item.entries, entries.map((entry) => h("li", null, button(entryName(entry), () => this.go(entry.path), { class: "quiet" }))));
    }
  }

  /** @param {string} name */
  item(name) {
    const go = button("", () => this.chosen(name), { class: "quiet" });
    const entries = h("ul", { hidden: true });
    const item = { element: h("li", null, go, entries), go, count: h("span", null), entries };
    this.items.set(name, item);
    this.list.append(item.element);
    return item;
  }
}
