/** Another sheet: dropped, chosen, or one that is in the folder already. */
import { get, post, Refusal, send } from "../lib/api.js";
import { button, fill, h } from "../lib/dom.js";
import { dropZone } from "../lib/drop.js";
import { refusalView } from "../lib/faults.js";
import { lang } from "../lib/words.js";
import { t } from "./sheet-words.js";

/** What the program reads, as an `<input type=file>` has it. */
const ACCEPT = ".xlsx,.xlsm,.xlsb,.xls,.et,.ods,.csv,.txt,.xml";

/** As the program bounds it. */
const LARGEST = 32 * 1024 * 1024;

/** @typedef {{ id: string, name: string }} Named */
/** @typedef {Named & { time: string | null, current: boolean }} Stored */

/**
 * @typedef {object} Acts
 * @property {(name: string, former: Named | undefined) => void} taken  A sheet was taken; `former` is the one before it, if there was one.
 * @property {(other: Named) => void} compare
 */

export class Upload {
  /** @param {Acts} acts */
  constructor(acts) {
    this.acts = acts;
    this.zone = dropZone({
      words: [h("p", { class: "sheet-drop-title" }, t("dropFirst")), h("p", { class: "quiet-text small" }, t("formats"))],
      choose: t("choose"),
      accept: ACCEPT,
      take: (file) => this.take(file),
    });
    this.input = h("input", { type: "file", accept: ACCEPT, hidden: true, onchange: () => this.chosen() });
    this.another = button(t("another"), () => this.input.click(), { title: t("anotherHint") });
    this.line = h("span", { class: "buttons" }, this.another, this.input, h("small", { class: "quiet-text" }, t("anotherHint")));
    this.said = h("div", { role: "status", class: "sheet-said" });
    this.stored = h("details", { class: "sheet-stored", ontoggle: () => this.stored.open && this.list() });
    this.over = h("div", { class: "sheet-over", hidden: true, "aria-hidden": "true" }, h("p", null, t("dropNow")));
    this.busy = false;
    this.locked = false;
    this.looks = 0;
    /** Whether there is a sheet that others can be held against. */
    this.comparable = false;
    /** Ends the watch over the page. */
    this.close = this.dropAnywhere();
    fill(this.stored, h("summary", null, t("inFolder")));
  }

  /** The whole page takes a file: one that is dropped beside the zone would else replace the page. */
  dropAnywhere() {
    const holds = (/** @type {DragEvent} */ event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
    const over = (/** @type {DragEvent} */ event) => {
      if (!holds(event)) return;
      event.preventDefault();
      this.over.hidden = this.locked || this.zone.contains(/** @type {Node} */ (event.target));
    };
    const left = (/** @type {DragEvent} */ event) => {
      if (!event.relatedTarget) this.over.hidden = true;
    };
    const drop = (/** @type {DragEvent} */ event) => {
      this.over.hidden = true;
      const files = event.dataTransfer ? event.dataTransfer.files : undefined;
      if (!files || !holds(event)) return;
      const handled = event.defaultPrevented;
      event.preventDefault();
      if (files.length > 1) this.refuse("several", "");
      else if (!handled && files[0]) this.take(files[0]);
    };
    const events = /** @type {[string, any][]} */ ([["dragover", over], ["dragleave", left], ["drop", drop]]);
    for (const [name, act] of events) window.addEventListener(name, act);
    return () => events.forEach(([name, act]) => window.removeEventListener(name, act));
  }

  chosen() {
    const file = this.input.files[0];
    this.input.value = "";
    if (file) this.take(file);
  }

  /** @param {File} file */
  async take(file) {
    if (this.busy || this.locked) return;
    if (file.size > LARGEST) return this.refuse("tooLarge", file.name);
    await this.doing(t("sending", { name: file.name }), async () => {
      const { name, former } = await send("/api/sheet", file, { name: file.name });
      this.told(name, former || undefined);
    });
  }

  /** @param {"several" | "tooLarge"} why @param {string} name */
  refuse(why, name) {
    fill(this.said, refusalView(refusal(why, name)));
  }

  /** Takes one of the folder's sheets, and shows how it differs from the one before. @param {string} id @param {string} name */
  async use(id, name) {
    await this.doing(t("sending", { name }), async () => {
      /** @type {Stored[]} */
      const sheets = await get("/api/sheets");
      const before = sheets.find((sheet) => sheet.current);
      await post("/api/sheets/use", { id });
      this.told(name, before && before.id !== id ? before : undefined);
    });
  }

  /** Takes the sheet that was used before. @param {string} id @param {string} name */
  async goBack(id, name) {
    await post("/api/sheets/use", { id });
    fill(this.said, h("p", null, t("wentBack", { name })));
    this.acts.taken(name, undefined);
  }

  /** @param {string} name @param {Named | undefined} former */
  told(name, former) {
    fill(this.said, h("p", null, t(former ? "taken" : "takenFirst", { name }), former && former.name !== name && ` ${t("taken2", { name: former.name })}`));
    this.acts.taken(name, former);
  }

  /** @param {string} words @param {() => Promise<void>} act */
  async doing(words, act) {
    if (this.busy) return;
    this.busy = true;
    this.enable();
    this.said.setAttribute("aria-busy", "true");
    fill(this.said, h("p", { class: "quiet-text" }, words));
    try {
      await act();
    } catch (error) {
      fill(this.said, refusalView(error));
    } finally {
      this.busy = false;
      this.said.removeAttribute("aria-busy");
      this.enable();
    }
  }

  /** Looks again at what is in the folder, if that is shown. @param {boolean} comparable */
  refresh(comparable) {
    this.comparable = comparable;
    if (this.stored.open) void this.list();
  }

  async list() {
    const look = ++this.looks;
    const summary = h("summary", null, t("inFolder"));
    try {
      /** @type {Stored[]} */
      const sheets = await get("/api/sheets");
      if (look !== this.looks) return;
      summary.textContent = t("inFolderCount", { count: sheets.length });
      const heads = h("tr", null, ["file", "time", "action"].map((name) => h("th", { scope: "col" }, t(/** @type {any} */ (name)))));
      this.replace(summary, h("table", { class: "list" }, h("thead", null, heads), h("tbody", null, sheets.map((sheet) => this.row(sheet)))));
      this.enable();
    } catch (error) {
      if (look === this.looks) this.replace(summary, refusalView(error));
    }
  }

  /** @param {HTMLElement} summary @param {HTMLElement} content */
  replace(summary, content) {
    const focused = document.activeElement === this.stored.querySelector("summary");
    fill(this.stored, summary, content);
    if (focused) summary.focus();
  }

  /** @param {Stored} sheet */
  row(sheet) {
    const acts = sheet.current
      ? h("span", { class: "chip good" }, t("inUse"))
      : [
          button(t("use"), () => this.use(sheet.id, sheet.name), { class: "sheet-use", "aria-label": `${t("use")}: ${sheet.name}` }),
          this.comparable && button(t("compare"), () => this.acts.compare(sheet), { class: "quiet", "aria-label": `${t("compare")}: ${sheet.name}` }),
        ];
    return h("tr", null, h("td", null, sheet.name), h("td", null, sheet.time && timeOf(sheet.time)), h("td", null, h("span", { class: "buttons" }, acts)));
  }

  /** @param {boolean} locked */
  lock(locked) {
    this.locked = locked;
    this.enable();
  }

  enable() {
    const buttons = [this.another, ...this.zone.querySelectorAll("button"), ...this.stored.querySelectorAll(".sheet-use")];
    for (const one of /** @type {HTMLButtonElement[]} */ (buttons)) one.disabled = this.busy || this.locked;
  }
}

/** @param {"several" | "tooLarge"} why @param {string} name */
function refusal(why, name) {
  const help = t(/** @type {any} */ (`${why}Help`));
  return new Refusal([{ severity: "error", code: why, message: t(why, { name }), help, cell: null, file: null, line: null }], 0);
}

/** @param {string} time */
function timeOf(time) {
  const date = new Date(time);
  if (isNaN(date.getTime())) return time;
  return date.toLocaleString(lang() === "zh" ? "zh-CN" : "en-GB", { year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
}
