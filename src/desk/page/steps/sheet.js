/** 名单: which sheet it is, how it was understood, and where all of it went. */
import { button, fill, h } from "../lib/dom.js";
import { faultView, refusalView } from "../lib/faults.js";
import { Balance } from "./sheet-balance.js";
import { Book, countsOf, faultsOf } from "./sheet-data.js";
import { Difference } from "./sheet-difference.js";
import { Grids } from "./sheet-grids.js";
import { leaving, slowly } from "./sheet-leave.js";
import { Mapping } from "./sheet-mapping.js";
import { Upload } from "./sheet-upload.js";
import { t } from "./sheet-words.js";

/**
 * @typedef {import("../lib/app.js").State} State
 * @typedef {import("./sheet-data.js").Answer} Answer
 */

/** @type {import("../lib/app.js").Step} */
export const sheet = {
  id: "sheet",
  mount(root, app) {
    const step = new SheetStep(root, app);
    step.changed(/** @type {State} */ (app.state));
    return {
      changed: (state) => step.changed(state),
      mayLeave: () => leaving(step.grids),
      left: () => step.left(),
    };
  },
};

class SheetStep {
  /** @param {HTMLElement} root @param {import("../lib/app.js").App} app */
  constructor(root, app) {
    this.app = app;
    this.root = root;
    this.book = new Book(app);
    const turn = (/** @type {string} */ way) => () => this.book.act(`/api/${way}`).catch((error) => fill(this.wrong, refusalView(error)));
    this.grids = new Grids(this.book, { undo: turn("undo"), redo: turn("redo") });
    this.balance = new Balance(this.grids);
    this.mapping = new Mapping(this.book, this.grids);
    this.upload = new Upload({
      taken: (name, former) => this.taken(former),
      compare: (other) => this.compare(other),
    });
    this.difference = new Difference(app, (id, name) => this.upload.goBack(id, name));
    this.name = h("h1", null, t("title"));
    this.way = h("span", { class: "buttons" });
    this.wrong = h("div", null);
    this.note = h("p", { class: "quiet-text", role: "status" });
    this.content = h("div", { class: "sheet-content" });
    /** What is shown: the sheet, or why there is none. */
    this.view = "";
    fill(
      root,
      h(
        "div",
        { class: "sheet-step" },
        h("div", { class: "row between" }, h("div", { class: "row" }, this.name, this.upload.line), this.way),
        this.upload.said,
        this.note,
        this.wrong,
        this.content,
        this.upload.over,
      ),
    );
    this.book.watching.add((news) => this.show(news));
    this.book.working.add(slowly(this.content));
    if (this.book.answer) this.show({});
    else this.reading = window.setTimeout(() => this.book.answer || (this.note.textContent = t("reading")), 200);
  }

  /** @param {State} state */
  changed(state) {
    const running = Boolean(state.making.running);
    this.grids.lock(running);
    this.mapping.lock(running);
    this.upload.lock(running);
    if (this.book.answer || running) this.note.textContent = running ? t("locked") : "";
    const there = state.begun && state.sheet && state.sheet.there && !state.stuck;
    if (there) this.book.changed(state);
    else this.lacking(state);
  }

  /** @param {import("./sheet-data.js").News} news */
  show(news) {
    this.note.textContent = "";
    fill(this.wrong, this.book.error && refusalView(this.book.error));
    if (this.book.error) return;
    const answer = /** @type {Answer} */ (this.book.answer);
    if (this.view !== "sheet") this.frame();
    if (this.grids.readOnly) this.note.textContent = t("locked");
    this.name.textContent = `${t("title")} ${answer.sheet}`;
    this.grids.show(news);
    this.balance.show(answer);
    this.mapping.show(answer);
    if (!news.updates) this.upload.refresh(true);
    const { errors } = countsOf(faultsOf(answer));
    fill(
      this.way,
      h("span", { class: errors > 0 ? "chip bad" : "chip good" }, errors > 0 ? t("errorsLeft", { count: errors }) : t("allGood")),
      button(t("toCheck"), () => this.app.go("check"), { class: "primary" }),
    );
  }

  /** The places of everything, once there is a sheet. */
  frame() {
    this.view = "sheet";
    this.upload.line.hidden = false;
    fill(
      this.content,
      this.difference.element,
      this.balance.element,
      h("div", { class: "sheet-body" }, this.mapping.element, h("section", { class: "sheet-grid-place", "aria-label": t("grid") }, this.grids.element)),
      this.upload.stored,
    );
  }

  /** There is no sheet to show: says why, and takes one. @param {State} state */
  lacking(state) {
    clearTimeout(this.reading);
    const contest = !state.begun || (state.stuck && state.stuck.at === "contest");
    const faults = state.stuck ? state.stuck.faults : [];
    const view = JSON.stringify([contest, faults, state.sheet]);
    if (view === this.view) return;
    this.view = view;
    this.name.textContent = t("title");
    this.note.textContent = "";
    this.upload.line.hidden = true;
    fill(this.way);
    fill(this.wrong);
    if (contest) {
      const words = state.begun ? t("contestFirst") : t("noContest");
      fill(this.content, h("p", { class: "quiet-text" }, words), h("p", null, button(t("toContest"), () => this.app.go("contest"), { class: "primary" })), h("div", null, faults.map((fault) => faultView(fault))));
      return;
    }
    this.upload.refresh(false);
    const name = state.sheet ? state.sheet.name : "";
    const there = state.sheet && state.sheet.there;
    fill(
      this.content,
      h("h2", null, there ? t("stuck", { name }) : t("missing")),
      there && h("div", null, faults.map((fault) => faultView(fault))),
      this.upload.zone,
      this.upload.stored,
    );
  }

  /** Another sheet was taken: looks at it, and at what differs from the one before. @param {import("./sheet-upload.js").Named | undefined} former */
  async taken(former) {
    this.difference.hide();
    await this.app.look().catch(() => {});
    if (former) this.compare(former);
  }

  /** @param {import("./sheet-upload.js").Named} other */
  compare(other) {
    void this.difference.show(other, (place) => this.headerOf(place));
  }

  /** What a column is called in the sheet that is used, such as that of `企业组!D`. @param {string} place */
  headerOf(place) {
    const { answer } = this.book;
    for (const table of answer ? answer.mapping : []) {
      for (const column of table.columns) if (column.cell.replace(/\d+$/, "") === place) return column.header;
    }
    return undefined;
  }

  left() {
    clearTimeout(this.reading);
    this.book.close();
    this.upload.close();
  }
}
