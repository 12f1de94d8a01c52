/**
 * Tests of <award-grid> in a real Chromium: `node --test grid.test.mjs`.
 * CHROMIUM names another browser; AXE names axe-core's file, if npm did not install it here.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Page, serve } from "../browser.mjs";

/** @type {Page} */
let page;
let served;
/** The event of a change that is one cell wide. */
const change = (row, column, was, now, kind = "type") => [{ changes: [{ row, column, was, now }], kind }];
const selection = () => page.run(() => bench.grid.selection);
const edits = () => page.run(() => bench.events("celledit"));
const shown = (row, column) => page.run((row, column) => bench.shown(row, column), row, column);
const at = (row, column, rows = 1, columns = 1) => ({ row, column, rows, columns });
const select = (row, column) => page.run((row, column) => bench.grid.reveal(row, column, { focus: true }), row, column);
const centre = (row, column) => page.run((row, column) => bench.centre(row, column), row, column);
const isOpen = () => page.run(() => bench.open());
const value = () => page.run(() => bench.editor().value);
const focused = () => page.run(() => document.activeElement.id || document.activeElement.localName);

/** A test that composes. Old browsers (86 for one) cannot be told to; there it is skipped. */
function composing(name, act) {
  test(name, (t) => (page.composes ? act(t) : t.skip("the protocol of this browser cannot compose")));
}

async function paste(text) {
  await page.run((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    bench.editor().dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

before(async () => {
  served = await serve(fileURLToPath(new URL(".", import.meta.url)), fileURLToPath(new URL("../../../src/desk/page/", import.meta.url)));
  page = await Page.open();
  await page.goto(served.origin + "/testing/page.html");
  await page.frame();
});

after(async () => {
  await page.close();
  served.server.close();
});

beforeEach(async () => {
  await page.run(() => bench.reset());
  await page.frame();
});

describe("moving", () => {
  test("arrow keys move, Shift extends", async () => {
    await select(6, 2);
    await page.press("ArrowRight");
    assert.deepEqual(await selection(), at(6, 3));
    await page.press("ArrowUp", "Shift+ArrowDown", "Shift+ArrowLeft");
    assert.deepEqual(await selection(), at(5, 2, 2, 2));
  });

  test("a merged cell is one step, and the way across keeps its row", async () => {
    await select(5, 2);
    await page.press("ArrowLeft");
    assert.deepEqual(await selection(), at(3, 1, 3, 1));
    await page.press("ArrowLeft");
    assert.deepEqual(await selection(), at(5, 0));
    await page.press("ArrowRight", "ArrowDown");
    assert.deepEqual(await selection(), at(6, 1));
  });

  test("Ctrl with an arrow goes to the edge of the data", async () => {
    await select(3, 2);
    await page.press("Control+ArrowDown");
    assert.deepEqual(await selection(), at(6, 2));
    await page.press("Control+ArrowDown");
    assert.deepEqual(await selection(), at(9, 2));
    await page.press("Control+ArrowRight");
    assert.deepEqual(await selection(), at(9, 4));
    await page.press("Control+Shift+ArrowLeft");
    assert.deepEqual(await selection(), at(9, 0, 1, 5));
  });

  test("Home, End, PageDown and Ctrl with them", async () => {
    await select(6, 2);
    await page.press("Home");
    assert.deepEqual(await selection(), at(6, 0));
    await page.press("End");
    assert.deepEqual(await selection(), at(6, 4));
    await page.press("Control+End");
    assert.deepEqual(await selection(), at(59, 4));
    await page.press("Control+Home");
    assert.deepEqual(await selection(), at(0, 0, 1, 5));
    await page.press("ArrowDown", "PageDown");
    assert.ok((await selection()).row > 5);
  });

  test("hidden rows are passed over, and told of", async () => {
    await select(10, 2);
    assert.match((await page.run(() => bench.bar())).join(), /Rows 12 to 13 are hidden/);
    await page.press("ArrowDown");
    assert.deepEqual(await selection(), at(13, 2));
    await page.press("Control+Shift+9");
    await page.press("ArrowUp");
    assert.deepEqual(await selection(), at(12, 2));
  });

  test("Tab goes on to the next row; Enter goes back to where it began", async () => {
    await select(6, 3);
    await page.press("Tab");
    assert.deepEqual(await selection(), at(6, 4));
    await page.press("Enter");
    assert.deepEqual(await selection(), at(7, 3));
    await select(9, 4);
    await page.press("Tab");
    assert.deepEqual(await selection(), at(10, 0));
    await page.press("Shift+Tab");
    assert.deepEqual(await selection(), at(9, 4));
  });

  test("the grid is one tab stop: Escape and Tab leave it, and so does Tab in the last cell", async () => {
    await page.run(() => document.getElementById("before").focus());
    await page.press("Tab");
    assert.equal(await focused(), "textarea");
    await page.press("Escape", "Tab");
    assert.equal(await focused(), "after");
    await page.press("Shift+Tab");
    assert.equal(await focused(), "textarea");
    await page.press("Escape", "Shift+Tab");
    assert.equal(await focused(), "before");
    await select(59, 4);
    await page.press("Tab");
    assert.equal(await focused(), "after");
  });

  test("Ctrl+A selects all", async () => {
    await page.press("Control+a");
    assert.deepEqual(await selection(), at(0, 0, 60, 5));
    assert.match((await page.run(() => bench.bar()))[0], /300 cells/);
  });
});

describe("editing", () => {
  test("typing replaces, Enter keeps it and moves down", async () => {
    await select(6, 3);
    await page.press("x", "y");
    assert.equal(await isOpen(), true);
    await page.press("Enter");
    assert.deepEqual(await edits(), change(6, 3, "丁", "xy"));
    assert.deepEqual(await selection(), at(7, 3));
    assert.equal(await shown(6, 3), "xy");
    assert.equal(await isOpen(), false);
  });

  test("an arrow key keeps what was typed and moves; within F2 it moves the caret", async () => {
    await select(6, 3);
    await page.press("x", "ArrowRight");
    assert.deepEqual(await edits(), change(6, 3, "丁", "x"));
    assert.deepEqual(await selection(), at(6, 4));
    await page.press("F2", "ArrowLeft", "5", "Enter");
    assert.deepEqual((await edits())[1].changes, [{ row: 6, column: 4, was: "92", now: "952" }]);
  });

  test("F2 and a double click edit with the caret at the end", async () => {
    await select(3, 2);
    await page.press("F2", "!", "Enter");
    assert.deepEqual(await edits(), change(3, 2, "Sun", "Sun!"));
    await page.click(...(await centre(4, 2)), { count: 2 });
    await page.press("?", "Tab");
    assert.deepEqual((await edits())[1].changes, [{ row: 4, column: 2, was: "Moon", now: "Moon?" }]);
    assert.deepEqual(await selection(), at(4, 3));
  });

  test("F2 amid typing lets the arrow keys move the caret", async () => {
    await select(3, 2);
    await page.press("a", "c", "F2", "ArrowLeft", "b", "Enter");
    assert.deepEqual(await edits(), change(3, 2, "Sun", "abc"));
  });

  test("Escape gives the edit up", async () => {
    await select(3, 2);
    await page.press("x", "Escape");
    assert.equal(await isOpen(), false);
    assert.equal(await shown(3, 2), "Sun");
    assert.deepEqual(await edits(), []);
    assert.equal(await focused(), "textarea");
  });

  test("the same text again is no change", async () => {
    await select(3, 2);
    await page.press("F2", "Enter");
    assert.deepEqual(await edits(), []);
  });

  test("Alt+Enter breaks the line", async () => {
    await select(3, 3);
    await page.press("a", "Alt+Enter", "b", "Enter");
    assert.deepEqual((await edits())[0].changes[0].now, "a\nb");
    assert.equal(await shown(3, 3), "a↵b");
  });

  test("Delete clears all that is selected, as one act; Backspace begins an edit with nothing", async () => {
    await select(3, 2);
    await page.press("Shift+ArrowRight", "Shift+ArrowDown", "Delete");
    const [event] = await edits();
    assert.equal(event.kind, "clear");
    assert.deepEqual(
      event.changes.map(({ row, column, now }) => [row, column, now]),
      [
        [3, 2, ""],
        [3, 3, ""],
        [4, 2, ""],
        [4, 3, ""],
      ],
    );
    await select(6, 3);
    await page.press("Backspace");
    assert.equal(await isOpen(), true);
    await page.press("Enter");
    assert.deepEqual((await edits())[1], change(6, 3, "丁", "")[0]);
  });

  test("a click elsewhere keeps the edit, in the grid and out of it", async () => {
    await select(3, 2);
    await page.press("x");
    await page.click(...(await centre(6, 3)));
    assert.deepEqual(await edits(), change(3, 2, "Sun", "x"));
    assert.deepEqual(await selection(), at(6, 3));
    await page.press("y");
    await page.run(() => document.getElementById("after").focus());
    assert.deepEqual((await edits())[1], change(6, 3, "丁", "y")[0]);
  });

  test("empty rows and a locked sheet take no text, and say why", async () => {
    await select(7, 2);
    await page.press("x");
    assert.equal(await isOpen(), false);
    assert.match(await page.run(() => bench.message()), /Row 8 is an empty row/);
    await page.run(() => (bench.grid.readOnly = true));
    await select(3, 2);
    await page.press("x");
    assert.match(await page.run(() => bench.message()), /cannot be changed now/);
    await page.press("F2");
    assert.equal(await isOpen(), false);
    await page.press("Delete");
    await paste("no");
    assert.deepEqual(await edits(), []);
    assert.equal(await shown(3, 2), "Sun");
  });

  test("undo and redo are the page's outside an edit, the browser's within one", async () => {
    await page.press("Control+z", "Control+y", "Control+Shift+z");
    const count = (name) => page.run((name) => bench.events(name).length, name);
    assert.equal(await count("gridundo"), 1);
    assert.equal(await count("gridredo"), 2);
    await select(3, 2);
    await page.press("x", "Control+z");
    assert.equal(await count("gridundo"), 1);
    assert.equal(await isOpen(), true);
  });
});

describe("input methods", () => {
  composing("the very first key arrives: no letter is lost", async () => {
    await select(6, 3);
    await page.pressForInputMethod("KeyN");
    await page.compose("n");
    await page.compose("ni");
    assert.equal(await isOpen(), true);
    assert.equal(await value(), "ni");
    await page.insert("你");
    await page.press("Enter");
    assert.deepEqual(await edits(), change(6, 3, "丁", "你"));
  });

  composing("within a composition, Enter and arrows belong to the input method", async () => {
    await select(6, 3);
    await page.compose("ni hao");
    for (const key of ["Enter", "ArrowDown", "ArrowRight", "Tab", "Escape"]) {
      await page.pressForInputMethod(key);
      assert.equal(await isOpen(), true, key);
      assert.deepEqual(await selection(), at(6, 3), key);
    }
    // Some browsers send the true key, and only say that a composition runs.
    await page.press("Enter", "ArrowDown");
    assert.deepEqual(await selection(), at(6, 3));
    assert.deepEqual(await edits(), []);
    await page.insert("你好");
    assert.equal(await value(), "你好");
    await page.press("ArrowDown");
    assert.deepEqual(await edits(), change(6, 3, "丁", "你好"));
    assert.deepEqual(await selection(), at(7, 3));
  });

  composing("several compositions make one text", async () => {
    await select(6, 3);
    await page.compose("zhang");
    await page.insert("张");
    await page.compose("san");
    await page.insert("三");
    await page.press("Tab");
    assert.deepEqual(await edits(), change(6, 3, "丁", "张三"));
  });

  composing("a composition that was given up changes nothing", async () => {
    await select(6, 3);
    await page.compose("ni");
    await page.compose("");
    assert.equal(await isOpen(), false);
    await page.press("ArrowDown");
    assert.deepEqual(await edits(), []);
    assert.equal(await shown(6, 3), "丁");
  });

  composing("a composition within a longer edit that is given up leaves the rest", async () => {
    await select(6, 3);
    await page.press("F2");
    await page.compose("ni");
    await page.compose("");
    assert.equal(await value(), "丁");
    await page.press("Enter");
    assert.deepEqual(await edits(), []);
  });

  composing("a click amid a composition keeps its text, and the next key starts afresh", async () => {
    await select(6, 3);
    await page.compose("wang");
    await page.click(...(await centre(3, 3)));
    assert.deepEqual(await edits(), change(6, 3, "丁", "wang"));
    assert.deepEqual(await selection(), at(3, 3));
    assert.equal(await value(), "");
    await page.compose("li");
    await page.insert("李");
    await page.press("Enter");
    assert.deepEqual((await edits())[1], change(3, 3, "甲、乙", "李")[0]);
  });

  test("the textarea lies over the current cell, so that the window of the input method opens there", async () => {
    for (const cell of [
      [6, 3],
      [40, 2],
      [1, 2],
    ]) {
      await select(...cell);
      await page.frame();
      const [editor, box] = await page.run(
        (row, column) => {
          const rect = (element) => {
            const { left, top, width } = element.getBoundingClientRect();
            return [left, top, width].map(Math.round);
          };
          return [rect(bench.editor()), rect(bench.cell(row, column))];
        },
        ...cell,
      );
      assert.deepEqual(editor, box);
    }
  });

  test("a locked cell does not wake the input method", async () => {
    await select(7, 2);
    assert.equal(await page.run(() => bench.editor().readOnly), true);
    await select(6, 2);
    assert.equal(await page.run(() => bench.editor().readOnly), false);
  });
});

describe("clipboard", () => {
  const copied = () =>
    page.run(() => {
      const clipboardData = new DataTransfer();
      bench.editor().dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
      return clipboardData.getData("text/plain");
    });

  test("a block goes out as lines and tabs, a line break quoted", async () => {
    await page.run(() => bench.grid.update({ cells: [{ row: 3, column: 3, text: '甲\n"乙"' }] }));
    await select(3, 2);
    await page.press("Shift+ArrowRight", "Shift+ArrowDown");
    assert.equal(await copied(), 'Sun\t"甲\n""乙"""\r\nMoon\t丙');
  });

  test("a pasted block is one act and is selected", async () => {
    await select(3, 2);
    await paste('A\t"x\ny"\r\nB\t"C" D\r\n');
    const [event, ...more] = await edits();
    assert.equal(more.length, 0);
    assert.equal(event.kind, "paste");
    assert.deepEqual(event.changes, [
      { row: 3, column: 2, was: "Sun", now: "A" },
      { row: 3, column: 3, was: "甲、乙", now: "x\ny" },
      { row: 4, column: 2, was: "Moon", now: "B" },
      { row: 4, column: 3, was: "丙", now: '"C" D' },
    ]);
    assert.deepEqual(await selection(), at(3, 2, 2, 2));
    assert.equal(await shown(4, 2), "B");
  });

  test("one text fills all that is selected", async () => {
    await select(3, 4);
    await page.press("Shift+ArrowDown", "Shift+ArrowDown");
    await paste("100");
    assert.equal((await edits())[0].changes.length, 3);
  });

  test("what does not fit is not pasted at all, and why is said", async () => {
    await select(59, 4);
    await paste("a\tb");
    assert.match(await page.run(() => bench.message()), /reaches beyond the sheet/);
    await select(3, 0);
    await paste("9\tGold\n8\tGold");
    assert.match(await page.run(() => bench.message()), /B5 is covered by the merged cell B4:B6. Change B4/);
    await select(6, 0);
    await paste("1\n2");
    assert.match(await page.run(() => bench.message()), /Row 8 is an empty row/);
    assert.deepEqual(await edits(), []);
  });

  test("a merged cell comes back as it went", async () => {
    await select(3, 0);
    await page.press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight");
    const text = await copied();
    await paste(text);
    assert.deepEqual(await edits(), []);
    await paste(text.replace("First", "Gold"));
    assert.deepEqual((await edits())[0].changes, [{ row: 3, column: 1, was: "First", now: "Gold" }]);
  });

  test("a paste shows the hidden rows that it changes", async () => {
    await select(10, 4);
    await paste("1\n2\n3\n4");
    assert.equal((await edits())[0].changes.length, 4);
    assert.equal(await shown(11, 4), "2");
  });

  test("within an edit, text goes in at the caret, without the line break that a copied cell has", async () => {
    await select(3, 2);
    await page.press("F2");
    await paste("rise\r\n");
    assert.equal(await value(), "Sunrise");
  });

  test("the keys themselves: Ctrl+C, Ctrl+X, Ctrl+V", async () => {
    await page.send("Browser.grantPermissions", { permissions: ["clipboardReadWrite"] }).catch(() => {});
    await select(3, 2);
    await page.press("Control+c");
    await select(6, 2);
    await page.press("Control+v");
    assert.deepEqual(await edits(), change(6, 2, "Rain", "Sun", "paste"));
    await select(4, 2);
    await page.press("Control+x");
    assert.deepEqual((await edits())[1], change(4, 2, "Moon", "", "clear")[0]);
    await page.run(() => document.getElementById("clipboard").focus());
    await page.press("Control+v");
    assert.equal(await page.run(() => document.getElementById("clipboard").value), "Moon");
  });

  test("the browser's menu opens on a text field, with the cell's text to copy", async () => {
    const point = await centre(6, 2);
    await page.click(...point, { button: "right" });
    const under = await page.run(
      (x, y) => [document.elementFromPoint(x, y).localName, bench.editor().value, bench.editor().selectionEnd],
      ...point,
    );
    assert.deepEqual(under, ["textarea", "Rain", 4]);
    await page.press("ArrowDown");
    assert.equal(await value(), "");
    assert.deepEqual(await selection(), at(7, 2));
    assert.deepEqual(await edits(), []);
  });
});

describe("saving", () => {
  const saving = (row, column) =>
    page.run((row, column) => bench.cell(row, column).classList.contains("ag-unsaved"), row, column);

  test("a change is marked as being saved until update brings it", async () => {
    await select(6, 3);
    await page.press("x", "Enter");
    assert.equal(await saving(6, 3), true);
    assert.equal(await page.run(() => bench.grid.unsaved), true);
    await page.run(() => bench.grid.update({ cells: [{ row: 6, column: 3, text: "X" }] }));
    assert.equal(await saving(6, 3), false);
    assert.equal(await page.run(() => bench.grid.unsaved), false);
    assert.equal(await shown(6, 3), "X");
  });

  test("refuse puts the text back and says why, at the cell and below", async () => {
    await select(6, 3);
    await page.press("x", "Enter", "ArrowUp");
    await page.run(() =>
      bench.grid.refuse([{ row: 6, column: 3, was: "丁", now: "x" }], "The file is open elsewhere."),
    );
    assert.equal(await saving(6, 3), false);
    assert.equal(await shown(6, 3), "丁");
    assert.match(await page.run(() => bench.message()), /Not changed: The file is open elsewhere/);
    assert.match(await page.run(() => bench.tooltip()), /The file is open elsewhere/);
    await page.press("y", "Enter");
    assert.equal((await edits()).length, 2);
    assert.equal(await saving(6, 3), true);
  });

  test("a second change before the first is saved stays on the screen", async () => {
    for (const text of ["a", "b"]) {
      await select(6, 3);
      await page.press(text, "Enter");
    }
    await page.run(() => bench.grid.update({ cells: [{ row: 6, column: 3, text: "a" }] }));
    assert.equal(await shown(6, 3), "b");
    assert.equal(await saving(6, 3), true);
    await page.run(() => bench.grid.refuse([{ row: 6, column: 3, was: "a", now: "b" }], "No."));
    assert.equal(await shown(6, 3), "a");
    assert.equal(await saving(6, 3), false);
  });

  composing("update keeps selection, scroll and an edit in progress, in the middle of a composition too", async () => {
    await select(40, 2);
    await page.frame();
    const before = await page.run(() => bench.grid.querySelector(".ag-scroller").scrollTop);
    await page.compose("ni");
    await page.run(() =>
      bench.grid.update({
        cells: [{ row: 40, column: 2, text: "other" }],
        marks: [{ row: 40, column: 2, severity: "error", words: ["New."] }],
        edits: [],
        roles: bench.smallSheet().roles,
      }),
    );
    assert.equal(await value(), "ni");
    assert.deepEqual(await selection(), at(40, 2));
    assert.equal(await page.run(() => bench.grid.querySelector(".ag-scroller").scrollTop), before);
    await page.insert("你");
    await page.press("Enter");
    assert.deepEqual((await edits())[0].changes[0].now, "你");
  });

  test("marks that are gone leave the cell", async () => {
    assert.equal(await page.run(() => bench.cell(5, 3).getAttribute("aria-invalid")), "true");
    await page.run(() => bench.grid.update({ marks: [] }));
    assert.equal(await page.run(() => bench.cell(5, 3).getAttribute("aria-invalid")), null);
    assert.equal(await page.run(() => bench.grid.querySelectorAll(".ag-body .ag-icon").length), 0);
  });
});

describe("what is seen and heard", () => {
  test("the bar tells address, heading, text and words of a mark", async () => {
    await select(5, 3);
    assert.deepEqual(await page.run(() => bench.bar()), ["D6", "Members", "empty", "Error: The members are missing."]);
    await select(6, 2);
    assert.deepEqual(await page.run(() => bench.bar()), ["C7", "Project", "Rain", "Changed from “Rian”. A slip."]);
    assert.equal(await page.run(() => bench.grid.querySelector(".ag-bar").localName), "output");
  });

  test("a marked cell says so itself: a sign, words, aria-invalid", async () => {
    const [invalid, icons, words] = await page.run(() => {
      const cell = bench.cell(5, 3);
      return [
        cell.getAttribute("aria-invalid"),
        cell.querySelectorAll("svg.ag-error").length,
        cell.querySelector(".ag-spoken").textContent,
      ];
    });
    assert.deepEqual([invalid, icons, words], ["true", 1, "Error: The members are missing."]);
  });

  test("the tooltip shows for the current cell and under the pointer; Escape sends it away", async () => {
    const tooltip = () => page.run(() => bench.tooltip());
    const settle = () => new Promise((resolve) => setTimeout(resolve, 300));
    await select(5, 3);
    assert.match(await tooltip(), /members are missing/);
    await page.press("Escape");
    assert.equal(await tooltip(), undefined);
    await page.mouse("mouseMoved", ...(await centre(4, 2)));
    await settle();
    assert.match(await tooltip(), /A rare name/);
    const over = await page.run(() => {
      const box = bench.grid.querySelector(".ag-tooltip").getBoundingClientRect();
      return [box.left + 5, box.bottom - 3];
    });
    await page.mouse("mouseMoved", ...over);
    await settle();
    assert.match(await tooltip(), /A rare name/);
    await page.press("Escape");
    assert.equal(await tooltip(), undefined);
    await page.mouse("mouseMoved", 5, 5);
  });

  test("roles, indexes and what is selected", async () => {
    await select(6, 2);
    const seen = await page.run(() => {
      const body = bench.grid.querySelector("[role=grid]");
      const cell = bench.cell(6, 2);
      return {
        counts: [body.getAttribute("aria-rowcount"), body.getAttribute("aria-colcount")],
        role: cell.getAttribute("role"),
        selected: [cell.getAttribute("aria-selected"), bench.cell(6, 3).getAttribute("aria-selected")],
        header: bench.cell(1, 2).getAttribute("role"),
        merged: [bench.cell(3, 1).getAttribute("aria-rowspan"), bench.cell(4, 1)],
      };
    });
    assert.deepEqual(seen, {
      counts: ["60", "5"],
      role: "gridcell",
      selected: ["true", "false"],
      header: "columnheader",
      merged: ["3", null],
    });
  });

  test("a skipped row says why", async () => {
    assert.match(
      await page.run(() => bench.grid.querySelector(".ag-skipped .ag-pill").textContent),
      /Skipped: It has no project/,
    );
    await select(8, 2);
    assert.match((await page.run(() => bench.bar())).join(), /Skipped: It has no project/);
  });

  test("the header stays in view, and a click on it selects it where it stands", async () => {
    await select(50, 2);
    await page.frame();
    const top = () =>
      page.run(
        () =>
          bench.cell(1, 2).getBoundingClientRect().top -
          bench.grid.querySelector(".ag-scroller").getBoundingClientRect().top,
      );
    assert.equal(await top(), 28);
    const scroll = await page.run(() => bench.grid.querySelector(".ag-scroller").scrollTop);
    await page.click(...(await centre(1, 2)));
    assert.deepEqual(await selection(), at(1, 2));
    assert.equal(await page.run(() => bench.grid.querySelector(".ag-scroller").scrollTop), scroll);
    await page.press("ArrowDown");
    assert.ok((await page.run(() => bench.grid.querySelector(".ag-scroller").scrollTop)) < scroll);
  });

  test("words can be replaced, one by one", async () => {
    await page.run(() => (bench.grid.words = { error: "错误", mark: "{severity}：{sentence}" }));
    await select(5, 3);
    assert.equal((await page.run(() => bench.bar()))[3], "错误：The members are missing.");
    assert.match(await page.run(() => bench.grid.querySelector(".ag-hint").textContent), /leaves the table/);
  });

  test("text of the sheet is never markup", async () => {
    await page.run(() => {
      const sheet = bench.smallSheet();
      const evil = '<img src=x onerror="window.broken=1">{sentence}<b>';
      sheet.cells[3][2] = evil;
      sheet.name = evil;
      sheet.columns[0].letter = "<b>A</b>";
      sheet.marks = [{ row: 3, column: 2, severity: "error", words: [evil] }];
      sheet.edits = [{ row: 3, column: 2, was: evil, reason: evil }];
      bench.grid.sheet = sheet;
      bench.grid.reveal(3, 2, { focus: true });
    });
    await page.frame();
    assert.equal(await page.run(() => bench.grid.querySelectorAll("img, .ag-cell b").length), 0);
    assert.match((await page.run(() => bench.bar()))[2], /^<img/);
    assert.equal(await page.run(() => window.broken), undefined);
  });
});

describe("the mouse", () => {
  test("a drag selects, Shift extends, numbers and letters select rows and columns", async () => {
    await page.drag(await centre(3, 2), await centre(6, 3));
    assert.deepEqual(await selection(), at(3, 2, 4, 2));
    await page.click(...(await centre(4, 4)), { modifiers: 8 });
    assert.deepEqual(await selection(), at(3, 2, 2, 3));
    const box = await page.run(() => {
      const { left, top } = bench.grid.querySelector(".ag-scroller").getBoundingClientRect();
      return { left, top };
    });
    await page.click(box.left + 10, (await centre(6, 2))[1]);
    assert.deepEqual(await selection(), at(6, 0, 1, 5));
    await page.click((await centre(6, 3))[0], box.top + 10);
    assert.deepEqual(await selection(), at(0, 0, 60, 5)); // the merged title reaches over all columns
    await page.click(box.left + 5, box.top + 5);
    assert.deepEqual(await selection(), at(0, 0, 60, 5));
  });

  test("a column is resized by a drag, and fitted by a double click", async () => {
    const width = () => page.run(() => bench.cell(6, 2).getBoundingClientRect().width);
    const edge = () =>
      page.run(() => [
        bench.cell(6, 2).getBoundingClientRect().right,
        bench.grid.querySelector(".ag-scroller").getBoundingClientRect().top + 10,
      ]);
    const before = await width();
    const [x, y] = await edge();
    await page.drag([x, y], [x + 40, y]);
    assert.equal(await width(), before + 40);
    await page.click(...(await edge()), { count: 2 });
    assert.ok((await width()) < before);
    await page.press("Alt+Shift+ArrowRight");
  });

  test("a drag beyond the edge scrolls", async () => {
    const from = await centre(6, 2);
    await page.mouse("mouseMoved", ...from);
    await page.mouse("mousePressed", ...from, { button: "left", buttons: 1, clickCount: 1 });
    await page.mouse("mouseMoved", from[0], 600, { button: "left", buttons: 1 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    await page.mouse("mouseReleased", from[0], 600, { button: "left", clickCount: 1 });
    assert.ok((await selection()).rows > 15);
    assert.ok((await page.run(() => bench.grid.querySelector(".ag-scroller").scrollTop)) > 50);
  });

  test("the line of hidden rows opens with a click", async () => {
    await select(14, 2);
    await page.frame();
    const point = await page.run(() => {
      const box = bench.grid.querySelector(".ag-folds .ag-across").getBoundingClientRect();
      return [box.left + 100, box.top + 4];
    });
    await page.click(...point);
    assert.equal(await shown(11, 0), "7");
    assert.equal(await page.run(() => bench.grid.showHidden), true);
  });
});

describe("reveal", () => {
  test("shows a cell, out of a hidden row too, and leaves the focus alone", async () => {
    await page.run(() => document.getElementById("after").focus());
    await page.run(() => bench.grid.reveal(12, 3));
    assert.equal(await focused(), "after");
    assert.deepEqual(await selection(), at(12, 3));
    assert.equal(await shown(12, 3), "戊");
    await page.run(() => bench.grid.reveal(55, 0, { select: false }));
    await page.frame();
    assert.deepEqual(await selection(), at(12, 3));
    assert.equal(await shown(55, 0), "51");
  });

  test("tells of each selection once", async () => {
    await page.run(() => bench.grid.reveal(20, 1));
    assert.deepEqual(await page.run(() => bench.events("cellselect")), [at(20, 1)]);
  });
});

describe("size", () => {
  test("ten thousand rows: few of them drawn, none missing where one looks", async () => {
    await page.run(() => {
      bench.grid.sheet = bench.largeSheet(10000, 20);
    });
    await page.frame();
    for (const row of [0, 5000, 9999]) {
      await select(row, 7);
      await page.frame();
      const [rows, there] = await page.run(
        (row) => [bench.grid.querySelectorAll(".ag-row").length, bench.cell(row, 7) !== null],
        row,
      );
      assert.ok(rows < 120, `${rows} rows`);
      assert.ok(there);
    }
    await page.press("Control+Home", "ArrowDown");
    await page.press("Control+ArrowDown");
    assert.deepEqual((await selection()).row, 9999);
  });

  test("after a scroll the rows stand in order for those who read the page by its elements", async () => {
    await page.run(() => {
      bench.grid.sheet = bench.largeSheet(10000, 20);
    });
    for (const top of [300, 900, 40000, 39500]) {
      await page.run((top) => {
        bench.grid.querySelector(".ag-scroller").scrollTop = top;
      }, top);
      await page.frame();
    }
    await new Promise((resolve) => setTimeout(resolve, 400));
    const order = await page.run(() =>
      Array.from(bench.grid.querySelectorAll("[role=row]"), (row) => Number(row.getAttribute("aria-rowindex"))),
    );
    assert.deepEqual(
      order,
      order.slice().sort((a, b) => a - b),
    );
    assert.ok(order.length > 20 && new Set(order).size === order.length);
    const columns = await page.run(() =>
      Array.from(bench.cell(1412, 3).parentNode.children, (cell) => Number(cell.getAttribute("aria-colindex"))),
    );
    assert.deepEqual(
      columns,
      columns.slice().sort((a, b) => a - b),
    );
    assert.equal(await page.run(() => bench.shown(1412, 3)), "第1412行 cell 3");
  });

  test("the text of a merged cell and of a heading stays in view", async () => {
    await page.run(() => {
      const sheet = bench.smallSheet();
      sheet.columns.forEach((column) => (column.width = 60));
      sheet.merges.push([20, 2, 30, 1]);
      sheet.cells[20][2] = "tall";
      bench.grid.sheet = sheet;
      Object.assign(bench.grid.querySelector(".ag-scroller"), { scrollLeft: 900, scrollTop: 800 });
    });
    await page.frame();
    const inside = (row, column) =>
      page.run(
        (row, column) => {
          const text = bench.cell(row, column).querySelector(".ag-text").getBoundingClientRect();
          const view = bench.grid.querySelector(".ag-scroller").getBoundingClientRect();
          return [text.left >= view.left, text.top >= view.top + 56];
        },
        row,
        column,
      );
    assert.deepEqual(await inside(20, 2), [true, true]);
    await page.run(() => {
      bench.grid.querySelector(".ag-scroller").scrollTop = 0;
    });
    await page.frame();
    assert.equal((await inside(0, 0))[0], true);
    assert.equal((await inside(2, 0))[0], true);
  });

  test("a large block is pasted as one act", async () => {
    await page.run(() => {
      bench.grid.sheet = bench.largeSheet(10000, 20);
    });
    await select(2, 2);
    await paste(new Array(2000).fill("a\tb\tc\td").join("\n"));
    assert.equal((await edits())[0].changes.length, 8000);
  });

  test("a sheet of no rows is an empty grid", async () => {
    await page.run(() => {
      bench.grid.sheet = { name: "none", rows: 0, columns: [], cells: [], roles: [] };
    });
    await page.press("ArrowDown", "x");
    assert.deepEqual(await selection(), at(0, 0));
  });
});

test("axe-core finds nothing", async (t) => {
  const axe = process.env.AXE || tryResolve("axe-core/axe.min.js");
  assert.ok(axe, "npm ci installs axe-core");
  t.after(() => page.goto(served.origin + "/testing/page.html").then(() => page.frame()));
  await page.goto(served.origin + "/testing/page.html");
  await page.frame();
  await page.send("Runtime.evaluate", { expression: await readFile(axe, "utf8") });
  for (const theme of ["light", "dark"]) {
    await page.run((theme) => {
      document.documentElement.setAttribute("data-theme", theme);
      document.getElementById("grid").reveal(4, 2, { focus: true });
    }, theme);
    await page.frame();
    // Colours on their way from one to the other are nobody's.
    await page.run(() => Promise.all(document.getAnimations().map((one) => one.finished)).then(() => {}));
    const violations = await page.run(async () => {
      const results = await axe.run(document, { resultTypes: ["violations", "incomplete"] });
      const brief = ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160) + " " + node.failureSummary)
          .join(" | ")}`;
      return { violations: results.violations.map(brief), incomplete: results.incomplete.map(brief) };
    });
    t.diagnostic(`${theme}, to be judged by eye: ${violations.incomplete.join("; ") || "nothing"}`);
    assert.deepEqual(violations.violations, []);
  }
});

test("nothing broke the content security policy or threw", (t) => {
  t.diagnostic(page.version);
  assert.deepEqual(page.errors, []);
});

function tryResolve(name) {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}
