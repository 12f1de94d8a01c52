/** How far the work is. */
import { button, fill, h } from "../lib/dom.js";
import { post } from "../lib/api.js";
import { refusalView } from "../lib/faults.js";
import { duration, t } from "./make-words.js";

/** How often it is said aloud, in milliseconds. */
const SPEAK = 6000;

/** Before so many seconds nobody can tell how long the rest takes. */
const CERTAIN = 2;

/** Steps after the last document, in their order. @type {readonly string[]} */
const AFTER = ["packed", "reserved", "named", "issued"];

export class Running {
  constructor() {
    this.title = h("h2", null);
    this.bar = h("progress", { "aria-label": t("bar") });
    this.told = h("p", { class: "row make-told" });
    this.spoken = h("p", { class: "visually-hidden", role: "status" });
    this.stop = button(t("stop"), () => this.ask(), { class: "big" });
    this.wrong = h("div", null);
    this.spokenAt = 0;
    this.element = h(
      "section",
      { class: "card stack make-running", tabindex: "-1", hidden: true },
      this.title,
      this.bar,
      this.told,
      h("p", { class: "row" }, this.stop, h("span", { class: "small quiet-text" }, t("stopIs"))),
      this.wrong,
      this.spoken,
    );
  }

  /** @param {any} running  As the state has it; null if nothing is made. */
  show(running) {
    this.element.hidden = !running;
    if (!running) {
      this.spokenAt = 0;
      fill(this.wrong);
      return;
    }
    const { what, stopping } = running;
    this.title.textContent = t(what.what !== "package" ? "runningOther" : what.draft ? "runningDraft" : "runningReal");
    this.stop.disabled = stopping;
    this.stop.textContent = t(stopping ? "stopping" : "stop");
    this.step(running.step);
  }

  /** @param {any} step  Null before the first. */
  step(step) {
    if (!step) {
      this.bar.removeAttribute("value");
      fill(this.told, h("span", null, t("begun")));
      return;
    }
    if (step.event === "made") this.made(step);
    else if (AFTER.includes(step.event)) {
      this.bar.value = 1;
      fill(this.told, h("strong", null, t(step.event)));
      this.say(t(step.event), true);
    }
  }

  /** @param {{ done: number, count: number, rate: number, seconds: number, seconds_left: number | null }} step */
  made({ done, count, rate, seconds, seconds_left: rest }) {
    const share = count > 0 ? done / count : 0;
    const left = rest === null || rest === undefined || seconds < CERTAIN ? "" : rest < 1.5 ? t("soon") : t("left", { time: duration(rest) });
    this.bar.value = share;
    fill(
      this.told,
      h("strong", null, `${Math.floor(share * 100)}%`),
      h("span", { title: t("bound") }, t("progress", { done, count })),
      rate > 0 && h("span", null, t("rate", { rate: rate >= 10 ? Math.round(rate) : rate })),
      left && h("span", null, left),
    );
    const percent = Math.floor(share * 100);
    this.say(left ? t("spoken", { percent, left }) : `${percent}%`, false);
  }

  /** Says it, but not so often that nothing else can be heard. @param {string} words @param {boolean} now */
  say(words, now) {
    const time = Date.now();
    if (!now && time - this.spokenAt < SPEAK) return;
    this.spokenAt = time;
    this.spoken.textContent = words;
  }

  async ask() {
    this.stop.disabled = true;
    this.stop.textContent = t("stopping");
    try {
      await post("/api/make/stop");
    } catch (error) {
      fill(this.wrong, refusalView(error));
      this.stop.disabled = false;
      this.stop.textContent = t("stop");
    }
  }
}
