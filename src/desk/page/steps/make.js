/** 制作: what will be made, the making of it, and what was made. */
import { button, fill, h } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { refusalView } from "../lib/faults.js";
import { Packages } from "./make-packages.js";
import { PlanView } from "./make-plan.js";
import { Result } from "./make-result.js";
import { Running } from "./make-running.js";
import { t } from "./make-words.js";

/** Who waits longer is told, in milliseconds. */
const PATIENCE = 200;

class Make {
  /** @param {HTMLElement} root @param {import("../lib/app.js").App} app */
  constructor(root, app) {
    this.app = app;
    this.left = false;
    this.asked = 0;
    this.plan = new PlanView((making) => this.making(making));
    this.running = new Running();
    const follow = () => (this.busy ? this.running : this.result).element.focus();
    this.plan.follow = follow;
    this.packages = new Packages(() => this.plan.volumes);
    this.result = new Result({
      replace: (what) => this.plan.begin({ ...(what.only ? { only: what.only, hold: what.hold } : {}), draft: what.draft, replace: true }),
      follow,
      packages: (file) => this.packages.ways(file),
    });
    this.instead = h("div", { class: "stack" });
    fill(
      root,
      h("h1", { class: "visually-hidden" }, t("title")),
      h("div", { class: "make stack" }, this.running.element, this.result.element, this.instead, this.plan.element, this.packages.element),
    );
    this.plan.element.hidden = true;
    this.changed(/** @type {import("../lib/app.js").State} */ (app.state));
  }

  /** @param {import("../lib/app.js").State} state */
  changed(state) {
    this.making(state.making);
    // The register is not to be had while numbers are entered, and nothing can be begun.
    if (!this.busy) void this.look(state);
    this.packages.element.hidden = this.busy === true && !this.planned;
  }

  /** @param {{ running: any, last: any }} making */
  making({ running, last }) {
    const was = !this.running.element.hidden;
    const focused = this.running.element.contains(document.activeElement);
    this.running.show(running);
    this.result.show(running ? null : last);
    this.busy = Boolean(running);
    this.plan.element.hidden = this.busy || !this.planned;
    if (running && !was) this.running.element.scrollIntoView({ block: "nearest" });
    // The button that was pressed is gone.
    if (focused && !running) this.result.element.focus();
  }

  /** What would be made now. @param {import("../lib/app.js").State} state */
  async look(state) {
    this.asked += 1;
    const { asked } = this;
    const patience = setTimeout(() => {
      if (asked === this.asked && !this.planned && !this.left) fill(this.instead, h("p", { class: "quiet-text", role: "status" }, t("looking")));
    }, PATIENCE);
    try {
      const plan = await get("/api/plan");
      if (asked !== this.asked || this.left) return;
      fill(this.instead);
      this.planned = true;
      this.plan.show(plan, state.counts ? state.counts.errors : 0);
    } catch (error) {
      if (asked !== this.asked || this.left) return;
      this.planned = false;
      this.cannot(error, state);
    } finally {
      clearTimeout(patience);
    }
    this.plan.element.hidden = this.busy === true || !this.planned;
    // Which of their files are volumes is known only now.
    if (!this.busy) await this.packages.look();
  }

  /** @param {any} error @param {import("../lib/app.js").State} state */
  cannot(error, { stuck }) {
    const step = stuck ? stuck.at : "check";
    const words = t(step === "contest" ? "toContest" : step === "sheet" ? "toSheet" : "toCheck");
    const again = button(t("retry"), () => this.look(/** @type {import("../lib/app.js").State} */ (this.app.state)));
    fill(this.instead, refusalView(error), h("p", { class: "buttons" }, h("a", { class: "button", href: `#/${step}` }, words), again));
  }
}

/** @type {import("../lib/app.js").Step} */
export const make = {
  id: "make",
  mount(root, app) {
    const step = new Make(root, app);
    return {
      changed: (state) => step.changed(state),
      making: (how) => step.running.step(how),
      left: () => (step.left = true),
    };
  },
};
