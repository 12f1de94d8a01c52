/** The whole way of a newcomer with a pointer, in Chinese, from an empty folder to a certificate that is reissued. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { promisify } from "node:util";
import { Clerk, Desk, inTurn } from "./desk.mjs";
import { DIRTY, write } from "./sheets.mjs";

const run = promisify(execFile);
const test = inTurn();
const UTF8 = { ...process.env, LC_ALL: "C.UTF-8" };
/** @type {Desk} */
let desk;
/** @type {Clerk} */
let clerk;
/** Clicks and the time when her sheet was handed in, and when the zip was in her hands. */
const marks = {};
const mark = (name) => (marks[name] = { clicks: clerk.clicks, time: Date.now() });

/** Waits for a file that the browser saves. */
async function saved(pattern) {
  for (const until = Date.now() + 20000; Date.now() < until; ) {
    const found = (await readdir(join(desk.place, "saved"))).find((name) => pattern.test(name));
    if (found) return join(desk.place, "saved", found);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing like ${pattern} was saved`);
}

const counts = () => clerk.run(async () => (await (await fetch("/api/state")).json()).counts);

before(async () => {
  desk = await Desk.start({ lang: "zh" });
  await write(join(desk.place, "获奖名单.csv"), DIRTY);
  clerk = await Clerk.sit(desk);
});

after(async () => {
  if (clerk) await clerk.close();
  if (desk) await desk.end();
});

test("an empty folder: a contest is begun from the full example", async () => {
  assert.match(await clerk.run(() => location.hash), /^#\/contest/);
  await clerk.reads("从示例开始");
  await clerk.write("文件夹名称", "2026年创客中国");
  await clerk.push("新建");
  await clerk.reads("2026年“创客中国”晋中市中小企业创新创业大赛");
  const path = await clerk.run(async () => (await (await fetch("/api/state")).json()).path);
  // A program for Windows, tried by Wine, says it in Windows' way.
  desk.folder = join(desk.folder, path.split(/[\\/]/).pop());
});

test("her own sheet: how it was understood, and what is wrong with it", async () => {
  mark("sheet");
  await clerk.step("sheet");
  await clerk.give(join(desk.place, "获奖名单.csv"));
  await clerk.reads("已换成“获奖名单.csv”");
  await clerk.reads(/11 行\s*=\s*可制作 5\s*\+\s*有错 3\s*\+\s*略过 3/);
  await clerk.reads("4 处错误待改");
  await clerk.push("去核对");
  await clerk.settled();
  await clerk.reads("二等獎");
});

test("every error is mended where it stands: by what was probably meant, and by typing", async () => {
  for (const meant of ["改为“二等奖”", "改为“三等奖”"]) {
    const { errors } = await counts();
    await clerk.push(meant);
    await clerk.until(async (errors) => (await (await fetch("/api/state")).json()).counts.errors < errors, errors);
  }
  // The name with the character that nobody can print: two faults, one cell.
  await clerk.push("button.check-fault");
  await clerk.insert("董行红、单洋刚、尹娜");
  await clerk.press("Enter");
  await clerk.reads("核对完了，没有问题");
  assert.equal((await counts()).errors, 0);
  await clerk.push("去看“版面”");
});

test("every document is leafed through, and another design is another page", async () => {
  await clerk.reads("风险最大的在前");
  const shown = () => clerk.run(() => document.querySelector(".pages-viewer img").alt);
  const documents = await clerk.until(() => Number((/1 \/ (\d+) 份/.exec(document.body.innerText) || [])[1]));
  assert.ok(documents > 20, String(documents));
  await clerk.settled();
  const first = await shown();
  await clerk.push("下一份");
  await clerk.until((first) => document.querySelector(".pages-viewer img").alt !== first, first);
  await clerk.reads(`2 / ${documents} 份`);
  // All of them by the keyboard; each has a page.
  await clerk.run(() => document.querySelector(".pages-viewer").focus());
  for (let nth = 3; nth <= documents; nth += 1) {
    await clerk.press("ArrowRight");
    await clerk.reads(`${nth} / ${documents} 份`);
    await clerk.picture(".pages-viewer");
  }
  await clerk.write("查找", "聚晟");
  await clerk.push("JZCK2026-CY-1-001", ".pages-list");
  await clerk.until(() => document.querySelector(".pages-viewer img").alt.includes("聚晟"));
  await clerk.settled();
  const formal = await clerk.picture(".pages-viewer");
  await clerk.push("素雅");
  await clerk.until((formal) => document.querySelector(".pages-viewer img").naturalWidth === formal, Number(formal.split(" ")[0]));
  for (const until = Date.now() + 20000; (await clerk.picture(".pages-viewer")) === formal; ) assert.ok(Date.now() < until, "another design, the same page");
  await clerk.shot("modern");
});

test("drafts spend nothing; the real thing is told of, and its progress is seen", async () => {
  await clerk.step("make");
  await clerk.push("做样张");
  await clerk.reads("样张做好了");
  assert.deepEqual((await clerk.run(async () => (await (await fetch("/api/register")).json()).count)), 0);
  await clerk.push("正式制作…");
  await clerk.reads(/会用掉 8 个新编号/);
  await clerk.see(() => {
    window.progress = [];
    new MutationObserver(() => {
      const bar = document.querySelector("progress");
      if (bar) window.progress.push(bar.value);
    }).observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await clerk.push("正式制作");
  await clerk.reads("✓ 做好了");
  assert.ok((await clerk.run(() => window.progress)).length > 0, "its progress was seen");
});

test("the package is opened, and saved", async () => {
  await clerk.push("下载压缩包");
  const zip = await saved(/\.zip$/);
  mark("zip");
  const { stdout } = await run("unzip", ["-l", zip], { env: UTF8 });
  assert.match(stdout, /荣誉证书/);
  assert.equal(stdout.match(/JZCK2026-[A-Z]+-\d-\d+[^\n]*\.pdf/g).length, 8);
  await clerk.shot("made");
});

test("a week later one of them is found by name and reissued: both pages are seen before", async () => {
  await clerk.step("register");
  await clerk.write("查找", "聚晟");
  await clerk.reads("符合条件的 1 份");
  await clerk.push("JZCK2026-CY-1-001");
  await clerk.reads("现在的证书");
  await clerk.push("重发…");
  await clerk.write("项目", "煤层气提纯一体化服务平台");
  await clerk.push("看改成什么样");
  await clerk.reads("改了什么");
  await clerk.until(() => Array.from(document.querySelectorAll(".side-by-side img")).filter((one) => one.complete && one.naturalWidth).length === 2);
  await clerk.shot("reissue");
  await clerk.write("原因", "项目名称少两个字");
  await clerk.push("制作新版");
  await clerk.reads("新版已做好。");
  await clerk.reads("第 2 版");
  await clerk.reads("原因：项目名称少两个字");
  const history = await clerk.text("main");
  assert.match(history, /第 2 版\s+有效/);
  assert.match(history, /第 1 版\s+已被取代/);
  await clerk.picture();
});

test("it is revoked, and that is undone", async () => {
  await clerk.push("撤销…");
  await clerk.write("原因", "试一试");
  await clerk.push("撤销");
  await clerk.reads("已撤销。纸质证书请收回。");
  await clerk.push("恢复…");
  await clerk.write("原因", "撤销错了");
  await clerk.push("恢复");
  await clerk.reads("已恢复，重新有效。");
});

test("the new PDF is genuine, the old one superseded", async () => {
  const zips = (await readdir(desk.path("out"))).filter((name) => name.endsWith(".zip") && !name.includes("样张"));
  assert.equal(zips.length, 2, zips.join());
  await clerk.step("verify");
  await clerk.give(await desk.takenOut("JZCK2026-CY-1-001", { of: /更正.*\.zip$/ }));
  await clerk.reads("真实，现行有效");
  await clerk.give(await desk.takenOut("JZCK2026-CY-1-001"));
  await clerk.reads("已被取代，不再有效");
  await clerk.reads("已被第 2 版取代");
});

test("the notice that was made passes as an official document", async () => {
  await clerk.step("inspect");
  await clerk.give(await desk.takenOut("通知.pdf"));
  await clerk.until(() => document.querySelector(".verdict.good"));
  await clerk.picture();
  await clerk.shot("inspected");
});

test("nothing went wrong unseen", () => {
  clerk.sound();
  mark("end");
  const from = (one, other) => `${marks[other].clicks - marks[one].clicks} clicks, ${((marks[other].time - marks[one].time) / 1000).toFixed(1)} s`;
  marks.begin = { clicks: 0, time: clerk.began };
  console.log(`the newcomer's story: from the sheet to the zip ${from("sheet", "zip")}; the whole way ${from("begin", "end")}`);
});
