/** 公文检查: an official document's clauses as a table beside its page, the faulty places framed on it. */
import { send } from "../lib/api.js";
import { whileBusy } from "../lib/busy.js";
import { button, fill, h } from "../lib/dom.js";
import { dropZone } from "../lib/drop.js";
import { refusalView } from "../lib/faults.js";
import { localTime } from "../lib/time.js";
import { Pages } from "./inspect-page.js";
import { Table } from "./inspect-table.js";
import { t } from "./inspect-words.js";

/**
 * @typedef {object} Finding
 * @property {string} clause
 * @property {string} element
 * @property {string} rule
 * @property {string} measured
 * @property {"pass" | "fail" | "person"} verdict
 * @property {string} verdict_label
 * @property {number | null} page
 * @property {{ left: number, top: number, right: number, bottom: number } | null} area  In millimetres.
 *
 * @typedef {object} Inspected
 * @property {string} id
 * @property {{ width: number, height: number }[]} pages  In millimetres.
 * @property {Finding[]} findings
 * @property {{ pass: number, fail: number, person: number }} counts
 * @property {string} summary
 */

/** The document itself, so that it is measured again in another language or after the program forgot it. */
const kept = {
  file: /** @type {File | undefined} */ (undefined),
  lang: "",
  found: /** @type {Inspected | undefined} */ (undefined),
  only: false,
};

/** @type {import("../lib/app.js").Step} */
export const inspect = {
  id: "inspect",
  mount(root) {
    let turn = 0;
    /** @type {Pages | undefined} */
    let pages;
    const line = h("p", { class: "quiet-text", role: "status" });
    const wrong = h("div", null);
    const result = h("div", { class: "stack" });
    /** @param {string} choose */
    const zoneOf = (choose) =>
      dropZone({
        words: [h("p", null, h("strong", null, t("drop"))), h("p", { class: "quiet-text" }, t("kinds"))],
        choose,
        accept: ".pdf,application/pdf",
        take: (file) => void measure(file),
      });
    const zone = zoneOf(t("choose"));
    fill(
      root,
      h(
        "div",
        { class: "stack" },
        h("div", { class: "row no-print" }, h("h1", null, t("title")), h("p", { class: "quiet-text grow" }, t("about"))),
        h("div", { class: "no-print" }, zone),
        line,
        wrong,
        result,
      ),
    );

    /** @param {File} file */
    async function measure(file) {
      turn += 1;
      const mine = turn;
      const { lang } = document.documentElement;
      // What was found in another document must not stand beside this one's name.
      kept.found = undefined;
      if (pages) pages.clear();
      fill(result);
      fill(wrong);
      try {
        const found = await whileBusy(
          { region: result, line, words: t("working", { name: file.name }) },
          send("/api/inspect", file, { name: file.name }),
        );
        if (mine !== turn) return;
        Object.assign(kept, { file, lang, found });
        show(file.name, found);
      } catch (error) {
        if (mine === turn) fill(wrong, refusalView(error));
      }
    }

    /** @param {string} name @param {Inspected} found */
    function show(name, found) {
      if (pages) pages.clear();
      zone.classList.add("small-drop");
      const { fail, person, pass } = found.counts;
      /** @param {Finding} finding @param {boolean} [reach] */
      const choose = (finding, reach) => {
        table.mark(finding);
        if (pages) pages.mark(finding);
        if (reach) table.reach(finding);
      };
      const table = new Table(found.findings, (finding) => choose(finding), kept.only && fail > 0);
      table.only.addEventListener("change", () => {
        kept.only = table.only.checked;
      });
      pages = new Pages(name, found, (finding) => choose(finding, true));
      const head = h(
        "section",
        { class: `verdict compact ${fail > 0 ? "bad" : "good"}` },
        h("span", { class: "sign", "aria-hidden": "true" }, fail > 0 ? "✕" : "✓"),
        h(
          "div",
          { class: "grow", role: "status" },
          h("p", { class: "small" }, t("name", { name })),
          h(
            "h2",
            null,
            [
              fail > 0 ? t("failed", { count: fail }) : t("allGood"),
              person > 0 && t("person", { count: person }),
              t("passed", { count: pass }),
            ]
              .filter(Boolean)
              .join(" · "),
          ),
          h("p", { class: "small" }, found.summary.trim().split("\n").reverse().join(" ")),
          person > 0 && h("p", { class: "small" }, t("personHelp")),
        ),
        button(t("print"), () => window.print()),
      );
      fill(
        result,
        h("p", { class: "print-only" }, t("printed", { name, when: localTime(new Date().toISOString()) })),
        head,
        h(
          "div",
          { class: "inspect" },
          pages.view,
          h("section", { class: "stack inspect-side", "aria-label": t("title") }, h("p", { class: "no-print" }, table.filter), table.view),
        ),
      );
      const first = table.findings[0];
      if (first && first.verdict === "fail") choose(first);
      else pages.turn(1);
    }

    if (kept.file && kept.found && kept.lang === document.documentElement.lang) show(kept.file.name, kept.found);
    else if (kept.file) void measure(kept.file);

    return {
      left() {
        turn += 1;
        if (pages) pages.clear();
      },
    };
  },
};
