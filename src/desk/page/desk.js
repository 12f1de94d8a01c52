/** The page around the steps: which contest it is, the way through, and what is the same in all of them. */
import { button, fill, h } from "./lib/dom.js";
import { App } from "./lib/app.js";
import { post } from "./lib/api.js";
import { ask } from "./lib/dialog.js";
import { faultView, refusalView } from "./lib/faults.js";
import { begin, choose, lang } from "./lib/words.js";
import { t } from "./desk-words.js";
import { STEPS } from "./steps.js";

/** @typedef {import("./lib/app.js").State} State */

const app = new App();
const root = /** @type {HTMLElement} */ (document.getElementById("desk"));
/** @type {import("./lib/app.js").Mounted | undefined} */
let mounted;
/** @type {string | undefined} */
let shown;
const parts = {
  name: h("p", { class: "contest-name" }),
  steps: h("ol", { class: "steps" }),
  tools: h("div", { class: "tools" }),
  banner: h("div", { class: "banner", role: "status" }),
  main: h("main", { id: "step", tabindex: "-1" }),
  guide: h("a", { class: "quiet button", target: "_blank", rel: "noopener" }, "？"),
};

/** The step that the address names, and what follows its name. */
function wanted() {
  const [, id = "", rest = ""] = location.hash.split("/");
  const step = STEPS.find((one) => one.id === id);
  return step ? { step, rest: decoded(rest) } : undefined;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    return "";
  }
}

/** The step to begin with: where there is something to do. @param {State} state */
function first(state) {
  if (!state.begun || (state.stuck && state.stuck.at === "contest")) return "contest";
  if (!state.sheet || !state.sheet.there || (state.stuck && state.stuck.at === "sheet")) return "sheet";
  return state.counts && state.counts.errors > 0 ? "check" : "sheet";
}

function show() {
  const found = wanted();
  if (!found) {
    location.replace(`#/${first(/** @type {State} */ (app.state))}`);
    return;
  }
  if (location.hash === shown) return;
  if (mounted && mounted.mayLeave && !mounted.mayLeave()) {
    history.replaceState(null, "", shown);
    return;
  }
  if (mounted && mounted.left) mounted.left();
  const before = shown;
  shown = location.hash;
  fill(parts.main);
  frame(/** @type {State} */ (app.state));
  const title = t(/** @type {any} */ (found.step.id));
  document.title = `${title} · accolade`;
  mounted = found.step.mount(parts.main, app, found.rest);
  if (before !== undefined) parts.main.focus({ preventScroll: true });
  parts.main.scrollTop = 0;
}

/** The header, as the folder is now. @param {State} state */
function frame(state) {
  const found = wanted();
  parts.name.textContent = state.contest ? state.contest.name : state.folder || "";
  parts.name.title = state.path;
  parts.guide.href = `/guide?lang=${lang()}#${found ? found.step.id : ""}`;
  parts.guide.title = t("guide");
  parts.guide.setAttribute("aria-label", t("guide"));
  fill(
    parts.steps,
    STEPS.map((step) => {
      const here = found && found.step === step;
      const badge = badgeOf(step.id, state);
      return h(
        "li",
        null,
        h(
          "a",
          { href: `#/${step.id}`, "aria-current": here ? "step" : undefined },
          t(/** @type {any} */ (step.id)),
          badge && h("span", { class: `badge ${badge.kind}`, "aria-label": badge.words, title: badge.words }, badge.text),
        ),
      );
    }),
  );
}

/** What a step's name has beside it. @param {string} id @param {State} state */
function badgeOf(id, state) {
  if (id === "contest" && state.begun && state.stuck && state.stuck.at === "contest") {
    const count = state.stuck.faults.filter((fault) => fault.severity === "error").length;
    return { kind: "error", text: String(count), words: t("errors", { count }) };
  }
  if (id === "sheet" && state.begun && ((state.sheet && !state.sheet.there) || (state.stuck && state.stuck.at === "sheet"))) {
    return { kind: "error", text: "!", words: t("sheetStuck") };
  }
  if (id === "check" && state.counts) {
    const { errors, warnings } = state.counts;
    if (errors > 0) return { kind: "error", text: String(errors), words: t("errors", { count: errors }) };
    if (warnings > 0) return { kind: "warning", text: String(warnings), words: t("warnings", { count: warnings }) };
  }
  if (id === "make" && state.making.running) return { kind: "busy", text: "…", words: t("making") };
  return undefined;
}

function tools() {
  fill(
    parts.tools,
    button(t("otherLang"), () => {
      if (mounted && mounted.mayLeave && !mounted.mayLeave()) return;
      choose(lang() === "zh" ? "en" : "zh");
      rebuilt();
    }, { class: "quiet", lang: lang() === "zh" ? "en" : "zh-CN" }),
    button(t("theme"), () => document.documentElement.dispatchEvent(new Event("themeturned")), { class: "quiet", "aria-label": t("themeLong"), title: t("themeLong") }),
    parts.guide,
    button(t("quit"), quit, { class: "quiet" }),
  );
}

async function quit() {
  const done = await ask({ title: t("quitTitle"), body: [t("quitBody")], go: t("quit"), act: () => post("/api/quit") });
  if (done) fill(document.body, h("p", { class: "alone" }, t("ended")));
}

/** Everything anew, in the language that was chosen. */
function rebuilt() {
  if (mounted && mounted.left) mounted.left();
  mounted = undefined;
  shown = undefined;
  fill(
    root,
    h("a", { class: "skip", href: "#step", onclick: skip }, t("skip")),
    h(
      "header",
      { class: "top" },
      h("div", { class: "brand" }, h("img", { src: "/page/icon.svg", alt: "", width: 22, height: 22 }), h("span", null, "accolade")),
      parts.name,
      parts.tools,
    ),
    h("nav", { "aria-label": t("way") }, parts.steps),
    parts.banner,
    parts.main,
  );
  tools();
  show();
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  parts.main.focus();
}

async function start() {
  const old = document.getElementById("old");
  if (old) old.remove();
  try {
    await app.look();
  } catch (error) {
    fill(root, refusalView(error));
    return;
  }
  begin(/** @type {State} */ (app.state).lang);
  rebuilt();
  app.watching.add((state) => {
    frame(state);
    if (mounted && mounted.changed) mounted.changed(state);
  });
  app.following.add((step) => mounted && mounted.making && mounted.making(step));
  app.connected.add((gone) => {
    fill(parts.banner, gone && faultView({ severity: "error", code: "gone", message: t("gone"), help: t("goneHelp"), cell: null, file: null, line: null }));
  });
  app.listen();
  window.addEventListener("hashchange", (event) => {
    // A step may have put a place of its own into the address since.
    shown = new URL(event.oldURL).hash;
    show();
  });
  window.addEventListener("beforeunload", (event) => {
    if (mounted && mounted.mayLeave && !mounted.mayLeave()) event.preventDefault();
  });
}

void start();
