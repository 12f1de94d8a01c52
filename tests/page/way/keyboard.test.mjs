/** The whole way by the keyboard alone, in English; only the system's window for choosing a file is out of its reach. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before } from "node:test";
import { Clerk, Desk, inTurn } from "./desk.mjs";
import { FAIR, write } from "./sheets.mjs";

const test = inTurn();
/** @type {Desk} */
let desk;
/** @type {Clerk} */
let clerk;

before(async () => {
  desk = await Desk.start({ lang: "en" });
  await write(join(desk.place, "winners.csv"), FAIR);
  clerk = await Clerk.sit(desk);
});

after(async () => {
  if (clerk) await clerk.close();
  if (desk) await desk.end();
});

/** Goes to a step: Tab to its name, Enter. */
async function step(name, id) {
  await clerk.tabTo(`nav a[href="#/${id}"]`);
  await clerk.tap("Enter");
  await clerk.until((id) => location.hash.startsWith(`#/${id}`), id);
  await clerk.settled();
}

/** Tab to what is called so, and press it. */
async function go(what, key = "Enter") {
  await clerk.settled();
  await clerk.tabTo(what);
  await clerk.tap(key);
}

test("a contest is begun", async () => {
  await clerk.reads("From an example");
  await clerk.tabTo("Name of the folder");
  await clerk.keyed("Fair 2026");
  await clerk.tap("Enter");
  await clerk.reads("Next: the sheet");
  await go("Next: the sheet");
  await clerk.settled();
});

test("her sheet is taken, and what is wrong in it is mended in the grid", async () => {
  await clerk.tabTo("Use another sheet…");
  await clerk.give(join(desk.place, "winners.csv"));
  await clerk.reads("Now using “winners.csv”");
  await go("Go to Check");
  await clerk.reads("Frist Prize");
  // A fault is chosen: the keyboard is in its cell. What is typed takes the place of what stands there.
  for (let left = 3; left > 0; left -= 1) {
    await clerk.settled();
    if ((await clerk.run(async () => (await (await fetch("/api/state")).json()).counts.errors)) === 0) break;
    await clerk.tabTo("button.check-fault");
    const wrong = await clerk.run(() => document.activeElement.innerText);
    await clerk.tap("Enter");
    await clerk.until(() => document.activeElement.closest("award-grid"));
    for (const letter of wrong.includes("Frist") ? "First Prize" : "Owen O'Dell") await clerk.tap(letter);
    await clerk.tap("Enter");
    await clerk.until((wrong) => !Array.from(document.querySelectorAll("button.check-fault")).some((one) => one.innerText === wrong), wrong);
    await clerk.tap("Escape");
  }
  await clerk.reads("Checked: nothing is wrong");
});

test("undo and redo", async () => {
  await go("Undo");
  await clerk.until(async () => (await (await fetch("/api/state")).json()).counts.errors > 0);
  await go("Redo");
  await clerk.until(async () => (await (await fetch("/api/state")).json()).counts.errors === 0);
});

test("the pages are looked at, one after the other", async () => {
  await step("Pages", "pages");
  await clerk.reads("Riskiest first");
  await clerk.tabTo("[role=listbox]");
  await clerk.tap("Home");
  const first = await clerk.until(() => document.querySelector(".pages-viewer img").alt);
  await clerk.tap("ArrowDown");
  await clerk.until((first) => document.querySelector(".pages-viewer img").alt !== first, first);
  await clerk.picture(".pages-viewer");
});

test("drafts, then the real thing", async () => {
  await step("Make", "make");
  await go("Make drafts");
  await clerk.reads("The drafts are made");
  await go("Make the real thing…");
  await clerk.reads(/new numbers will be spent/);
  // A question has the focus where it is answered, and Escape takes it back.
  await clerk.tap("Escape");
  await clerk.until(() => !document.querySelector("dialog[open]"));
  await go("Make the real thing…");
  await clerk.until(() => document.querySelector("dialog[open]") && document.activeElement.closest("dialog"));
  await clerk.tap("Enter");
  await clerk.reads("✓ Made");
});

test("one of them is found and reissued", async () => {
  await step("Register", "register");
  await clerk.tabTo("Search");
  await clerk.keyed("Maya");
  await clerk.reads("2 copies fit");
  await go("HVSF26-001");
  await clerk.reads("The certificate now");
  await go("Reissue…");
  await clerk.tabTo("project");
  await clerk.keyed("Duckweed as a filter for farm water");
  await go("See what it becomes");
  await clerk.reads("What changes");
  await clerk.settled();
  await clerk.tabTo("Reason");
  await clerk.keyed("wrong project name");
  await go("Make the new copy");
  await clerk.reads("The new copy is made.");
  await clerk.reads("revision 2");
});

test("nothing went wrong unseen", () => {
  clerk.sound();
  console.log(`by the keyboard alone: ${clerk.keys} keys, ${((Date.now() - clerk.began) / 1000).toFixed(0)} s`);
});
