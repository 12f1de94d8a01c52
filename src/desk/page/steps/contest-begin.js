/** The first screen: a contest is begun with an example or last year's, or one that lies here is opened. */
import { button, fill, freshId, h } from "../lib/dom.js";
import { refusalView } from "../lib/faults.js";
import { called } from "./contest-tree.js";
import { t } from "./contest-words.js";

/**
 * @typedef {import("./contest.js").Folders} Folders
 * @typedef {import("./contest.js").Beside} Beside
 */

export class Begin {
  /** @param {{ asked: (path: string, body: any) => Promise<void>, back: () => void }} told */
  constructor(told) {
    this.told = told;
    this.busy = false;
    /** @type {Folders | undefined} */
    this.folders = undefined;
    /** What is begun with: `example NAME` or `from ID`. */
    this.chosen = "";
    /** Whether the folder's name was typed, not proposed. */
    this.named = false;
    const group = freshId("with");
    this.group = group;
    this.examples = h("div", { class: "contest-ways" });
    this.last = h("div", { class: "contest-ways" });
    this.lastPart = h("fieldset", { class: "contest-choice" }, h("legend", null, t("fromLast")), h("p", { class: "small quiet-text" }, t("fromLastAbout")), this.last);
    const field = freshId("folder");
    this.where = h("span", { id: `${field}-where`, class: "small quiet-text contest-path" });
    this.folder = h("input", { id: field, type: "text", autocomplete: "off", spellcheck: false, placeholder: t("folderHint"), "aria-describedby": `${field}-where`, oninput: () => this.typed() });
    this.go = h("button", { type: "submit", class: "primary big" }, t("begin"));
    this.status = h("span", { role: "status", class: "quiet-text" });
    this.wrong = h("div", null);
    this.title = h("h2", { tabindex: "-1" }, t("beginTitle"));
    this.back = h("p", null);
    this.form = h(
      "form",
      { class: "card stack", noValidate: true, onsubmit: (/** @type {Event} */ event) => void this.submit(event) },
      this.title,
      this.lastPart,
      h("fieldset", { class: "contest-choice" }, h("legend", null, t("fromExample")), h("p", { class: "small quiet-text" }, t("fromExampleAbout")), this.examples),
      h("div", { class: "contest-folder" }, h("label", { for: field }, t("folderName")), this.folder, this.where),
      this.wrong,
      h("p", { class: "row" }, this.go, this.status),
    );
    this.here = h("ul", null);
    this.wrongOpen = h("div", null);
    this.openPart = h("section", { class: "card" }, h("h2", null, t("openTitle")), h("p", { class: "small quiet-text" }, t("openAbout")), this.here, this.wrongOpen);
    this.element = h("div", { class: "contest-begin" }, this.back, h("div", { class: "contest-columns" }, this.form, this.openPart));
  }

  focus() {
    this.title.focus();
  }

  /** @param {Folders} folders @param {import("../lib/app.js").State} state */
  update(folders, state) {
    const was = JSON.stringify(this.folders);
    this.folders = folders;
    this.state = state;
    this.locked = state.making.running !== null && state.making.running !== undefined;
    if (was !== JSON.stringify(folders)) this.draw(folders);
    this.go.disabled = this.locked || this.busy;
    this.status.textContent = this.locked ? t("makingFirst") : "";
    for (const one of this.here.querySelectorAll("button")) one.disabled = this.locked || this.busy;
    if (this.back.childElementCount === 0 && state.begun) fill(this.back, button(t("back"), () => this.told.back(), { class: "quiet" }));
  }

  /** @param {Folders} folders */
  draw(folders) {
    const { contests, examples, place } = folders;
    const usual = examples.find((one) => one.usual) || examples[0];
    const known = [...examples.map((one) => `example ${one.name}`), ...contests.map((one) => `from ${one.id}`)];
    if (!known.includes(this.chosen)) this.chosen = `example ${usual.name}`;
    // The usual one stands first.
    const ordered = [usual, ...examples.filter((one) => one !== usual)];
    fill(this.examples, ordered.map((one) => this.way(`example ${one.name}`, one.about)));
    // The newest stands first where folders are named by the year, and before it the one that is open.
    const newest = [...contests].reverse().sort((one, other) => Number(other.here) - Number(one.here));
    fill(this.last, newest.map((one) => this.way(`from ${one.id}`, called(one), one.folder)));
    this.lastPart.hidden = contests.length === 0;
    const others = newest.filter((one) => !one.here);
    fill(this.here, others.map((one) => this.other(one)));
    this.openPart.hidden = others.length === 0;
    this.element.classList.toggle("only", others.length === 0);
    this.where.textContent = t("place", { place });
  }

  /** @param {string} value @param {string} label @param {string} [more] */
  way(value, label, more) {
    const input = h("input", { type: "radio", name: this.group, value, checked: value === this.chosen, onchange: () => this.choose(value) });
    return h("label", { class: "form-choice" }, input, h("span", null, label, more && h("small", { class: "quiet-text" }, ` ${more}`)));
  }

  /** @param {Beside} one */
  other(one) {
    const open = button(called(one), () => void this.ask("/api/open", { id: one.id }, this.wrongOpen), { class: "contest-open" });
    return h("li", null, open, h("span", { class: "small quiet-text contest-path" }, one.folder));
  }

  /** @param {string} value */
  choose(value) {
    this.chosen = value;
    if (this.named && this.folder.value.trim() !== "") return;
    const last = this.folders && this.folders.contests.find((one) => value === `from ${one.id}`);
    this.folder.value = last ? nextYear(last.folder) : "";
    this.named = false;
  }

  typed() {
    this.named = true;
    this.folder.removeAttribute("aria-invalid");
    fill(this.wrong);
  }

  /** @param {Event} event */
  async submit(event) {
    event.preventDefault();
    if (this.busy || this.locked) return;
    const folder = this.folder.value.trim();
    if (folder === "") {
      this.folder.setAttribute("aria-invalid", "true");
      fill(this.wrong, h("p", { class: "wrong", role: "alert" }, t("folderNeeded")));
      this.folder.focus();
      return;
    }
    const [how, which] = this.chosen.split(" ");
    const done = await this.ask("/api/begin", how === "from" ? { folder, from: which } : { folder, example: which }, this.wrong);
    if (!done) this.folder.focus();
  }

  /** @param {string} path @param {any} body @param {Element} wrong */
  async ask(path, body, wrong) {
    if (this.busy) return false;
    this.busy = true;
    this.go.disabled = true;
    fill(wrong);
    const patience = setTimeout(() => (this.status.textContent = t("onItsWay")), 200);
    try {
      await this.told.asked(path, body);
      return true;
    } catch (error) {
      fill(wrong, refusalView(error));
      return false;
    } finally {
      clearTimeout(patience);
      this.busy = false;
      this.go.disabled = Boolean(this.locked);
      this.status.textContent = "";
    }
  }
}

/** A folder's name with the next year in it; empty if it tells none. @param {string} folder */
function nextYear(folder) {
  const year = /20\d\d/.exec(folder);
  return year ? folder.replace(year[0], String(Number(year[0]) + 1)) : "";
}
