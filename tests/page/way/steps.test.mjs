/** Back, forward, reload and the other language at every step: the same step, and nothing that was typed is lost. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Clerk, Desk, STEPS, made } from "./desk.mjs";

/** @type {Desk} */
let desk;
/** @type {Clerk} */
let clerk;

const here = () => clerk.run(() => location.hash.split("/")[1]);
const titles = { contest: "大赛", sheet: "名单", check: "核对", pages: "版面", make: "制作", register: "登记", verify: "核验", inspect: "公文检查" };
const heading = () => clerk.run(() => document.title.split(" · ")[0]);

async function reload() {
  await clerk.send("Page.reload");
  await clerk.until(() => performance.now() < 15000 && document.querySelector("main h1"));
  await clerk.settled();
}

before(async () => {
  desk = await Desk.start({ lang: "zh", example: "full", prepare: made });
  clerk = await Clerk.sit(desk);
});

after(async () => {
  if (clerk) await clerk.close();
  if (desk) await desk.end();
});

test("back and forward go through the steps as they were gone through", async () => {
  for (const id of STEPS) await clerk.step(id);
  const back = STEPS.slice(0, -1).reverse();
  for (const id of back) {
    await clerk.run(() => history.back());
    await clerk.until((id) => location.hash.split("/")[1] === id, id);
    await clerk.settled();
    assert.equal(await heading(), titles[id]);
  }
  for (const id of STEPS.slice(1)) {
    await clerk.run(() => history.forward());
    await clerk.until((id) => location.hash.split("/")[1] === id, id);
    await clerk.settled();
    assert.equal(await heading(), titles[id]);
  }
});

test("a reload shows the same step, and so does the other language", async () => {
  for (const id of STEPS) {
    await clerk.step(id);
    const before = await clerk.run(() => location.hash);
    await reload();
    assert.equal(await clerk.run(() => location.hash), before);
    assert.equal(await heading(), titles[id]);
    await clerk.push("English");
    await clerk.until(() => document.documentElement.lang === "en");
    await clerk.settled();
    assert.equal(await here(), id);
    assert.doesNotMatch(await clerk.text("nav"), /[一-鿿]/);
    await clerk.push("中文");
    await clerk.until(() => document.documentElement.lang === "zh-CN");
    await clerk.settled();
    assert.equal(await heading(), titles[id]);
  }
});

test("a step's name leads back to it from what is shown in its place", async () => {
  await clerk.step("contest");
  await clerk.push("新建或打开另一个…");
  await clerk.reads("从示例开始");
  await clerk.push('nav a[href="#/contest"]');
  await clerk.within(2000, () => document.querySelector(".contest-title"));
});

test("one certificate is still shown after a reload, and what was typed for its successor is there", async () => {
  await clerk.step("register");
  await clerk.push("JZCK2026-CY-1-001");
  await clerk.push("重发…");
  await clerk.write("项目", "另一个名称");
  await reload();
  await clerk.reads("JZCK2026-CY-1-001");
  const kept = await clerk.run(() => Array.from(document.querySelectorAll("main input")).some((one) => one.value === "另一个名称"));
  assert.ok(kept, "it is kept");
});

test("an edit in progress is saved where a step is left, and asked about where the page is", async () => {
  await clerk.step("check");
  await clerk.cell(5, 3);
  await clerk.insert("没有打完");
  clerk.asked = undefined;
  clerk.leaving = false;
  await clerk.send("Page.reload").catch(() => {});
  await clerk.until(() => document.querySelector("award-grid"));
  const typed = await clerk.run(() => document.activeElement.value);
  const saved = await clerk.run(async () => (await (await fetch("/api/sheet")).json()).sheets[0].cells[5][3]);
  assert.ok(clerk.asked || saved === "没有打完", "asked, or saved");
  assert.ok(typed === "没有打完" || saved === "没有打完", `${typed} ${saved}`);
  await clerk.cell(6, 3);
  await clerk.insert("也没有打完");
  await clerk.step("pages");
  assert.equal(await clerk.run(async () => (await (await fetch("/api/sheet")).json()).sheets[0].cells[6][3]), "也没有打完");
});

test("a setting that is being typed is not lost where the step is left", async () => {
  await clerk.step("contest");
  await clerk.write("大赛名称", "改过的大赛名称");
  await clerk.step("sheet");
  await clerk.step("contest");
  assert.ok((await clerk.run(() => Array.from(document.querySelectorAll("main textarea, main input")).map((one) => one.value))).includes("改过的大赛名称"));
});

test("nothing went wrong unseen", () => clerk.sound());
