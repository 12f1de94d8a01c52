/** Ten thousand rows: the page stays small and quick. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Clerk, Desk } from "./desk.mjs";
import { many, write } from "./sheets.mjs";

const ROWS = 10000;
/** @type {Desk} */
let desk;
/** @type {Clerk} */
let clerk;
const nodes = (selector) => clerk.run((selector) => document.querySelectorAll(selector).length, selector);

before(async () => {
  desk = await Desk.start({ lang: "zh", example: "full" });
  // Every hundredth has an award that there is not, so that the faults are many, too.
  await write(join(desk.place, "万人名单.csv"), many(ROWS, (nth) => (nth % 100 === 50 ? "特别奖" : "")));
  clerk = await Clerk.sit(desk);
});

after(async () => {
  if (clerk) await clerk.close();
  if (desk) await desk.end();
});

test("the sheet shows", async () => {
  await clerk.step("sheet");
  const from = Date.now();
  await clerk.give(join(desk.place, "万人名单.csv"));
  await clerk.within(60000, () => plain(document.body.innerText).includes("已换成“万人名单.csv”"));
  await clerk.reads("10000 行");
  console.log(`10,000 rows are shown ${Date.now() - from} ms after they were handed in`);
  assert.ok((await nodes("*")) < 5000, `${await nodes("*")} elements`);
});

test("scrolling to the end is smooth, and the end is there", async () => {
  await clerk.step("check");
  const frames = await clerk.see(async () => {
    const grid = document.querySelector("award-grid:not([hidden])");
    const scroller = Array.from(grid.querySelectorAll("*")).filter((one) => one.scrollHeight > one.clientHeight + 1000).pop();
    const times = [];
    let before = performance.now();
    const end = scroller.scrollHeight - scroller.clientHeight;
    for (let nth = 1; nth <= 90; nth += 1) {
      scroller.scrollTop = (end * nth) / 90;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      times.push(now - before);
      before = now;
    }
    return times.sort((one, other) => one - other);
  });
  console.log(`a frame while scrolling: ${frames[45].toFixed(0)} ms as a rule, ${frames[85].toFixed(0)} ms at worst but a few`);
  assert.ok(frames[45] < 60, `${frames[45]} ms`);
  assert.ok(frames[85] < 200, `${frames[85]} ms`);
  await clerk.reads("第10000号产线改造项目");
});

test("the list of a hundred faults alike is short", async () => {
  assert.equal(await clerk.run(async () => (await (await fetch("/api/state")).json()).counts.errors), 100);
  assert.ok((await nodes(".check-fault")) < 40, `${await nodes(".check-fault")} faults`);
  assert.ok((await nodes("*")) < 5000, `${await nodes("*")} elements`);
  await clerk.shot("large-check");
});

test("an edit is checked again in no time", async () => {
  await clerk.push("button.check-fault");
  const from = Date.now();
  await clerk.insert("一等奖");
  await clerk.press("Enter");
  await clerk.reads("错误 99 处");
  const took = Date.now() - from;
  console.log(`an edit in 10,000 rows is checked again after ${took} ms`);
  assert.ok(took < 3000, `${took} ms`);
});

test("the list of all pages is short, too, and each is found", async () => {
  await clerk.step("pages");
  await clerk.within(60000, () => document.querySelector(".pages-viewer img[src]"));
  await clerk.picture(".pages-viewer");
  assert.ok((await nodes("[role=option]")) < 80, `${await nodes("[role=option]")} entries`);
  await clerk.write("查找", "晋中第9001机械");
  await clerk.push("晋中第9001机械有限公司", ".pages-list");
  await clerk.until(() => document.querySelector(".pages-viewer img").alt.includes("第9001机械"));
  await clerk.picture(".pages-viewer");
});

test("nothing went wrong unseen", () => clerk.sound());
