/**
 * A real headless Chromium for the tests, over the DevTools protocol and nothing else:
 * its pipe works the same from version 78 to today's.
 */
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".mjs": "text/javascript" };

/** Serves folders, the first that has a file, as the desk would: under a policy that allows no inline script or style. */
export async function serve(...folders) {
  const server = createServer(async (request, response) => {
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    const name = normalize(new URL(request.url, "http://x").pathname);
    const isFile = (path) => stat(path).then((found) => found.isFile()).catch(() => false);
    let path;
    for (const folder of folders) if (!path && (await isFile(join(folder, name)))) path = join(folder, name);
    if (!path) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": (TYPES[extname(path)] || "application/octet-stream") + "; charset=utf-8",
      "content-security-policy": "default-src 'self'",
      "cache-control": "no-store",
    });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

/** One page of one browser. */
export class Page {
  static async open(executable = process.env.CHROMIUM || "/usr/bin/chromium", size = "1366,768", flags = []) {
    const profile = await mkdtemp(join(tmpdir(), "grid-test-"));
    // Without a locale it takes the bytes of a Chinese file name for letters.
    const env = { ...process.env, LC_ALL: "C.UTF-8" };
    const child = spawn(
      executable,
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--hide-scrollbars=false",
        "--remote-debugging-pipe",
        `--user-data-dir=${profile}`,
        `--window-size=${size}`,
        "--lang=en",
        ...flags,
        "about:blank",
      ],
      { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], env },
    );
    const page = new this(child, profile);
    await page.attach();
    return page;
  }

  constructor(child, profile) {
    this.child = child;
    this.profile = profile;
    this.waiting = new Map();
    this.errors = [];
    this.next = 1;
    child.once("exit", () => this.gone());
    child.stdio[3].on("error", () => {}); // a browser that ended is told of by its exit
    let rest = Buffer.alloc(0);
    child.stdio[4].on("data", (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
        this.received(JSON.parse(rest.subarray(0, end).toString()));
        rest = rest.subarray(end + 1);
      }
    });
  }

  /** The browser is gone, and nothing more will be answered. */
  gone() {
    this.waiting.forEach(({ reject }) => reject(new Error("the browser ended")));
    this.waiting.clear();
  }

  received(message) {
    if (message.id) {
      const { resolve, reject } = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      return message.error ? reject(new Error(message.error.message)) : resolve(message.result);
    }
    const { method, params } = message;
    if (method === "Runtime.exceptionThrown")
      this.errors.push(params.exceptionDetails.exception?.description || params.exceptionDetails.text);
    if (method === "Log.entryAdded" && params.entry.level === "error")
      this.errors.push(`${params.entry.text} ${params.entry.url || ""}`);
    if (method === "Page.loadEventFired" && this.loaded) this.loaded();
  }

  send(method, params = {}) {
    const id = this.next++;
    this.child.stdio[3].write(JSON.stringify({ id, method, params, sessionId: this.session }) + "\0");
    return new Promise((resolve, reject) =>
      this.waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) }),
    );
  }

  async attach() {
    this.version = (await this.send("Browser.getVersion")).product;
    const targetId = await this.firstPage();
    this.session = (await this.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    for (const domain of ["Page", "Runtime", "Log"]) await this.send(domain + ".enable");
    this.composes = await this.compose("").then(
      () => true,
      () => false,
    );
    await this.send("Emulation.setFocusEmulationEnabled", { enabled: true });
  }

  /** The page that the browser opens with; it may take a moment. */
  async firstPage() {
    for (;;) {
      const { targetInfos } = await this.send("Target.getTargets");
      const found = targetInfos.find((target) => target.type === "page");
      if (found) return found.targetId;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async goto(url) {
    const loaded = new Promise((resolve) => (this.loaded = resolve));
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** Runs a function in the page and returns what it returns. */
  async run(act, ...args) {
    const expression = `(${act})(...${JSON.stringify(args)})`;
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
    return result.value;
  }

  /** Two frames: what was asked for is on the screen. */
  frame() {
    return this.run(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
    );
  }

  /** Presses keys such as "ArrowDown", "Control+Shift+z" or "a". */
  async press(...keys) {
    for (const key of keys) await this.pressOne(key);
  }

  async pressOne(combination) {
    const parts = combination.split("+");
    const key = parts.pop() || "+";
    const modifiers = parts.reduce((sum, part) => sum + { Alt: 1, Control: 2, Meta: 4, Shift: 8 }[part], 0);
    const text = modifiers & 7 ? undefined : key.length === 1 ? key : key === "Enter" ? "\r" : undefined;
    const event = { key, modifiers, ...codeOf(key), text, unmodifiedText: text };
    const commands = modifiers === 2 ? { c: ["copy"], x: ["cut"], v: ["paste"], z: ["undo"] }[key] : undefined;
    await this.send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", ...event, commands });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event, text: undefined });
  }

  /** A key that an input method takes: the page sees 229 and "Process". */
  async pressForInputMethod(code) {
    const event = { key: "Process", code, windowsVirtualKeyCode: 229 };
    await this.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...event });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  /** What an input method shows while it composes; "" ends it without a text. */
  compose(text) {
    return this.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }

  /** What an input method commits. */
  insert(text) {
    return this.send("Input.insertText", { text });
  }

  async mouse(type, x, y, more = {}) {
    await this.send("Input.dispatchMouseEvent", { type, x, y, button: "none", ...more });
  }

  async click(x, y, { count = 1, button = "left", modifiers = 0 } = {}) {
    await this.mouse("mouseMoved", x, y);
    for (let nth = 1; nth <= count; nth++) {
      await this.mouse("mousePressed", x, y, {
        button,
        buttons: button === "left" ? 1 : 2,
        clickCount: nth,
        modifiers,
      });
      await this.mouse("mouseReleased", x, y, { button, clickCount: nth, modifiers });
    }
  }

  async drag(from, to) {
    await this.mouse("mouseMoved", ...from);
    await this.mouse("mousePressed", ...from, { button: "left", buttons: 1, clickCount: 1 });
    await this.mouse("mouseMoved", ...to, { button: "left", buttons: 1 });
    await this.mouse("mouseReleased", ...to, { button: "left", clickCount: 1 });
  }

  async screenshot(path) {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    const { writeFile } = await import("node:fs/promises");
    await writeFile(path, Buffer.from(data, "base64"));
  }

  async close() {
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.session = undefined;
    this.send("Browser.close").catch(() => {});
    await gone;
    await rm(this.profile, { recursive: true, force: true });
  }
}

function codeOf(key) {
  if (/^[a-z]$/i.test(key))
    return { code: "Key" + key.toUpperCase(), windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0) };
  if (/^[0-9]$/.test(key)) return { code: "Digit" + key, windowsVirtualKeyCode: key.charCodeAt(0) };
  const named = {
    Enter: 13,
    Tab: 9,
    Escape: 27,
    Backspace: 8,
    Delete: 46,
    Home: 36,
    End: 35,
    PageUp: 33,
    PageDown: 34,
    ArrowLeft: 37,
    ArrowUp: 38,
    ArrowRight: 39,
    ArrowDown: 40,
    F2: 113,
    " ": 32,
  };
  return { code: key === " " ? "Space" : key, windowsVirtualKeyCode: named[key] || 0 };
}
