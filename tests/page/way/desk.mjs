/**
 * The real program on a contest folder of its own, and whoever sits before its page: pointer, keys and eyes.
 *
 * ACCOLADE names the program. PAGE=1 takes the page's files from src/ instead of from the program, to try them without a build.
 */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Page } from "../browser.mjs";

export const ACCOLADE = process.env.ACCOLADE || fileURLToPath(new URL("../../../target/release/accolade", import.meta.url));
const SOURCE = fileURLToPath(new URL("../../../src/desk", import.meta.url));
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const PATIENCE = 20000;
const PAUSE = 40;

const run = promisify(execFile);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the program on the command line; what it printed. */
export async function accolade(...args) {
  return (await run(ACCOLADE, args)).stdout;
}

/** The steps in their order. */
export const STEPS = ["contest", "sheet", "check", "pages", "make", "register", "verify", "inspect"];

/** Prepares a folder: everything is made already, by the command line. */
export async function made(folder) {
  await accolade("run", folder);
}

/** Tests of which each goes on from where the one before it ended: once one fails the others are not tried. */
export function inTurn() {
  let broken = false;
  return (name, act) =>
    test(name, async (t) => {
      if (broken) return t.skip("the one before it failed");
      broken = true;
      await act(t);
      broken = false;
    });
}

/** A contest folder in a place of its own, and the program serving it. */
export class Desk {
  /** `example`: what the folder begins with; without one it is empty. `prepare(folder)` may change it before the start. */
  static async start({ lang = "zh", example, prepare } = {}) {
    const place = await mkdtemp(join(tmpdir(), "desk-test-"));
    const desk = new Desk(place, lang);
    await mkdir(join(place, "run"), { mode: 0o700 });
    if (example) await accolade("--lang", lang, "init", desk.folder, "--example", example);
    else await mkdir(desk.folder);
    if (prepare) await prepare(desk.folder);
    await desk.begin();
    return desk;
  }

  constructor(place, lang) {
    this.place = place;
    this.lang = lang;
    this.folder = join(place, "contest");
    this.port = 0;
  }

  /** Starts the program; a second time, at the same port. */
  async begin() {
    const args = ["desk", this.folder, "--no-open", "--port", String(this.port), "--lang", this.lang];
    const env = { ...process.env, XDG_RUNTIME_DIR: join(this.place, "run") };
    this.child = spawn(ACCOLADE, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    this.gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.said = "";
    this.child.stderr.on("data", (chunk) => (this.said += chunk));
    this.address = await new Promise((resolve, reject) => {
      let told = "";
      this.child.stdout.on("data", (chunk) => {
        told += chunk;
        const [line, more] = told.split("\n");
        if (more !== undefined) resolve(line.trim());
      });
      this.child.once("exit", () => reject(new Error(`the desk ended: ${this.said}`)));
      this.child.once("error", reject);
    });
    this.port = Number(new URL(this.address).port);
  }

  /** Ends the program as a power cut would. */
  async kill() {
    this.child.kill("SIGKILL");
    await this.gone;
  }

  /** The path of something in the folder. */
  path(...names) {
    return join(this.folder, ...names);
  }

  /** A file of a package that was made, as it would be taken out of it; both are told by a part of their names. */
  async takenOut(file, { of = /^(?!.*(样张|更正|draft|correction)).*\.zip$/ } = {}) {
    const zip = (await readdir(this.path("out"))).find((name) => of.test(name));
    const to = await mkdtemp(join(this.place, "taken-"));
    await run("unzip", ["-q", this.path("out", zip), `*${file}*`, "-d", to], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
    const found = (await readdir(to, { recursive: true })).find((name) => name.endsWith(".pdf"));
    return join(to, found);
  }

  async end() {
    await this.kill();
    await rm(this.place, { recursive: true, force: true });
  }
}

/** What a person calls an element: its label, its text. Runs in the page; the other functions that do begin with it. */
const EYES = `
  const plain = (text) => (text || "").replace(/\\s+/g, " ").trim();
  const nameOf = (element) => {
    const by = element.getAttribute("aria-labelledby");
    if (by) return plain(by.split(" ").map((id) => (document.getElementById(id) || {}).textContent).join(" "));
    if (element.getAttribute("aria-label")) return plain(element.getAttribute("aria-label"));
    if (element.labels && element.labels.length) return plain(element.labels[0].innerText);
    return plain(element.textContent);
  };
  const isSeen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  const PRESSED = "button, a[href], summary, input, select, textarea, [role=tab], [role=option], [role=listbox], [tabindex='0']";
  const scope = () => Array.from(document.querySelectorAll("dialog[open]")).pop() || document;
  /** What can be pressed and is called so: exactly, else beginning with it, else containing it; or a selector's. */
  const find = (what, inside) => {
    const around = inside ? scope().querySelector(inside) : scope();
    if (!around) return undefined;
    if (/^[#.[]\\w|^[a-z]+( [a-z]+)*[.[#]\\w/.test(what)) {
      return Array.from(around.querySelectorAll(what)).find(isSeen);
    }
    const all = Array.from(around.querySelectorAll(PRESSED)).filter(isSeen);
    return all.find((one) => nameOf(one) === what)
      || all.find((one) => plain(one.textContent) === what)
      || all.find((one) => nameOf(one).startsWith(what))
      || all.filter((one) => nameOf(one).includes(what)).sort((one, other) => nameOf(one).length - nameOf(other).length)[0];
  };
`;

/** Whoever sits before the page. */
export class Clerk extends Page {
  /** A browser at the desk's address; `size` of the window in CSS pixels. */
  static async sit(desk, { width = 1366, height = 768, dark = false } = {}) {
    const clerk = await Clerk.open();
    clerk.began = Date.now();
    await clerk.send("Network.enable");
    await clerk.resize(width, height);
    await clerk.prefer(dark ? "dark" : "light");
    if (process.env.PAGE) await clerk.send("Fetch.enable", { patterns: [{ urlPattern: "*/page/*" }] });
    await mkdir(join(desk.place, "saved"), { recursive: true });
    await clerk.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: join(desk.place, "saved") });
    await clerk.goto(desk.address);
    await clerk.settled();
    return clerk;
  }

  constructor(child, profile) {
    super(child, profile);
    this.clicks = 0;
    this.keys = 0;
    this.flying = new Map();
  }

  received(message) {
    super.received(message);
    const { method, params } = message;
    if (method === "Fetch.requestPaused") void this.answerFromSource(params, message.sessionId);
    // What was asked of the program and is not answered yet; the stream of events never is.
    if (method === "Network.requestWillBeSent" && params.type !== "EventSource" && !params.request.url.includes("/api/events")) {
      this.flying.set(params.requestId, params.request.url);
    }
    if (method === "Network.loadingFinished" || method === "Network.loadingFailed") this.flying.delete(params.requestId);
    if (method === "Runtime.consoleAPICalled" && params.type === "error") {
      this.errors.push(params.args.map((one) => one.value || one.description).join(" "));
    }
    // A page that asks before it is left: `this.leaving` decides, and is told that it was asked.
    if (method === "Page.javascriptDialogOpening") {
      this.asked = (this.asked || []).concat(params.message || params.type);
      void this.send("Page.handleJavaScriptDialog", { accept: Boolean(this.leaving) });
    }
  }

  async answerFromSource({ requestId, request }) {
    const path = join(SOURCE, new URL(request.url).pathname);
    const body = await readFile(path).catch(() => undefined);
    if (!body) return this.send("Fetch.continueRequest", { requestId });
    const responseHeaders = [{ name: "content-type", value: `${TYPES[extname(path)]}; charset=utf-8` }];
    return this.send("Fetch.fulfillRequest", { requestId, responseCode: 200, responseHeaders, body: body.toString("base64") });
  }

  resize(width, height) {
    return this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  }

  prefer(scheme) {
    return this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
  }

  /** Another tab of the same browser, at the same desk. */
  async tab() {
    const url = await this.run(() => location.href);
    const { targetId } = await this.send("Target.createTarget", { url });
    const tab = Object.create(this);
    Object.defineProperty(tab, "next", { get: () => this.next, set: (value) => (this.next = value) });
    tab.session = (await this.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    for (const domain of ["Page", "Runtime", "Log"]) await tab.send(domain + ".enable");
    await tab.send("Emulation.setFocusEmulationEnabled", { enabled: true });
    await tab.resize(1366, 768);
    await tab.settled();
    return tab;
  }

  /** Runs a function in the page that may use what EYES has. */
  see(act, ...args) {
    return this.run(`async (...args) => { ${EYES} const seen = await (${act})(...args); return seen instanceof Node || seen; }`, ...args);
  }

  /** Waits until a function of the page answers something; fails telling what the page shows. */
  async until(act, ...args) {
    return this.within(PATIENCE, act, ...args);
  }

  async within(patience, act, ...args) {
    const from = Date.now();
    let wrong = "";
    for (;;) {
      // While the page loads anew there is nobody to ask.
      const answer = await this.see(act, ...args).catch((error) => void (wrong = error.message));
      if (answer) return answer;
      if (Date.now() - from > patience) {
        if (process.env.SHOTS) await this.screenshot(join(process.env.SHOTS, `failed-${process.pid}.png`)).catch(() => {});
        const shown = await this.text().catch((error) => String(error));
        assert.fail(`after ${patience} ms not yet: ${act} ${JSON.stringify(args)} ${wrong}\nerrors: ${this.errors.join("\n")}\nshown:\n${shown}`);
      }
      await pause(PAUSE);
    }
  }

  /** The page is there and waits for nothing. */
  async settled() {
    for (const from = Date.now(); ; ) {
      await this.until(() => document.querySelector("main h1") && !document.querySelector("[aria-busy=true]"));
      await this.frame().catch(() => {});
      if (this.flying.size === 0) return;
      assert.ok(Date.now() - from < PATIENCE, `still waiting for ${[...this.flying.values()]}`);
      await pause(PAUSE);
    }
  }

  /** Waits for a text, or what fits an expression, to be in sight. */
  reads(text) {
    if (text instanceof RegExp) {
      return this.until((source, flags) => new RegExp(source, flags).test(scope() === document ? document.body.innerText : scope().innerText), text.source, text.flags);
    }
    return this.until((text) => plain(document.body.innerText).includes(text), text);
  }

  /** What a page's picture shows, as a sum: another picture has another. */
  picture(selector = ".paper") {
    return this.until((selector) => {
      const paper = document.querySelector(selector);
      const image = paper && paper.querySelector("img");
      if (!image || paper.matches(".other, [aria-busy=true]") || !image.complete || !image.naturalWidth) return false;
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: image.naturalWidth, height: image.naturalHeight });
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      let sum = 1;
      for (const byte of context.getImageData(0, 0, canvas.width, canvas.height).data) sum = (Math.imul(sum, 31) + byte) | 0;
      return `${canvas.width} × ${canvas.height}: ${sum}`;
    }, selector);
  }

  /** What the page says. */
  text(selector = "body") {
    return this.run((selector) => Array.from(document.querySelectorAll(selector)).map((one) => one.innerText).join("\n"), selector);
  }

  /** Waits until it can be pressed, brings it into sight, and answers where it is. */
  async place(what, inside) {
    await this.until(
      (what, inside) => {
        const found = find(what, inside);
        if (!found || found.disabled || found.getAttribute("aria-disabled") === "true") return false;
        found.scrollIntoView({ block: "nearest", inline: "nearest" });
        return true;
      },
      what,
      inside,
    );
    await this.settled();
    // It must be what lies on top there, and at rest: something that is covered or on its way cannot be pressed.
    return this.until(
      async (what, inside) => {
        const found = find(what, inside);
        if (!found) return false;
        const box = found.getClientRects()[0];
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const later = found.getClientRects()[0];
        if (!later || later.top !== box.top || later.left !== box.left) return false;
        const [x, y] = [box.left + Math.min(box.width / 2, 200), box.top + box.height / 2];
        const top = document.elementFromPoint(x, y);
        if (!top || !(found.contains(top) || top.contains(found) || (found.labels && Array.from(found.labels).some((label) => label.contains(top))))) {
          found.scrollIntoView({ block: "center", inline: "center" });
          return false;
        }
        return { x, y };
      },
      what,
      inside,
    );
  }

  /** Presses what is called so (or a selector's first) with the pointer. */
  async push(what, inside) {
    const { x, y } = await this.place(what, inside);
    this.clicks += 1;
    await this.click(x, y);
  }

  /** Whether something that is called so can be seen. */
  has(what, inside) {
    return this.see((what, inside) => Boolean(find(what, inside)), what, inside);
  }

  /** Writes into the field that is called so, in place of what stands there. */
  async write(what, text, inside) {
    await this.push(what, inside);
    await this.press("Control+a");
    await this.see(() => document.activeElement.select && document.activeElement.select());
    await this.insert(text);
  }

  /** Chooses in a list, as the list's own popup would; the popup itself is the system's and out of reach. */
  async choose(what, option, inside) {
    await this.place(what, inside);
    this.clicks += 2;
    await this.see(
      (what, option, inside) => {
        const select = find(what, inside);
        const found = Array.from(select.options).find((one) => plain(one.textContent).startsWith(option) || one.value === option);
        if (!found) throw new Error(`no ${option} among ${Array.from(select.options).map((one) => one.textContent)}`);
        select.focus();
        select.value = found.value;
        select.dispatchEvent(new Event("input", { bubbles: true }));
        select.dispatchEvent(new Event("change", { bubbles: true }));
      },
      what,
      option,
      inside,
    );
  }

  /** Goes to a cell of the grid that shows, counted from 0: the keyboard is in it. */
  async cell(row, column) {
    await this.settled();
    await this.until(
      (row, column) => {
        const grid = document.querySelector("award-grid:not([hidden])");
        if (grid) grid.reveal(row, column, { focus: true });
        return grid && grid.contains(document.activeElement);
      },
      row,
      column,
    );
    await this.frame();
  }

  /** Gives a file to the field that the page's button would open the system's window for. */
  async give(path, selector = "main input[type=file]") {
    await this.until((selector) => document.querySelector(selector), selector);
    this.clicks += 3;
    const { result } = await this.send("Runtime.evaluate", { expression: `document.querySelector(${JSON.stringify(selector)})` });
    await this.send("DOM.setFileInputFiles", { files: [path].flat(), objectId: result.objectId });
  }

  /** Goes to a step by its name in the row of steps. */
  async step(id) {
    await this.push(`nav a[href="#/${id}"]`);
    await this.until((id) => location.hash.startsWith(`#/${id}`), id);
    await this.settled();
  }

  /** Presses Tab until what has the focus is called so; how it is called is told where it is never reached. */
  async tabTo(what, { back = false, most = 150, inside } = {}) {
    const passed = [];
    for (let nth = 0; nth < most; nth += 1) {
      const here = await this.see(
        (what, inside) => {
          const focused = document.activeElement;
          const wanted = find(what, inside);
          return { there: Boolean(wanted) && (wanted === focused || (focused !== document.body && wanted.contains(focused))), name: nameOf(focused).slice(0, 40) };
        },
        what,
        inside,
      );
      if (here.there) return;
      passed.push(here.name);
      await this.tap(back ? "Shift+Tab" : "Tab");
    }
    assert.fail(`the key Tab does not reach ${what}: ${passed.join(" | ")}`);
  }

  /** Keys, counted. */
  async tap(...keys) {
    this.keys += keys.length;
    await this.press(...keys);
  }

  /** Types into what has the focus, in place of what it holds. */
  async keyed(text) {
    await this.tap("Control+a");
    await this.see(() => document.activeElement.select && document.activeElement.select());
    for (const letter of text) await this.tap(letter);
  }

  /** A picture for whoever runs the tests with SHOTS=folder. */
  async shot(name) {
    if (process.env.SHOTS) await this.screenshot(join(process.env.SHOTS, `${name}.png`));
  }

  /** What axe-core finds wrong, in words. */
  async axe() {
    if (!(await this.run(() => Boolean(window.axe)))) {
      const source = await readFile(process.env.AXE || createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
      await this.send("Runtime.evaluate", { expression: source });
    }
    return this.run(async () => {
      // What fades in has its colours afterwards.
      for (const animation of document.getAnimations()) if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
      const { violations } = await axe.run(document, { resultTypes: ["violations"] });
      return violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary.split("\n").slice(1).join(" ")}`).join("; ")}`);
    });
  }

  /** Nothing went wrong that only the console tells of, but what fits `expected`. */
  sound(expected = /^$/) {
    assert.deepEqual(this.errors.filter((error) => !expected.test(error)), []);
  }
}
