/** axe-core finds nothing: at every step, empty, full and faulty, with questions open; in both languages, light and dark. */
import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { Clerk, Desk, STEPS, made } from "./desk.mjs";
import { DIRTY, write } from "./sheets.mjs";

const run = promisify(execFile);
const WORDS = {
  zh: { make: "正式制作…", cancel: "取消", revoke: "撤销…", reissue: "重发…", project: "项目", look: "看改成什么样", changes: "改了什么", quit: "退出", sheet: "按改好的名单重发…", publish: "发布核验网页…", other: "新建或打开另一个…" },
  en: { make: "Make the real thing…", cancel: "Cancel", revoke: "Revoke…", reissue: "Reissue…", project: "project", look: "See what it becomes", changes: "What changes", quit: "Quit", sheet: "Reissue by a corrected sheet…", publish: "Publish the check page…", other: "Begin or open another…" },
};
/** @type {Desk} */
let desk;
/** @type {Clerk} */
let clerk;
let pdf;

async function found(where) {
  await clerk.settled();
  const violations = await clerk.axe();
  if (violations.length) await clerk.shot(`axe-${where.replace(/\W+/g, "-")}`);
  return violations.map((one) => `${where}: ${one}`);
}

/** What is found by an act in both languages, light and dark. */
async function looked(act) {
  const wrong = [];
  for (const lang of ["zh", "en"]) {
    if ((await clerk.run(() => document.documentElement.lang.slice(0, 2))) !== lang) await clerk.push(lang === "zh" ? "中文" : "English");
    for (const scheme of ["light", "dark"]) {
      await clerk.prefer(scheme);
      await act(WORDS[lang], async (where) => wrong.push(...(await found(`${where}, ${lang}, ${scheme}`))));
    }
  }
  assert.deepEqual(wrong, []);
}

const steps = (words, look) =>
  STEPS.reduce(async (before, id) => {
    await before;
    await clerk.step(id);
    await look(id);
  }, Promise.resolve());

describe("an empty folder", () => {
  before(async () => {
    desk = await Desk.start({ lang: "zh" });
    clerk = await Clerk.sit(desk);
  });
  after(async () => {
    await clerk.close();
    await desk.end();
  });
  test("every step", () => looked((words, look) => steps(words, look)));
  test("nothing went wrong unseen", () => clerk.sound(/status of/));
});

describe("a folder in which everything was made", () => {
  before(async () => {
    desk = await Desk.start({ lang: "zh", example: "full", prepare: made });
    const zip = (await readdir(desk.path("out"))).find((name) => name.endsWith(".zip"));
    await run("unzip", ["-q", desk.path("out", zip), "-d", join(desk.place, "taken")], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
    const pdfs = (await readdir(join(desk.place, "taken"), { recursive: true })).filter((name) => name.endsWith(".pdf"));
    pdf = (part) => join(desk.place, "taken", pdfs.find((name) => name.includes(part)));
    clerk = await Clerk.sit(desk);
  });
  after(async () => {
    await clerk.close();
    await desk.end();
  });
  test("every step", () => looked((words, look) => steps(words, look)));
  test("to begin or open another contest", () =>
    looked(async (words, look) => {
      await clerk.step("sheet");
      await clerk.step("contest");
      await clerk.push(words.other);
      await look("contest/other");
    }));
  test("a question, and a package that is opened", () =>
    looked(async (words, look) => {
      await clerk.step("make");
      await clerk.push(words.make);
      await look("make, asked");
      await clerk.push(words.cancel);
      await clerk.push(words.quit);
      await look("quit, asked");
      await clerk.push(words.cancel);
    }));
  test("a certificate, what it would become, and its revocation", () =>
    looked(async (words, look) => {
      await clerk.step("register");
      await clerk.push("JZCK2026-CY-1-001");
      await look("one");
      if (!(await clerk.has(words.look))) await clerk.push(words.reissue);
      await clerk.write(words.project, "另一个名称");
      await clerk.push(words.look);
      await clerk.reads(words.changes);
      await look("reissue");
      await clerk.push(words.revoke);
      await look("revoke, asked");
      await clerk.push(words.cancel);
    }));
  test("the register against a sheet, and the check page", () =>
    looked(async (words, look) => {
      for (const way of [words.sheet, words.publish]) {
        await clerk.step("register");
        await clerk.push(way);
        await look(way);
      }
    }));
  test("a verdict, and an inspected document", () =>
    looked(async (words, look) => {
      await clerk.step("verify");
      await clerk.give(pdf("JZCK2026-CY-1-001"));
      await clerk.until(() => document.querySelector(".verdict"));
      await look("verdict");
      await clerk.step("inspect");
      await clerk.give(pdf("公示"));
      await clerk.until(() => document.querySelector(".verdict"));
      await clerk.picture();
      await look("inspected");
    }));
  // That sheet and register agree is told as a refusal.
  test("nothing went wrong unseen", () => clerk.sound(/status of 422.*propose/));
});

describe("a folder with faults", () => {
  before(async () => {
    desk = await Desk.start({ lang: "zh", example: "full" });
    await write(join(desk.place, "名单.csv"), DIRTY);
    clerk = await Clerk.sit(desk);
    await clerk.step("sheet");
    await clerk.give(join(desk.place, "名单.csv"));
    await clerk.reads("已换成");
  });
  after(async () => {
    await clerk.close();
    await desk.end();
  });
  test("every step, and a fault that is chosen", () =>
    looked(async (words, look) => {
      await steps(words, look);
      await clerk.step("check");
      await clerk.push("button.check-fault");
      await look("check, chosen");
    }));
  test("a contest that cannot be read", async () => {
    await writeFile(desk.path("contest.toml"), "sheet = \n");
    await clerk.step("contest");
    await clerk.until(() => document.querySelector("main .fault"));
    await looked((words, look) => steps(words, look));
  });
  test("nothing went wrong unseen", () => clerk.sound(/status of 4/));
});
