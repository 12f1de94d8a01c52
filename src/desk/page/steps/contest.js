/** 大赛: which contest it is, its facts as forms, and how to begin or open another. */
import { button, fill, h } from "../lib/dom.js";
import { get, post } from "../lib/api.js";
import { refusalView } from "../lib/faults.js";
import { Begin } from "./contest-begin.js";
import { ContestForm } from "./contest-form.js";
import { called } from "./contest-tree.js";
import { t } from "./contest-words.js";

/**
 * @typedef {import("../lib/app.js").State} State
 * @typedef {{ id: string, folder: string, name: string, here: boolean }} Beside
 * @typedef {{ contests: Beside[], place: string, examples: { name: string, about: string, usual: boolean }[] }} Folders
 */

/** What follows the step's name in the address where a contest is begun or another opened. */
const OTHER = "other";

/** So many other contests are offered right away. */
const OFFERED = 2;

class ContestStep {
  /** @param {HTMLElement} root @param {import("../lib/app.js").App} app @param {string} rest */
  constructor(root, app, rest) {
    this.app = app;
    this.rest = rest;
    this.alive = true;
    this.asked = 0;
    /** Whether it was here that another contest was asked for. */
    this.expected = false;
    /** @type {Folders | undefined} */
    this.folders = undefined;
    /** Which folder is shown; another tab may open another. */
    this.path = "";
    /** @type {ContestForm | undefined} */
    this.form = undefined;
    /** @type {Begin | undefined} */
    this.begin = undefined;
    this.notice = h("p", { class: "small quiet-text", role: "status" });
    this.wrong = h("div", null);
    this.head = h("header", { class: "contest-head" });
    this.place = h("div", null);
    fill(root, h("div", { class: "contest" }, h("h1", { class: "visually-hidden" }, t("title")), this.head, this.notice, this.wrong, this.place));
    this.look();
  }

  get state() {
    return /** @type {State} */ (this.app.state);
  }

  /** Shows the folder as it is now. */
  look() {
    const { state } = this;
    const other = this.path !== "" && this.path !== state.path;
    if (other) {
      // What was typed belongs to the folder that was open.
      this.drop();
      this.rest = "";
      history.replaceState(null, "", "#/contest");
      fill(this.wrong);
      this.notice.textContent = this.expected ? "" : t("openedElsewhere");
    }
    const elsewhere = !state.begun || this.rest === OTHER;
    this.path = state.path;
    if (elsewhere && !this.begin) {
      this.drop();
      this.begin = new Begin({ asked: (path, body) => this.go(path, body), back: () => this.back() });
      fill(this.place, this.begin.element);
    } else if (!elsewhere && !this.form) {
      this.drop();
      this.form = new ContestForm(this.app, this.rest);
      fill(this.place, this.form.element);
    }
    this.draw();
    if (other && this.expected) {
      this.expected = false;
      this.title();
    }
    void this.beside();
  }

  /** The keyboard goes on where the new contest begins. */
  title() {
    const name = this.head.querySelector("h2");
    if (name) name.focus();
  }

  drop() {
    if (this.form) this.form.end();
    this.form = undefined;
    this.begin = undefined;
    fill(this.place);
  }

  /** The contests that lie here. */
  async beside() {
    this.asked += 1;
    const { asked } = this;
    try {
      const folders = await get("/api/folders");
      if (!this.alive || asked !== this.asked) return;
      this.folders = folders;
      this.draw();
    } catch (error) {
      if (this.alive && asked === this.asked && this.begin) fill(this.wrong, refusalView(error));
    }
  }

  draw() {
    const { state, folders } = this;
    if (this.begin && folders) this.begin.update(folders, state);
    if (!this.form) {
      fill(this.head);
      return;
    }
    const here = folders && folders.contests.find((one) => one.here);
    const name = state.contest ? state.contest.name : here ? called(here) : state.folder;
    const others = folders ? folders.contests.filter((one) => !one.here).reverse() : [];
    const before = this.head.contains(document.activeElement);
    fill(
      this.head,
      h(
        "div",
        { class: "row between contest-title" },
        h("h2", { tabindex: "-1" }, name),
        h(
          "p",
          { class: "row small contest-others" },
          others.length > 0 && h("span", { class: "quiet-text" }, t("others")),
          others.slice(0, OFFERED).map((one) => button(called(one), () => void this.open(one), { class: "quiet contest-link", title: t("openOf", { folder: one.folder }) })),
          button(others.length > OFFERED ? t("allOthers", { count: others.length }) : t("newOrOpen"), () => void this.elsewhere(), { class: "quiet contest-link" }),
        ),
      ),
      h("p", { class: "small quiet-text" }, t("folder"), h("span", { class: "contest-path" }, state.path), " · ", t("byHand")),
    );
    if (before) this.head.querySelector("h2").focus({ preventScroll: true });
  }

  /** To begin or open another. */
  async elsewhere() {
    if (this.form && !(await this.form.settled())) return;
    this.rest = OTHER;
    history.replaceState(null, "", `#/contest/${OTHER}`);
    this.look();
    if (this.begin) this.begin.focus();
  }

  back() {
    this.rest = "";
    history.replaceState(null, "", "#/contest");
    this.begin = undefined;
    this.look();
    this.title();
  }

  /** @param {Beside} one */
  async open(one) {
    if (this.form && !(await this.form.settled())) return;
    try {
      await this.go("/api/open", { id: one.id });
    } catch (error) {
      fill(this.wrong, refusalView(error));
    }
  }

  /** Begins or opens a contest; what it throws is shown by whoever asked. @param {string} path @param {any} body */
  async go(path, body) {
    // That it was opened may be told before this is answered.
    this.expected = true;
    try {
      await post(path, body);
    } catch (error) {
      this.expected = false;
      throw error;
    }
    await this.app.look();
  }

  changed() {
    const form = this.form;
    this.look();
    if (form && form === this.form) form.changed();
  }

  end() {
    this.alive = false;
    this.drop();
  }
}

/** @type {import("../lib/app.js").Step} */
export const contest = {
  id: "contest",
  mount(root, app, rest) {
    const step = new ContestStep(root, app, rest);
    return {
      changed: () => step.changed(),
      mayLeave: () => !step.form || step.form.mayLeave(),
      left: () => step.end(),
    };
  },
};
