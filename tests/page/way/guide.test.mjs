/**
 * The guide's pictures, from the real page. UPDATE_GUIDE=1 takes them; without it, what the page says at each of those moments
 * is held against what it said when its picture was taken, so that none goes stale unnoticed.
 */
import assert from "node:assert/strict";
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";
import { Clerk, Desk, STEPS, inTurn, made } from "./desk.mjs";
import { DIRTY, FAIR, write } from "./sheets.mjs";

const DOCS = fileURLToPath(new URL("../../../docs/", import.meta.url));
const UPDATE = Boolean(process.env.UPDATE_GUIDE);
const MOST = 2.5 * 1024 * 1024;
const PICTURES = ["begin", "contest", "sheet", "check", "pages", "make", "made", "register", "reissue", "verify", "inspect"];

const WAYS = {
  zh: {
    guide: "手册.md",
    sheet: ["获奖名单.csv", DIRTY],
    place: "D:\\大赛",
    folder: "2026年创客中国",
    words: { name: "文件夹名称", begin: "新建", taken: "已换成", hide: "收起", toCheck: "去核对", sound: "核对完了", real: "正式制作…", go: "正式制作", made: "✓ 做好了", reissue: "重发…", project: "项目", look: "看改成什么样", reason: "原因" },
    mends: [["没有名为“二等獎”", "二等奖"], ["没有名为“三等将”", "三等奖"], ["不像姓名", "董行红、单洋刚、尹娜"]],
    number: "JZCK2026-CY-1-001",
    project: "煤层气提纯一体化服务平台",
    reason: "项目名称少两个字",
  },
  en: {
    guide: "guide.md",
    sheet: ["winners.csv", FAIR],
    place: "D:\\Contests",
    folder: "Science Fair 2026",
    words: { name: "Name of the folder", begin: "Begin", taken: "Now using", hide: "Close", toCheck: "Go to Check", sound: "Checked: nothing is wrong", real: "Make the real thing…", go: ".primary", made: "✓ Made", reissue: "Reissue…", project: "project", look: "See what it becomes", reason: "Reason" },
    mends: [["knows no award “Frist Prize”", "First Prize"], ["no name does", "Owen O’Dell"]],
    number: "HVSF26-001",
    project: "Duckweed as a filter for farm water",
    reason: "wrong project name",
  },
};

/** What differs from run to run, and what is shown in its place. */
const NEUTRAL = [
  ["\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d", "2026-08-12 09:30"],
  ["用了 \\d+ 秒", "用了 2 秒"],
  ["in \\d+ s\\b", "in 2 s"],
  ["\\d+(\\.\\d+)? (KB|MB)", "640 $2"],
];

for (const lang of ["zh", "en"]) {
  describe(`the guide, ${lang}`, () => {
    const test = inTurn();
    const way = WAYS[lang];
    const { words } = way;
    /** @type {Desk} */
    let desk;
    /** @type {Clerk} */
    let clerk;

    /** Another moment, place and speed must not make another picture. */
    const neutral = () =>
      clerk.see((from, to, changes) => {
        document.activeElement.blur();
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const { data } = texts.currentNode;
          const said = changes.reduce((text, [found, told]) => text.replace(new RegExp(found, "g"), told), data.split(from).join(to));
          if (said !== data) texts.currentNode.data = said;
        }
      }, join(desk.place, "contest"), way.place, NEUTRAL);

    /**
     * What can be read, but for the grid, which shows as much as fits, and for lists that are not open. The page may have shown
     * itself anew since it was made neutral.
     */
    const said = async () => {
      const text = await clerk.run(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("award-grid, select { display: none }");
        document.adoptedStyleSheets = [sheet];
        const text = document.body.innerText.split("\n").map((line) => line.trim()).filter(Boolean).join("\n") + "\n";
        document.adoptedStyleSheets = [];
        return text;
      });
      const here = text.split(join(desk.place, "contest")).join(way.place);
      return NEUTRAL.reduce((text, [found, told]) => text.replace(new RegExp(found, "g"), told), here);
    };

    /** What is cut out of the window: where these are, with some room around them. */
    const cut = (parts) =>
      clerk.see((parts) => {
        const boxes = parts.map((part) => find(part)).map((found) => (found.closest(".card") || found).getBoundingClientRect());
        const x = Math.max(0, Math.min(...boxes.map((box) => box.left)) - 16);
        const y = Math.max(0, Math.min(...boxes.map((box) => box.top)) - 16);
        const right = Math.min(innerWidth, Math.max(...boxes.map((box) => box.right)) + 16);
        const bottom = Math.min(innerHeight, Math.max(...boxes.map((box) => box.bottom)) + 16);
        return { x, y, width: right - x, height: bottom - y, scale: 1 };
      }, parts);

    /** A picture of the window, or of the parts of it that are told. */
    async function picture(name, ...parts) {
      const path = join(DOCS, "guide", lang, name);
      await clerk.settled();
      await clerk.send("Input.dispatchMouseEvent", { type: "mouseMoved", x: 1, y: 1 });
      await neutral();
      await clerk.frame();
      const { data } = await clerk.send("Page.captureScreenshot", { format: "webp", quality: 80, clip: parts.length ? await cut(parts) : undefined });
      const text = await said();
      if (UPDATE) {
        await mkdir(join(DOCS, "guide", lang), { recursive: true });
        await writeFile(`${path}.webp`, Buffer.from(data, "base64"));
        await writeFile(`${path}.txt`, text);
        return;
      }
      assert.ok((await stat(`${path}.webp`)).size > 0);
      assert.equal(text, await readFile(`${path}.txt`, "utf8"), `the page at “${name}” is no longer as in its picture: take it again with UPDATE_GUIDE=1`);
    }

    before(async () => {
      desk = await Desk.start({ lang });
      await write(join(desk.place, way.sheet[0]), way.sheet[1]);
      clerk = await Clerk.sit(desk);
    });

    after(async () => {
      if (clerk) await clerk.close();
      if (desk) await desk.end();
    });

    test("a contest is begun", async () => {
      await clerk.write(words.name, way.folder);
      await picture("begin", words.name);
      await clerk.push(words.begin);
      await clerk.until(() => document.querySelector(".contest-title"));
      desk.folder = await clerk.run(async () => (await (await fetch("/api/state")).json()).path);
      await picture("contest");
    });

    test("the sheet is taken, checked and mended", async () => {
      await clerk.step("sheet");
      await clerk.give(join(desk.place, way.sheet[0]));
      await clerk.reads(words.taken);
      await clerk.push(words.hide);
      await picture("sheet");
      await clerk.push(words.toCheck);
      await clerk.push(way.mends[0][0]);
      await picture("check");
      for (const [fault, text] of way.mends) {
        await clerk.push(fault);
        await clerk.insert(text);
        await clerk.press("Enter");
        await clerk.until((fault) => !Array.from(document.querySelectorAll(".check-fault")).some((one) => one.innerText.includes(fault)), fault);
      }
      await clerk.reads(words.sound);
    });

    test("pages are seen and documents made", async () => {
      await clerk.step("pages");
      await clerk.picture(".pages-viewer");
      await picture("pages");
      await clerk.step("make");
      await picture("make", "#step table", words.real);
      await clerk.push(words.real);
      await clerk.push(words.go);
      await clerk.reads(words.made);
      await picture("made", "#step .card");
    });

    test("one certificate is found and reissued", async () => {
      await clerk.step("register");
      await picture("register");
      await clerk.push(way.number);
      await clerk.push(words.reissue);
      await clerk.write(words.project, way.project);
      await clerk.push(words.look);
      await clerk.until(() => Array.from(document.querySelectorAll(".side-by-side img")).filter((one) => one.complete && one.naturalWidth).length === 2);
      await clerk.write(words.reason, way.reason);
      await clerk.see(() => document.querySelector(".side-by-side").closest(".card, section").scrollIntoView({ block: "start" }));
      await clerk.run(() => document.querySelector("main").scrollBy(0, -24));
      await picture("reissue");
    });

    test("a certificate is verified, an official document inspected", async () => {
      await clerk.step("verify");
      await clerk.give(await desk.takenOut(way.number));
      await clerk.until(() => document.querySelector(".verdict"));
      await picture("verify");
      await clerk.step("inspect");
      await clerk.give(await notice());
      await clerk.until(() => document.querySelector(".verdict"));
      await clerk.picture();
      await picture("inspect");
    });

    /** The notice of the full example: the science fair has no official documents. */
    async function notice() {
      if (lang === "zh") return desk.takenOut("通知.pdf");
      const full = await Desk.start({ lang: "zh", example: "full", prepare: made });
      const path = await full.takenOut("通知.pdf");
      const kept = join(desk.place, "notice.pdf");
      await copyFile(path, kept);
      await full.end();
      return kept;
    }

    test("nothing went wrong unseen", () => clerk.sound());
  });
}

describe("the guide's text", () => {
  const test = inTurn();
  for (const lang of ["zh", "en"]) {
    test(`every picture is named and there, every step has its place: ${lang}`, async () => {
      const text = await readFile(join(DOCS, WAYS[lang].guide), "utf8");
      const named = Array.from(text.matchAll(/!\[[^\]]+\]\(guide\/(\w+)\/([\w-]+)\.webp\)/g), (found) => [found[1], found[2]]);
      assert.deepEqual(named.filter(([of]) => of !== lang), []);
      const files = (await readdir(join(DOCS, "guide", lang))).sort();
      assert.deepEqual(files, PICTURES.flatMap((name) => [`${name}.txt`, `${name}.webp`]).sort());
      assert.deepEqual(named.map(([, name]) => name).sort(), PICTURES.slice().sort());
      for (const id of [...STEPS, "trouble"]) assert.ok(text.includes(`<a id="${id}"></a>`), id);
      assert.ok(text.split("\n").length < 200);
    });
  }

  test("the pictures are not heavy", async () => {
    let bytes = 0;
    for (const lang of ["zh", "en"]) {
      for (const name of PICTURES) bytes += (await stat(join(DOCS, "guide", lang, `${name}.webp`))).size;
    }
    assert.ok(bytes < MOST, `${bytes} bytes`);
  });
});
