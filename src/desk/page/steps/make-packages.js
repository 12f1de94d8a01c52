/** What was made: the packages in the folder, and what is in them. */
import { button, fill, h } from "../lib/dom.js";
import { address, get, save } from "../lib/api.js";
import { refusalView } from "../lib/faults.js";
import { localTime } from "../lib/time.js";
import { Contents } from "./make-contents.js";
import { size, t } from "./make-words.js";

/**
 * @typedef {object} Packed
 * @property {string} id
 * @property {string} file
 * @property {number} bytes
 * @property {string} time
 * @property {boolean} draft
 * @property {boolean} [corrected]
 * @property {number} documents
 * @property {number} pages
 */

export class Packages {
  /** @param {() => string[]} volumes  The names of what is bound. */
  constructor(volumes) {
    this.volumes = volumes;
    /** @type {Packed[]} */
    this.packages = [];
    /** @type {Map<string, { element: HTMLElement, key: string, contents?: Contents, open: (open: boolean) => void }>} */
    this.cards = new Map();
    this.wrong = h("div", null);
    this.newest = h("div", null);
    this.former = h("div", { class: "stack" });
    this.formerTitle = h("h3", null, t("former"));
    this.element = h("section", { class: "card stack" }, h("h2", null, t("packages")), this.wrong, this.newest, this.formerTitle, this.former);
    this.asked = 0;
    this.formerTitle.hidden = true;
  }

  async look() {
    this.asked += 1;
    const asked = this.asked;
    try {
      const packages = await get("/api/packages");
      if (asked !== this.asked) return;
      fill(this.wrong);
      this.show(packages);
    } catch (error) {
      if (asked === this.asked) fill(this.wrong, refusalView(error));
    }
  }

  /** @param {Packed[]} packages */
  show(packages) {
    const before = this.packages[0];
    this.packages = packages;
    const known = this.cards;
    this.cards = new Map();
    for (const packed of packages) {
      // A package that was made again is another one under its name.
      const key = JSON.stringify(packed);
      const card = known.get(packed.id);
      this.cards.set(packed.id, card && card.key === key ? card : this.card(packed, key));
    }
    const [first, ...rest] = packages.map((packed) => /** @type {any} */ (this.cards.get(packed.id)));
    place(this.newest, first ? [first.element] : [h("p", { class: "quiet-text" }, t("noPackages"))]);
    place(this.former, rest.map((card) => card.element));
    this.formerTitle.hidden = rest.length === 0;
    if (first && (!before || before.id !== packages[0].id || before.time !== packages[0].time)) first.open(true);
  }

  /** What can be done with the package of that name. @param {string} file @returns {HTMLElement[]} */
  ways(file) {
    const open = () => {
      const packed = this.packages.find((one) => one.file === file);
      const card = packed && this.cards.get(packed.id);
      if (!card) return;
      card.open(true);
      card.element.scrollIntoView({ block: "start" });
      card.element.focus({ preventScroll: true });
    };
    const download = button(t("download"), () => {
      const packed = this.packages.find((one) => one.file === file);
      return packed && this.download(packed, download);
    }, { class: "primary" });
    return [download, button(t("open"), open)];
  }

  /** @param {Packed} packed @param {HTMLButtonElement} pressed */
  async download(packed, pressed) {
    pressed.disabled = true;
    fill(this.wrong);
    try {
      await save("/api/package/zip", { id: packed.id });
    } catch (error) {
      fill(this.wrong, refusalView(error));
      this.wrong.scrollIntoView({ block: "nearest" });
    } finally {
      pressed.disabled = false;
    }
  }

  /** @param {Packed} packed @param {string} key */
  card(packed, key) {
    const inside = h("div", { hidden: true });
    /** @type {Contents | undefined} */
    let contents;
    const toggle = button(t("open"), () => open(inside.hidden), { "aria-expanded": "false", "aria-label": t("openOf", { file: packed.file }) });
    const open = (/** @type {boolean} */ open) => {
      inside.hidden = !open;
      toggle.setAttribute("aria-expanded", String(open));
      toggle.textContent = t(open ? "close" : "open");
      toggle.setAttribute("aria-label", t(open ? "closeOf" : "openOf", { file: packed.file }));
      if (open && !contents) {
        contents = new Contents(packed, this.volumes);
        fill(inside, contents.element);
      }
    };
    const kind = packed.draft ? "isDraft" : packed.corrected ? "isCorrected" : "isReal";
    const download = button(t("download"), () => this.download(packed, download), { "aria-label": t("downloadOf", { file: packed.file }) });
    const element = h(
      "div",
      { class: "make-package", tabindex: "-1" },
      h(
        "div",
        { class: "row between" },
        h(
          "div",
          { class: "grow" },
          h("p", { class: "make-file" }, h("strong", null, packed.file), " ", h("span", { class: packed.draft ? "chip warn" : "chip good" }, t(kind))),
          h("p", { class: "small quiet-text" }, [localTime(packed.time), t("copies", { count: packed.documents }), t("pages", { count: packed.pages }), size(packed.bytes)].join(" · ")),
        ),
        h("div", { class: "row" }, toggle, download),
      ),
      inside,
    );
    return { element, key, open };
  }
}

/** The address of one PDF. @param {string} id @param {number} index */
export function pdfAt(id, index) {
  return address("/api/package/pdf", { id, index });
}

/** Puts these there, unless they are. @param {HTMLElement} parent @param {HTMLElement[]} children */
function place(parent, children) {
  const was = parent.children;
  if (was.length !== children.length || children.some((child, index) => child !== was[index])) fill(parent, children);
}
