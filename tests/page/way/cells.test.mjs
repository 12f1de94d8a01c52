/** The grid of 核对 in the real page: input methods, blocks, undoing, and another tab that sees it all. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { Clerk, Desk } from "./desk.mjs";

/** @type {Desk} */
let desk;
/** @type {Clerk} */
let clerk;

/** What the program says stands in a cell of the first sheet. */
const cell = (row, column) =>
  clerk.run(async (row, column) => (await (await fetch("/api/sheet")).json()).sheets[0].cells[row][column], row, column);
const becomes = (row, column, text) =>
  clerk.until(async (row, column, text) => (await (await fetch("/api/sheet")).json()).sheets[0].cells[row][column] === text, row, column, text);
const to = (row, column) => clerk.cell(row, column);
const errors = () => clerk.run(async () => (await (await fetch("/api/state")).json()).counts.errors);

before(async () => {
  desk = await Desk.start({ lang: "zh", example: "full" });
  clerk = await Clerk.sit(desk);
  await clerk.step("check");
});

after(async () => {
  if (clerk) await clerk.close();
  if (desk) await desk.end();
});

test("an input method composes from the first key on; its Enter does not leave the cell", async (t) => {
  if (!clerk.composes) return t.skip("the protocol of this browser cannot compose");
  await to(5, 3);
  await clerk.pressForInputMethod("KeyM");
  await clerk.compose("m");
  await clerk.compose("ma gang");
  await clerk.pressForInputMethod("Enter");
  assert.equal(await cell(5, 3), "玛钢铸件成套装备");
  await clerk.insert("玛钢铸造");
  await clerk.press("Enter");
  await becomes(5, 3, "玛钢铸造");
  assert.match(await readFile(desk.path("corrections.csv"), "utf8"), /玛钢铸件成套装备.*玛钢铸造/);
});

test("a reason that is given goes with each change", async () => {
  await clerk.write("改动原因", "参赛单位来函更正");
  await to(6, 3);
  await clerk.insert("纺机柔性生产线");
  await clerk.press("Enter");
  await becomes(6, 3, "纺机柔性生产线");
  assert.match(await readFile(desk.path("corrections.csv"), "utf8"), /纺机柔性生产线.*参赛单位来函更正/);
});

test("a block is pasted, and is one step to undo and to redo", async () => {
  const before = [await cell(8, 3), await cell(8, 4), await cell(9, 3), await cell(9, 4)];
  await to(8, 3);
  await clerk.see(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "甲\t晋中甲科技有限公司\r\n乙\t晋中乙科技有限公司\r\n");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await becomes(9, 4, "晋中乙科技有限公司");
  assert.equal(await cell(8, 3), "甲");
  await clerk.settled();
  await clerk.press("Control+z");
  await becomes(9, 4, before[3]);
  assert.deepEqual([await cell(8, 3), await cell(8, 4), await cell(9, 3), await cell(9, 4)], before);
  await clerk.settled();
  await clerk.push("重做");
  await becomes(9, 4, "晋中乙科技有限公司");
  await clerk.push("撤销");
  await becomes(9, 4, before[3]);
});

test("what is spoilt is marked at once, and mended by undoing", async () => {
  assert.equal(await errors(), 0);
  await to(2, 2);
  await clerk.insert("头等奖");
  await clerk.press("Enter");
  await clerk.reads("没有名为“头等奖”的奖项");
  assert.ok((await errors()) > 0);
  await clerk.push("撤销");
  await clerk.reads("核对完了，没有问题");
});

test("another tab sees it at once, and neither loses what it types", async () => {
  const tab = await clerk.tab();
  await tab.reads("玛钢铸造");
  // An edit in progress there...
  await tab.cell(3, 3);
  await tab.insert("正在打的字");
  // ...while another cell is changed here.
  await to(5, 4);
  await clerk.insert("晋中恒立装备有限公司");
  await clerk.press("Enter");
  await becomes(5, 4, "晋中恒立装备有限公司");
  await tab.reads("晋中恒立装备有限公司");
  assert.equal(await tab.run(() => document.activeElement.value), "正在打的字");
  await tab.press("Enter");
  await becomes(3, 3, "正在打的字");
  await clerk.reads("正在打的字");
});

test("nothing went wrong unseen", () => clerk.sound());
