/** 版面: every document as the finished page of its real row. */
import { button, fill, h } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { faultView, refusalView } from "../lib/faults.js";
import { DocumentList, nameOf } from "./pages-list.js";
import { Pictures } from "./pages-pictures.js";
import { Settings } from "./pages-settings.js";
import { PageView } from "./pages-view.js";
import { t } from "./pages-words.js";

/** @typedef {import("./pages-list.js").Item} Item */

/** Who waits longer is told that it is on its way, in milliseconds. */
const PATIENCE = 200;

class Pages {
  /** @param {HTMLElement} root @param {import("../lib/app.js").App} app @param {string} wanted  A document's path. */
  constructor(root, app, wanted) {
    this.app = app;
    this.wanted = wanted;
    this.version = -1;
    /** @type {Item | undefined} */
    this.item = undefined;
    this.page = 1;
    /** Counts what was asked for: an answer to an earlier question is dropped. */
    this.asked = 0;
    this.left = false;
    /** The size of a kind's pages, once one was seen. @type {Map<string, { width: number, height: number }>} */
    this.sizes = new Map();
    this.pictures = new Pictures();
    this.list = new DocumentList((item) => this.open(item));
    this.view = new PageView(() => this.finer());
    this.settings = new Settings(() => this.anew());
    this.build(root);
    void this.look();
  }

  /** @param {HTMLElement} root */
  build(root) {
    this.name = h("h2", { class: "pages-name" });
    this.about = h("p", { class: "row small quiet-text" });
    this.status = h("p", { class: "visually-hidden", role: "status" });
    this.busy = h("span", { class: "small quiet-text", role: "status" });
    this.faults = h("section", { class: "pages-faults", "aria-label": t("faults") });
    this.where = h("span", { class: "small" });
    this.back = button(`◀ ${t("previous")}`, () => this.leaf(-1), { title: "←" });
    this.forth = button(`${t("next")} ▶`, () => this.leaf(1), { title: "→" });
    this.pageWhere = h("span", { class: "small" });
    this.pageBack = button("▲", () => this.turn(-1), { "aria-label": t("previousPage"), title: t("previousPage") });
    this.pageForth = button("▼", () => this.turn(1), { "aria-label": t("nextPage"), title: t("nextPage") });
    this.paging = h("div", { class: "row pages-paging" }, this.pageBack, this.pageWhere, this.pageForth);
    this.drawer = button(t("settings"), () => this.toggle(), { "aria-expanded": "true", "aria-controls": this.settings.element.id });
    this.middle = h(
      "section",
      { class: "pages-middle" },
      h("div", { class: "row between pages-head" }, h("div", { class: "grow" }, this.name, this.about), this.busy, this.drawer),
      h("div", { class: "row between pages-bar" }, h("div", { class: "row" }, this.back, this.where, this.forth), this.paging, this.view.controls),
      this.view.element,
      this.faults,
      h("p", { class: "small quiet-text pages-keys" }, t("keys")),
      this.status,
    );
    this.instead = h("div", { class: "stack" });
    this.element = h("div", { class: "pages", onkeydown: (/** @type {KeyboardEvent} */ event) => this.pressed(event) }, this.list.element, this.middle, this.settings.element);
    fill(root, h("h1", { class: "visually-hidden" }, t("title")), this.instead, this.element);
    this.element.hidden = true;
  }

  /** Looks at the folder: which documents there are. */
  async look() {
    const patience = setTimeout(() => {
      if (this.element.hidden && !this.left) fill(this.instead, h("p", { class: "quiet-text", role: "status" }, t("looking")));
    }, PATIENCE);
    try {
      const { version, kinds, documents } = await get("/api/documents");
      if (this.left || version < this.version) return;
      this.version = version;
      this.listed(kinds, documents);
    } catch (error) {
      if (!this.left) this.cannot(error);
    } finally {
      clearTimeout(patience);
    }
  }

  /** @param {string[]} kinds @param {Item[]} documents */
  listed(kinds, documents) {
    this.kinds = kinds;
    const { counts } = /** @type {import("../lib/app.js").State} */ (this.app.state);
    const faulty = counts && counts.errors > 0;
    if (documents.length === 0) {
      this.instead0(h("div", { class: "card stack" }, h("h2", null, t("noDocuments")), h("p", null, t("noDocumentsHelp")), h("p", { class: "buttons" }, link("check", t("toCheck")))));
      return;
    }
    fill(this.instead);
    this.element.hidden = false;
    this.list.show(documents, kinds, faulty && h("p", null, t("leftOut"), " ", h("a", { href: "#/check" }, t("toCheck"))));
    this.open(this.same(documents) || this.list.items[0] || documents[0], true);
  }

  /** The document that is looked at, as it is in a new list. @param {Item[]} documents */
  same(documents) {
    const { item } = this;
    const path = item ? item.path : this.wanted;
    const found = documents.find((one) => one.path === path);
    if (found || !item) return found;
    // Its name may have been mended, and its path with it.
    return documents.find((one) => one.kind === item.kind && one.rows.join() === item.rows.join());
  }

  /** There is nothing to be seen at all. @param {any} error */
  cannot(error) {
    const { stuck } = /** @type {import("../lib/app.js").State} */ (this.app.state);
    const way = stuck ? link(stuck.at, t(stuck.at === "contest" ? "toContest" : "toSheet")) : link("check", t("toCheck"));
    this.instead0(refusalView(error), h("p", { class: "buttons" }, way, button(t("retry"), () => this.look())));
  }

  /** @param {...import("../lib/dom.js").Child} what */
  instead0(...what) {
    this.element.hidden = true;
    fill(this.instead, ...what);
  }

  /** Shows a document; `again` if it is to be drawn anew. @param {Item} item @param {boolean} [again] */
  open(item, again) {
    const other = !this.item || this.item.path !== item.path;
    this.item = item;
    if (other) {
      this.page = 1;
      history.replaceState(null, "", `#/pages/${encodeURIComponent(item.path)}`);
      this.view.element.scrollTop = 0;
    }
    this.list.unhide(item);
    this.list.list.select(item.path);
    this.head();
    this.settings.show(item.kind, this.kinds.indexOf(item.kind));
    if (other || again) void this.draw(other);
  }

  head() {
    const item = /** @type {Item} */ (this.item);
    const { items } = this.list;
    const index = items.indexOf(item);
    this.name.textContent = nameOf(item);
    fill(
      this.about,
      h("span", null, item.kind),
      item.number && item.number !== nameOf(item) && h("span", null, item.number),
      item.rows.length > 0 && h("a", { href: `#/check/${encodeURIComponent(item.rows[0])}`, title: t("toCheckRow") }, item.rows.length === 1 ? t("row", { cell: item.rows[0] }) : t("rows", { count: item.rows.length })),
      item.risky && h("span", { class: "chip warn", title: t("riskyLong") }, t("risky")),
    );
    this.where.textContent = t("document", { number: index + 1, count: items.length });
    this.back.disabled = index <= 0;
    this.forth.disabled = index < 0 || index >= items.length - 1;
  }

  /** Asks for the page and for what is wrong with it. @param {boolean} other  Whether what is seen now is of another document. */
  async draw(other) {
    const item = /** @type {Item} */ (this.item);
    const { page } = this;
    this.asked += 1;
    const asked = this.asked;
    const ppi = this.view.ppi(this.sizes.get(item.kind));
    const patience = setTimeout(() => asked === this.asked && this.waiting(true), PATIENCE);
    if (other) {
      this.view.fade();
      fill(this.faults);
    }
    const told = this.pictures.told(item.path, ppi);
    const drawn = this.pictures.page(item.path, page, ppi);
    const shown = Promise.all([drawn, told]);
    try {
      const [one, about] = await shown;
      if (asked !== this.asked || this.left) return;
      this.sizes.set(item.kind, { width: one.width, height: one.height });
      this.view.show(one, t("pageOf", { title: nameOf(item), page }));
      this.pictures.show(one);
      this.told(about);
      this.prefetch(ppi);
    } catch (error) {
      if (asked !== this.asked || this.left) return;
      await this.undrawn(error, told, asked);
    } finally {
      clearTimeout(patience);
      if (asked === this.asked) this.waiting(false);
    }
  }

  /** There is no picture: that, and all that is known of why. @param {any} error @param {Promise<import("./pages-pictures.js").Told>} told @param {number} asked */
  async undrawn(error, told, asked) {
    const about = await told.catch(() => undefined);
    if (asked !== this.asked || this.left) return;
    if (about && this.page > Math.max(1, about.pages)) {
      // It has fewer pages than it had.
      this.page = Math.max(1, about.pages);
      await this.draw(false);
      return;
    }
    this.view.without(h("p", null, t("noPage")), !about && refusalView(error), !about && button(t("retry"), () => this.anew()));
    this.pictures.show(undefined);
    if (about) this.told(about);
    else fill(this.faults);
  }

  /** @param {import("./pages-pictures.js").Told} about */
  told(about) {
    const item = /** @type {Item} */ (this.item);
    this.pageWhere.textContent = t("page", { page: this.page, count: about.pages });
    this.pageBack.disabled = this.page <= 1;
    this.pageForth.disabled = this.page >= about.pages;
    this.paging.hidden = about.pages < 2;
    this.pages = about.pages;
    const marked = about.marked[this.page - 1];
    fill(
      this.faults,
      about.faults.length > 0 ? h("h3", null, t("faults")) : h("p", { class: "small quiet-text" }, t("noFaults")),
      marked && h("p", { class: "small" }, t("marked")),
      about.faults.map((fault) => faultView(fault, [fault.cell && link(`check/${encodeURIComponent(fault.cell)}`, t("toCheckRow"))].filter(Boolean))),
    );
    this.status.textContent = t("shownPage", { title: nameOf(item), page: this.page, count: about.pages });
  }

  /** @param {boolean} waits */
  waiting(waits) {
    this.view.element.setAttribute("aria-busy", String(waits));
    this.busy.textContent = waits ? t("drawing") : "";
  }

  /** The next one is asked for while this one is read. @param {number} ppi */
  prefetch(ppi) {
    const { items } = this.list;
    const item = /** @type {Item} */ (this.item);
    const next = items[items.indexOf(item) + 1];
    const { asked } = this;
    setTimeout(() => {
      if (asked !== this.asked || this.left || this.settings.busy) return;
      if (this.pages && this.page < this.pages) this.pictures.page(item.path, this.page + 1, ppi).catch(() => {});
      if (!next) return;
      const finer = this.view.ppi(this.sizes.get(next.kind));
      this.pictures.told(next.path, finer).catch(() => {});
      this.pictures.page(next.path, 1, finer).catch(() => {});
    }, 150);
  }

  /** The same page in a finer picture. */
  finer() {
    clearTimeout(this.soon);
    this.soon = window.setTimeout(() => this.item && !this.left && this.draw(false), 60);
  }

  /** The same page as the folder is now. */
  anew() {
    this.pictures.forget();
    if (this.item) void this.draw(false);
  }

  /** @param {1 | -1} way */
  leaf(way) {
    const next = this.item && this.list.items[this.list.items.indexOf(this.item) + way];
    if (next) this.open(next);
  }

  /** @param {1 | -1} way */
  turn(way) {
    const to = this.page + way;
    if (to < 1 || to > (this.pages || 1)) {
      this.leaf(way);
      return;
    }
    this.page = to;
    this.view.element.scrollTop = way > 0 ? 0 : this.view.element.scrollHeight;
    void this.draw(true);
  }

  toggle() {
    const open = this.settings.element.hidden;
    this.settings.element.hidden = !open;
    this.element.classList.toggle("wide", !open);
    this.drawer.setAttribute("aria-expanded", String(open));
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const { target } = event;
    const typing = target instanceof Element && target.closest("input, textarea, select, .pages-settings");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const act = {
      ArrowLeft: () => this.leaf(-1),
      ArrowRight: () => this.leaf(1),
      PageUp: () => this.view.scroll(-1) || this.turn(-1),
      PageDown: () => this.view.scroll(1) || this.turn(1),
      "+": () => this.view.step(1),
      "=": () => this.view.step(1),
      "-": () => this.view.step(-1),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** The folder has changed. */
  changed() {
    this.pictures.forget();
    void this.look();
    this.settings.changed();
  }

  end() {
    this.left = true;
    this.list.list.end();
    this.view.end();
    this.settings.end();
    this.pictures.show(undefined);
    this.pictures.forget();
  }
}

/** A way to another step, that looks like a button. @param {string} step @param {string} words */
function link(step, words) {
  return h("a", { class: "button", href: `#/${step}` }, words);
}

/** @type {import("../lib/app.js").Step} */
export const pages = {
  id: "pages",
  mount(root, app, rest) {
    const step = new Pages(root, app, rest);
    return {
      changed: () => step.changed(),
      mayLeave: () => step.settings.mayLeave(),
      left: () => step.end(),
    };
  },
};
