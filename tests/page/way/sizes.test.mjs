/** 1366 × 768, and 683 × 384, which is the same at 200 %: nothing is wider than the window, nothing is out of reach. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Clerk, Desk, STEPS, made } from "./desk.mjs";

/** @type {Desk} */
let desk;
/** @type {Clerk} */
let clerk;

/** What sticks out of the window at the side, and what can be pressed but is nowhere to be seen, however one scrolls. */
const misplaced = () =>
  clerk.see(async () => {
    const page = document.documentElement;
    const main = document.querySelector("main");
    const wrong = [];
    if (page.scrollWidth > innerWidth) wrong.push(`the page is ${page.scrollWidth} wide in ${innerWidth}`);
    if (main.scrollWidth > main.clientWidth) wrong.push(`its middle is ${main.scrollWidth} wide in ${main.clientWidth}`);
    const all = Array.from(scope().querySelectorAll("button, a[href], summary, input, select, textarea")).filter((one) => isSeen(one) && !one.closest("award-grid, .skip") && !one.matches(".skip, .visually-hidden"));
    for (const one of all) {
      one.scrollIntoView({ block: "center", inline: "center" });
      const box = one.getClientRects()[0];
      const [x, y] = [box.left + Math.min(box.width / 2, 100), box.top + Math.min(box.height / 2, 100)];
      const top = document.elementFromPoint(x, y);
      const hit = top && (one.contains(top) || top.contains(one) && top.tagName === "LABEL" || (one.labels && Array.from(one.labels).some((label) => label.contains(top))));
      if (!hit) wrong.push(`${one.tagName} “${nameOf(one).slice(0, 40)}” cannot be reached at ${Math.round(x)}, ${Math.round(y)}: ${top && top.tagName}.${top && top.className}`);
    }
    main.scrollTop = 0;
    return wrong;
  });

before(async () => {
  desk = await Desk.start({ lang: "zh", example: "full", prepare: made });
  clerk = await Clerk.sit(desk);
});

after(async () => {
  if (clerk) await clerk.close();
  if (desk) await desk.end();
});

for (const [width, height] of [[1366, 768], [683, 384]]) {
  for (const lang of ["中文", "English"]) {
    test(`${width} × ${height}, ${lang}`, async () => {
      await clerk.resize(width, height);
      if (await clerk.has(lang)) await clerk.push(lang);
      const wrong = [];
      const look = async (where) => {
        await clerk.settled();
        const found = await misplaced();
        if (found.length) await clerk.shot(`size-${width}-${lang}-${where}`);
        wrong.push(...found.map((one) => `${where}: ${one}`));
      };
      for (const id of STEPS) {
        await clerk.step(id);
        await look(id);
      }
      await clerk.step("register");
      await clerk.push("JZCK2026-CY-1-001");
      await look("one");
      await clerk.push(lang === "中文" ? "撤销…" : "Revoke…");
      await look("question");
      await clerk.push(lang === "中文" ? "取消" : "Cancel");
      assert.deepEqual(wrong, []);
    });
  }
}

test("nothing went wrong unseen", () => clerk.sound());
