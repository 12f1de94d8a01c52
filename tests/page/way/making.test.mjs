/** Much is made: it is followed, goes on without its page, is stopped, pressed twice and killed; nothing half made is left. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { Clerk, Desk, inTurn } from "./desk.mjs";
import { many, write } from "./sheets.mjs";

const ROWS = 5000;
const test = inTurn();
/** @type {Desk} */
let desk;
/** @type {Clerk} */
let clerk;

const packages = async () => (await readdir(desk.path("out")).catch(() => [])).filter((name) => name.endsWith(".zip"));
const state = () => clerk.run(async () => (await fetch("/api/state")).json());
const numbers = () => clerk.run(async () => (await (await fetch("/api/register")).json()).count);
const running = () => clerk.until(() => /排好 \d+ \/ \d+/.test(document.body.innerText));

before(async () => {
  desk = await Desk.start({ lang: "zh", example: "full" });
  await write(join(desk.place, "名单.csv"), many(ROWS));
  clerk = await Clerk.sit(desk);
  await clerk.step("sheet");
  await clerk.give(join(desk.place, "名单.csv"));
  await clerk.reads("已换成");
  assert.equal((await state()).counts.errors, 0);
});

after(async () => {
  if (clerk) await clerk.close();
  if (desk) await desk.end();
});

test("how far it is shows, with the rate and the time left; a reload shows it, too", async () => {
  await clerk.step("make");
  await clerk.push("做样张");
  await running();
  await clerk.reads(/每秒 \d+ 份/);
  await clerk.reads(/还要|马上就好/);
  await clerk.shot("making");
  await clerk.send("Page.reload");
  await running();
  await clerk.step("check");
  await clerk.reads("正在制作，名单暂时不能改。");
  assert.ok((await state()).making.running);
});

test("it is stopped, and nothing is left behind", async () => {
  await clerk.step("make");
  await clerk.push("停止");
  await clerk.reads("已经停下");
  await clerk.reads("什么也没有留下，没有用编号。");
  assert.deepEqual(await packages(), []);
});

test("pressed twice it is made once", async () => {
  await clerk.push("正式制作…");
  const { x, y } = await clerk.place("正式制作");
  await clerk.click(x, y, { count: 2 });
  await running();
  const { what, draft } = (await state()).making.running.what;
  assert.deepEqual({ what, draft }, { what: "package", draft: false });
  assert.equal(await clerk.run(() => document.querySelectorAll("[role=alert]").length), 0);
});

test("killed in the middle it leaves no package and no number; started again it can be made", async () => {
  await desk.kill();
  await clerk.reads("程序没有回应");
  await desk.begin();
  await clerk.goto(desk.address);
  await clerk.settled();
  assert.deepEqual(await packages(), []);
  assert.equal(await numbers(), 0);
  await clerk.step("make");
  await clerk.reads("正式制作…");
  await clerk.reads("还没有做过");
});
