/** What is meant badly, or goes badly: sheets with code in them, files that are no sheet, a program that is gone. */
import assert from "node:assert/strict";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Clerk, Desk } from "./desk.mjs";
import { write } from "./sheets.mjs";

const IMAGE = '<img src=x onerror="window.hacked=1">';
const SCRIPT = '"><script>window.hacked=2</script>';
const FORMULA = "=cmd|' /C calc'!A0";
const BIDI = "晋中\u202e司公限有技科\u2066甲";
const LONG = "长".repeat(4000);
const HOSTILE = [
  ["组别", "奖项", "项目名称", "参赛单位", "核心成员", "推荐单位", SCRIPT],
  ["企业组", "一等奖", IMAGE, "晋中甲科技有限公司", "薛轩", "祁县", SCRIPT],
  ["企业组", SCRIPT, "正常的项目", FORMULA, IMAGE, "祁县", ""],
  ["企业组", "二等奖", LONG, BIDI, "董行红", "平遥县", "javascript:window.hacked=3"],
];

/** @type {Desk} */
let desk;
/** @type {Clerk} */
let clerk;

const untouched = async () => {
  assert.equal(await clerk.run(() => window.hacked), undefined);
  assert.equal(await clerk.run(() => document.querySelectorAll("img[src=x], main script, main iframe").length), 0);
};

before(async () => {
  desk = await Desk.start({ lang: "zh", example: "full" });
  await write(join(desk.place, `${IMAGE.replace(/[/\\]/g, "")}.csv`), HOSTILE);
  await writeFile(join(desk.place, "公文.pdf"), "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n");
  const large = await open(join(desk.place, "太大.xlsx"), "w");
  await large.truncate(2 ** 31);
  await large.close();
  clerk = await Clerk.sit(desk);
});

after(async () => {
  if (clerk) await clerk.close();
  if (desk) await desk.end();
});

test("a PDF in place of the sheet, and 2 GB: a sentence each, and the sheet is as it was", async () => {
  await clerk.step("sheet");
  await clerk.give(join(desk.place, "公文.pdf"));
  await clerk.settled();
  await clerk.shot("pdf");
  console.log(await clerk.text("main .fault"));
  await clerk.give(join(desk.place, "太大.xlsx"));
  await clerk.reads("太大了，名单最大 32 MB");
  await clerk.reads("awards.xlsx");
});

test("a hostile sheet does nothing, and shows as text", async () => {
  await clerk.give(join(desk.place, `${IMAGE.replace(/[/\\]/g, "")}.csv`));
  await clerk.reads("已换成");
  await clerk.reads(IMAGE);
  await untouched();
  for (const id of ["check", "pages", "make", "contest", "sheet", "check"]) {
    await clerk.step(id);
    await untouched();
    assert.ok(await clerk.run(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector("main").scrollWidth <= document.querySelector("main").clientWidth), `${id} is not wider than the window`);
  }
  await clerk.reads(FORMULA);
  await clerk.shot("hostile");
  for (const lang of ["English", "中文"]) await clerk.push(lang);
  await untouched();
});

test("what stands in a cell is no markup in the grid, typed or pasted", async () => {
  await clerk.cell(1, 2);
  await clerk.insert(`${IMAGE} 再来`);
  await clerk.press("Enter");
  await clerk.reads(`${IMAGE} 再来`);
  await untouched();
  clerk.sound(/status of 422/);
});

test("the program is killed: the page says so, and what to do", async () => {
  await desk.kill();
  await clerk.reads("程序没有回应");
  await clerk.reads("请重新打开 accolade");
});

test("whoever goes on typing then is told where it was typed, and the text is not lost", async () => {
  await clerk.cell(1, 3);
  await clerk.insert("没有存上的字");
  await clerk.press("Enter");
  await clerk.until(() => document.body.innerText.split("没有回应").length > 2);
  await clerk.shot("killed");
  assert.ok(await clerk.see(() => document.body.innerText.includes("没有存上的字") || document.activeElement.value === "没有存上的字"));
});

test("it is started again: the old page still says what to do, the new one has everything", async () => {
  await desk.begin();
  assert.match(await clerk.run(() => fetch("/api/state").then((answer) => answer.text())), /请从 accolade 打开这个页面/);
  await clerk.reads("重新打开");
  clerk.leaving = true;
  await clerk.goto(desk.address);
  await clerk.settled();
  await clerk.step("check");
  await clerk.reads(`${IMAGE} 再来`);
  await untouched();
});
