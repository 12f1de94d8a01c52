/** The whole way of a newcomer with a pointer, in Chinese, from an empty folder to a certificate that is reissued. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { promisify } from "node:util";
import { Clerk, Desk, inTurn } from "./desk.mjs";
import { DIRTY, write } from "./sheets.mjs";

const run = promisify(execFile);
const test = inTurn();
/** @type {Desk} */
let desk;
/** @type {Clerk} */
let clerk;
let story = "";

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
  console.log(story);
});

test("an empty folder: a contest is begun from the full example", async () => {
  assert.match(await clerk.run(() => location.hash), /^#\/contest/);
  await clerk.reads("从示例开始");
  await clerk.write("文件夹名称", "2026年创客中国");
  await clerk.press1("新建");
  await clerk.reads("2026年“创客中国”晋中市中小企业创新创业大赛");
  desk.folder = await clerk.run(async () => (await (await fetch("/api/state")).json()).path);
});

test("her own sheet: how it was understood, and what is wrong with it", async () => {
  await clerk.step("sheet");
  await clerk.give(join(desk.place, "获奖名单.csv"));
  await clerk.reads("已换成“获奖名单.csv”");
  await clerk.reads(/11 行\s*=\s*可制作 5\s*\+\s*有错 3\s*\+\s*略过 3/);
  await clerk.reads("4 处错误待改");
  await clerk.press1("去核对");
  await clerk.settled();
  await clerk.reads("二等獎");
});

test("every error is mended where it stands", async () => {
  const mend = async (fault, text) => {
    const { errors } = await counts();
    await clerk.press1(fault);
    await clerk.insert(text);
    await clerk.press("Enter");
    await clerk.until(async (errors) => (await (await fetch("/api/state")).json()).counts.errors < errors, errors);
    await clerk.settled();
  };
  await mend("button.check-fault:not([data-none])", "董行红、单洋刚、尹娜");
  while ((await counts()).errors > 0) {
    const words = await clerk.text(".check-fault");
    await mend("button.check-fault", words.includes("二等獎") ? "二等奖" : "三等奖");
  }
  await clerk.reads("核对完了，没有问题");
  await clerk.press1("去看“版面”");
});

test("every document is leafed through, and another design is another page", async () => {
  await clerk.reads("风险最大的在前");
  const first = await clerk.picture();
  const count = await clerk.until(() => Number((/(\d+) \/ (\d+) 份/.exec(document.body.innerText) || [])[2]));
  await clerk.press1("下一份");
  await clerk.until(() => /2 \/ \d+ 份/.test(document.body.innerText));
  assert.notEqual(await clerk.picture(), first);
  assert.ok(count > 20, String(count));
  await clerk.press1("上一份");
  await clerk.until(() => /1 \/ \d+ 份/.test(document.body.innerText));
  assert.equal(await clerk.picture(), first);
  await clerk.press1("素雅");
  const from = Date.now();
  let now = first;
  while (now === first && Date.now() - from < 20000) now = await clerk.picture();
  assert.notEqual(now, first);
});

test("drafts spend nothing; the real thing is told of, and its progress is seen", async () => {
  await clerk.step("make");
  await clerk.press1("做样张");
  await clerk.reads("样张做好了");
  assert.deepEqual((await clerk.run(async () => (await (await fetch("/api/register")).json()).count)), 0);
  await clerk.press1("正式制作…");
  await clerk.reads(/会用掉 8 个新编号/);
  await clerk.see(() => {
    window.progress = [];
    new MutationObserver(() => {
      const bar = document.querySelector("progress");
      if (bar) window.progress.push(bar.value);
    }).observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await clerk.press1("正式制作", "form");
  await clerk.reads(/^做好了/m);
  assert.ok((await clerk.run(() => window.progress)).length > 0, "its progress was seen");
});

test("the package is opened, and saved", async () => {
  await clerk.press1("下载压缩包");
  const zip = await saved(/\.zip$/);
  const { stdout } = await run("unzip", ["-l", zip], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
  assert.match(stdout, /荣誉证书/);
  assert.equal(stdout.match(/JZCK2026-[A-Z]+-\d-\d+[^\n]*\.pdf/g).length, 8);
  await clerk.shot("made");
});

test("a week later one of them is found by name and reissued: both pages are seen before", async () => {
  await clerk.step("register");
  await clerk.write("查找", "聚晟");
  await clerk.reads("符合条件的 1 份");
  await clerk.press1("JZCK2026-CY-1-001");
  await clerk.reads("现在的证书");
  await clerk.press1("重发……");
  await clerk.write("项目名称", "煤层气提纯一体化服务平台");
  await clerk.press1("看改成什么样");
  await clerk.reads("改了什么");
  await clerk.until(() => Array.from(document.querySelectorAll(".side-by-side img")).filter((one) => one.complete && one.naturalWidth).length === 2);
  await clerk.shot("reissue");
  await clerk.write("原因", "项目名称少两个字");
  await clerk.press1("制作新版");
  await clerk.reads("新版已做好。");
  await clerk.reads("第 2 版");
  await clerk.reads("项目名称少两个字");
});

test("it is revoked, and that is undone", async () => {
  await clerk.press1("作废……");
  await clerk.write("原因", "试一试", "dialog[open]");
  await clerk.press1("作废", "dialog[open]");
  await clerk.reads("已作废。纸质证书请收回。");
  await clerk.press1("恢复……");
  await clerk.write("原因", "作废错了", "dialog[open]");
  await clerk.press1("恢复", "dialog[open]");
  await clerk.reads("已恢复，重新有效。");
});

test("the new PDF is genuine, the old one superseded", async () => {
  const zips = (await readdir(desk.path("out"))).filter((name) => name.endsWith(".zip") && !/样张|draft/.test(name));
  assert.equal(zips.length, 2, zips.join());
  const pdfs = [];
  for (const zip of zips) {
    const to = join(desk.place, `of-${pdfs.length}`);
    await run("unzip", ["-q", desk.path("out", zip), "*JZCK2026-CY-1-001*", "-d", to], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
    const found = (await readdir(to, { recursive: true })).filter((name) => name.endsWith(".pdf"));
    pdfs.push(join(to, found[0]));
  }
  await clerk.step("verify");
  const verdicts = [];
  for (const pdf of pdfs) {
    await clerk.give(pdf);
    await clerk.until((count) => document.querySelector(".verdict") && document.querySelector(".verdict").innerText, 0);
    await clerk.settled();
    verdicts.push(await clerk.text(".verdict"));
    await clerk.step("inspect");
    await clerk.step("verify");
  }
  console.log(verdicts);
});

test("the notice that was made passes as an official document", async () => {
  const zip = (await readdir(desk.path("out"))).find((name) => name.endsWith(".zip") && !/样张|draft/.test(name));
  await run("unzip", ["-q", desk.path("out", zip), "*通知.pdf", "-d", join(desk.place, "notice")], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
  const notice = (await readdir(join(desk.place, "notice"), { recursive: true })).find((name) => name.endsWith(".pdf"));
  await clerk.step("inspect");
  await clerk.give(join(desk.place, "notice", notice));
  await clerk.until(() => document.querySelector(".verdict"));
  console.log(await clerk.text(".verdict"));
});

test("nothing went wrong unseen", () => {
  clerk.sound();
  story = `the newcomer's story: ${clerk.clicks} clicks, ${((Date.now() - clerk.began) / 1000).toFixed(0)} s`;
});
