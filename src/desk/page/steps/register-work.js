/** New copies being made: how far it is, and what came of it. */
import { address, get, post } from "../lib/api.js";
import { button, fill, h } from "../lib/dom.js";
import { faultView, refusalView } from "../lib/faults.js";
import { PUBLISH, placeOf } from "./register-places.js";
import { t } from "./register-anew-words.js";

/** So many of the new PDFs are offered at once. */
const OFFERED = 20;

export class Work {
  /** @param {boolean} typed  Whether the facts were typed, and the sheet says the former ones. @param {(made: boolean) => void} ended */
  constructor(typed, ended) {
    this.typed = typed;
    this.ended = ended;
    this.running = false;
    this.ending = false;
    this.bar = h("progress", { "aria-label": t("making") });
    this.far = h("p", { class: "quiet-text" });
    this.said = h("div", { role: "status", class: "stack", tabindex: "-1" });
    this.doing = h(
      "div",
      { class: "stack", hidden: true },
      h("p", null, t("making")),
      this.bar,
      this.far,
      h(
        "p",
        null,
        button(t("stop"), () => post("/api/make/stop").catch((error) => fill(this.said, refusalView(error)))),
      ),
    );
    this.view = h("div", null, this.doing, this.said);
  }

  /** Begins, and is over once it has begun. @param {number} id @param {string} reason @param {string[]} only @returns {Promise<void>} */
  async begin(id, reason, only) {
    fill(this.said);
    await post("/api/reissue/apply", { id, reason, only });
    this.running = true;
    this.doing.hidden = false;
    this.bar.removeAttribute("value");
    await this.look();
  }

  /** @param {any} step */
  follow(step) {
    if (!this.running || !step || step.event !== "made") return;
    this.bar.max = step.count;
    this.bar.value = step.done;
    this.far.textContent = t("madeOf", { done: step.done, count: step.count });
  }

  /** Whether it has ended: asked now, as a state that was on its way when it began tells nothing. */
  async look() {
    if (!this.running) return;
    const { making } = await get("/api/state");
    if (making.running || !this.running || this.ending) return;
    this.ending = true;
    this.doing.hidden = true;
    const { made, faults } = making.last;
    if (made) await this.tell(made);
    else
      fill(
        this.said,
        h("p", null, h("strong", null, t("stopped"))),
        faults.map((/** @type {any} */ fault) => faultView(fault)),
      );
    this.running = false;
    this.ending = false;
    this.ended(Boolean(made));
  }

  /** @param {any} made */
  async tell(made) {
    const isPrinted = made.changes.some((/** @type {any} */ change) => change.printed);
    const pdfs = h("p", { class: "buttons" });
    fill(
      this.said,
      h(
        "div",
        { class: "card stack done" },
        h("p", null, h("strong", null, `✓ ${t(isPrinted ? "made" : "recorded")}`)),
        isPrinted && h("p", null, h("strong", null, t("collect"))),
        this.typed && h("p", null, t("sheetToo"), " ", h("a", { href: "#/check" }, t("toCheck"))),
        made.documents.length > 0 && h("p", null, t("inPackage", { file: made.file })),
        pdfs,
        h(
          "p",
          { class: "buttons" },
          h("a", { class: "button", href: "#/make" }, t("toMake")),
          h("a", { href: placeOf(PUBLISH) }, t("toPublish")),
          h("span", { class: "quiet-text" }, t("republish")),
        ),
      ),
    );
    try {
      const all = await get("/api/packages");
      const mine = all.find((/** @type {any} */ one) => one.file === made.file);
      if (!mine) return;
      const { entries } = await get("/api/package", { id: mine.id });
      const numbered = entries.filter((/** @type {any} */ entry) => entry.number).slice(0, OFFERED);
      fill(
        pdfs,
        numbered.map((/** @type {any} */ entry) =>
          h(
            "a",
            { class: "button", href: address("/api/package/pdf", { id: mine.id, index: entry.index }), target: "_blank", rel: "noopener" },
            t("openPdf", { number: entry.number }),
          ),
        ),
      );
    } catch (error) {
      // The way to 制作 stands there anyway.
    }
  }
}
