/** What came of the last work. */
import { button, fill, h } from "../lib/dom.js";
import { ask } from "../lib/dialog.js";
import { faultView, refusalView } from "../lib/faults.js";
import { Refusal } from "../lib/api.js";
import { duration, t } from "./make-words.js";

/** @typedef {import("../lib/api.js").Fault} Fault */

export class Result {
  /** @param {{ replace: (what: any) => Promise<any>, packages: (file: string) => HTMLElement[], follow: () => void }} ways  What can be done with it. */
  constructor(ways) {
    this.ways = ways;
    this.element = h("section", { class: "card stack make-result", tabindex: "-1", hidden: true });
    /** What the reader has put away. */
    this.away = "";
    this.shown = "";
  }

  /** @param {any} last  As the state has it; null if nothing was made since the program began. */
  show(last) {
    const key = last && last.what.what === "package" ? JSON.stringify([last.what, last.seconds]) : "";
    this.element.hidden = key === "" || key === this.away;
    if (key === this.shown || key === "") return;
    this.shown = key;
    fill(this.element, last.made ? this.made(last) : this.failed(last, key));
  }

  /** @param {any} last */
  made({ what, made, seconds, faults }) {
    const documents = made.documents.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.documents, 0);
    return [
      h("h2", { role: "status" }, h("span", { class: "chip good", "aria-hidden": "true" }, "✓"), " ", t(what.draft ? "doneDraft" : "done")),
      h("p", null, h("strong", null, made.file), h("br", null), t("doneAbout", { documents, pages: made.pages, time: duration(seconds) })),
      made.rows.held > 0 && h("p", null, t("doneHeld", { count: made.rows.held })),
      h(
        "ul",
        { class: "make-kinds" },
        made.documents.map((/** @type {any} */ one) => h("li", null, one.kind, " ", h("span", { class: "quiet-text" }, t("copies", { count: one.documents }), " · ", t("pages", { count: one.pages })))),
      ),
      h("p", { class: "buttons" }, this.ways.packages(made.file)),
      faults.length > 0 && h("details", null, h("summary", null, t("noticed", { count: faults.length })), h("div", { class: "make-faults" }, faultsWithWays(faults))),
    ];
  }

  /** @param {any} last @param {string} key */
  failed({ what, faults }, key) {
    if (faults.some((/** @type {Fault} */ fault) => fault.code === "interrupted")) {
      return [h("h2", { role: "status" }, t("stopped")), h("p", null, t("stoppedIs")), this.dismissal(key, "dismiss")];
    }
    const smaller = faults.some((/** @type {Fault} */ fault) => fault.code === "smaller-package");
    const replace = button(t("replace"), async () => {
      const body = [h("p", null, t("replaceBody")), refusalView(new Refusal(faults, 400))];
      const done = await ask({ title: t("replaceTitle"), body, go: t("replace"), danger: true, act: () => this.ways.replace(what) });
      if (done) this.ways.follow();
    });
    return [
      h("h2", { role: "status" }, t("failed")),
      h("p", null, t("failedIs")),
      h("div", { class: "make-faults" }, faultsWithWays(faults)),
      h("p", { class: "buttons" }, smaller && replace, this.dismissal(key, smaller ? "leave" : "dismiss")),
    ];
  }

  /** @param {string} key @param {"dismiss" | "leave"} words */
  dismissal(key, words) {
    return button(t(words), () => {
      this.away = key;
      this.element.hidden = true;
    });
  }
}

/** Faults, each with the way to where it is mended; of very many the first. @param {Fault[]} faults */
export function faultsWithWays(faults) {
  return faults.slice(0, 100).map((fault) => {
    const way = fault.cell
      ? h("a", { class: "button", href: `#/check/${encodeURIComponent(fault.cell)}` }, t("toRow"))
      : fault.file === "contest.toml" && h("a", { class: "button", href: "#/contest" }, t("toContest"));
    return faultView(fault, way ? [way] : []);
  });
}
