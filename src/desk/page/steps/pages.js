/** 版面: every document as the finished page of its real row. */
import { button, fill, h } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { refusalView } from "../lib/faults.js";
import { DocumentList, nameOf } from "./pages-list.js";
import { Middle, link } from "./pages-middle.js";
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
    /** The version of the folder that pictures are of. */
    this.drawnAt = -1;
    /** @type {string[]} */
    this.kinds = [];
    /** @type {Item | undefined} */
    this.item = undefined;
    this.page = 1;
    /** Of the document, as far as that is known. */
    this.count = 1;
    /** Counts what was asked for: an answer to an earlier question is dropped. */
    this.asked = 0;
    this.left = false;
    /** @type {number | undefined} */
    this.soon = undefined;
    /** The size of a kind's pages, once one was seen. @type {Map<string, { width: number, height: number }>} */
    this.sizes = new Map();
    this.pictures = new Pictures();
    this.list = new DocumentList((item) => this.open(item));
    this.view = new PageView(() => this.finer());
    this.settings = new Settings((version) => {
      this.drawnAt = version;
      this.anew();
    });
    this.middle = new Middle(this.view, this.settings.element.id, {
      leaf: (way) => this.leaf(way),
      turn: (way) => this.turn(way),
      settings: () => this.toggle(),
    });
    this.instead = h("div", { class: "stack" });
    this.element = h(
      "div",
      { class: "pages", hidden: true, onkeydown: (/** @type {KeyboardEvent} */ event) => this.pressed(event) },
      this.list.element,
      this.middle.element,
      this.settings.element,
    );
    fill(root, h("h1", { class: "visually-hidden" }, t("title")), this.instead, this.element);
    this.list.filtered = () => this.item && this.middle.head(this.item, this.list.items);
    this.settings.lock(Boolean(app.state && app.state.making.running));
    void this.look();
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
    if (documents.length === 0) {
      this.show(h("div", { class: "card stack" }, h("h2", null, t("noDocuments")), h("p", null, t("noDocumentsHelp")), h("p", { class: "buttons" }, link("check", t("toCheck")))));
      return;
    }
    const same = this.same(documents);
    fill(this.instead, this.item && !same && h("p", { role: "status" }, t("gone")));
    this.element.hidden = false;
    const faulty = counts && counts.errors > 0;
    this.list.show(documents, kinds, faulty && h("p", { class: "wrong" }, t("leftOut", { count: counts.errors }), " ", h("a", { href: "#/check" }, t("toCheck"))));
    this.open(same || this.list.items[0] || documents[0], true);
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
    const note = refusalView(error);
    if (this.item && this.settings.shown) {
      // A setting that spoils the contest is put right where it was made.
      this.element.hidden = false;
      fill(this.instead);
      this.asked += 1;
      this.view.without(h("p", null, t("noPage")), note, h("p", { class: "buttons" }, way));
      this.middle.untold();
      this.middle.waiting(false);
      return;
    }
    this.show(note, h("p", { class: "buttons" }, way, button(t("retry"), () => this.look())));
  }

  /** Shows this in place of all. @param {...import("../lib/dom.js").Child} what */
  show(...what) {
    this.element.hidden = true;
    fill(this.instead, ...what);
  }

  /** Shows a document; `again` if it is to be drawn anew. @param {Item} item @param {boolean} [again] */
  open(item, again) {
    const other = !this.item || this.item.path !== item.path;
    this.item = item;
    if (other) {
      this.page = 1;
      this.count = 1;
      history.replaceState(null, "", `#/pages/${encodeURIComponent(item.path)}`);
      this.view.element.scrollTop = 0;
    }
    this.list.unhide(item);
    this.list.list.select(item.path);
    this.middle.head(item, this.list.items);
    this.settings.show(item.kind, this.kinds.indexOf(item.kind));
    if (other || again) void this.draw(other);
  }

  /** Asks for the page and for what is wrong with it. @param {boolean} other  Whether what is seen now is of another page. */
  async draw(other) {
    const item = /** @type {Item} */ (this.item);
    const { page } = this;
    this.asked += 1;
    const { asked } = this;
    const ppi = this.view.ppi(this.sizes.get(item.kind));
    const patience = setTimeout(() => asked === this.asked && this.middle.waiting(true), PATIENCE);
    if (other) {
      this.view.fade();
      this.middle.untold();
    }
    const told = this.pictures.told(item.path, ppi);
    const drawn = this.pictures.page(item.path, page, ppi);
    try {
      const [one, about] = await Promise.all([drawn, told]);
      if (asked !== this.asked || this.left) return;
      this.sizes.set(item.kind, { width: one.width, height: one.height });
      this.count = about.pages;
      this.view.show(one, t("pageOf", { title: nameOf(item), page }));
      this.pictures.show(one);
      this.middle.told(item, page, about);
      this.prefetch(ppi);
    } catch (error) {
      if (asked === this.asked && !this.left) await this.undrawn(error, told, asked);
    } finally {
      clearTimeout(patience);
      if (asked === this.asked) this.middle.waiting(false);
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
    if (about) this.middle.told(/** @type {Item} */ (this.item), this.page, about);
    else this.middle.untold();
  }

  /** The next one is asked for while this one is read. @param {number} ppi */
  prefetch(ppi) {
    const { items } = this.list;
    const item = /** @type {Item} */ (this.item);
    const next = items[items.indexOf(item) + 1];
    const { asked } = this;
    setTimeout(() => {
      if (asked !== this.asked || this.left || this.settings.busy) return;
      if (this.page < this.count) this.pictures.page(item.path, this.page + 1, ppi).catch(() => {});
      if (!next) return;
      const fine = this.view.ppi(this.sizes.get(next.kind));
      this.pictures.told(next.path, fine).catch(() => {});
      this.pictures.page(next.path, 1, fine).catch(() => {});
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
    fill(this.instead);
    const next = this.item && this.list.items[this.list.items.indexOf(this.item) + way];
    if (next) this.open(next);
  }

  /** @param {1 | -1} way */
  turn(way) {
    const to = this.page + way;
    if (to < 1 || to > this.count) {
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
    this.middle.settings.setAttribute("aria-expanded", String(open));
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const { target } = event;
    const typing = target instanceof Element && target.closest("input, textarea, select, .pages-settings");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    /** @type {Record<string, () => any>} */
    const acts = {
      ArrowLeft: () => this.leaf(-1),
      ArrowRight: () => this.leaf(1),
      PageUp: () => this.view.scroll(-1) || this.turn(-1),
      PageDown: () => this.view.scroll(1) || this.turn(1),
      "+": () => this.view.step(1),
      "=": () => this.view.step(1),
      "-": () => this.view.step(-1),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** The folder has changed. @param {import("../lib/app.js").State} state */
  changed(state) {
    this.settings.lock(Boolean(state.making.running));
    // A look after a broken connection may find nothing new.
    if (state.version === this.version && !this.element.hidden) return;
    if (state.version !== this.drawnAt) this.pictures.forget();
    this.drawnAt = state.version;
    void this.look();
    this.settings.changed(state.version);
  }

  end() {
    this.left = true;
    clearTimeout(this.soon);
    this.list.list.end();
    this.view.end();
    this.settings.end();
    this.pictures.show(undefined);
    this.pictures.forget();
  }
}

/** @type {import("../lib/app.js").Step} */
export const pages = {
  id: "pages",
  mount(root, app, rest) {
    const step = new Pages(root, app, rest);
    return {
      changed: (state) => step.changed(state),
      mayLeave: () => step.settings.mayLeave(),
      left: () => step.end(),
    };
  },
};
