import { icon } from "./icons.js";
import { element } from "./parts.js";
import { remarksOn } from "./remarks.js";
import { gravest } from "./sheet.js";

/**
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./words.js").Words} Words
 */

/**
 * Draws what one cell shows. Where it stands, and whether it is selected, is the view's affair.
 *
 * @param {HTMLElement} cell
 * @param {Sheet} sheet
 * @param {Words} words
 * @param {number} row
 * @param {number} column
 * @param {number | undefined} room  The pixels that the text of a heading may take beyond its own cell.
 */
export function paintCell(cell, sheet, words, row, column, room) {
  const text = sheet.text(row, column);
  const role = sheet.role(row);
  const severity = gravest(sheet.marksAt(row, column));
  const remarks = remarksOn(sheet, words, row, column);
  const merged = sheet.owners.has(sheet.key({ row, column }));
  cell.className = classesOf(sheet, row, column, severity);
  cell.setAttribute("role", role === "header" && text !== "" ? "columnheader" : "gridcell");
  flag(cell, "aria-invalid", severity === "error");
  flag(cell, "aria-readonly", role === "empty");
  if (remarks.length === 0 && !merged && room === undefined) {
    cell.textContent = shown(text);
    return;
  }
  const box = element("span", "ag-text", shown(text));
  cell.classList.add("ag-rich");
  if (room !== undefined) {
    box.style.maxWidth = room + "px";
    cell.classList.add("ag-wide");
  }
  cell.textContent = "";
  cell.append(box, ...signsOf(remarks));
}

/** @param {Sheet} sheet @param {number} row @param {number} column @param {string | undefined} severity */
function classesOf(sheet, row, column, severity) {
  const key = sheet.key({ row, column });
  const classes = ["ag-cell"];
  if (severity) classes.push("ag-marked", "ag-" + severity);
  if (sheet.edits.has(key)) classes.push("ag-edited");
  if (sheet.drafts.has(key)) classes.push("ag-unsaved");
  if (sheet.owners.has(key)) classes.push("ag-merged");
  return classes.join(" ");
}

/** One sign is enough to look at (an edit is a corner of the cell); the words tell all. @param {import("./remarks.js").Remark[]} remarks */
function signsOf(remarks) {
  if (remarks.length === 0) return [];
  const spoken = element("span", "ag-spoken", remarks.map((remark) => remark.text).join(" "));
  const first = remarks.find((remark) => remark.sign === "saving") || remarks[0];
  return first.sign && first.sign !== "edit" ? [icon(first.sign), spoken] : [spoken];
}

/** A cell has one line: a line break shows as a sign. @param {string} text */
function shown(text) {
  return text.replace(/\r\n?|\n/g, "↵");
}

/** @param {HTMLElement} cell @param {string} attribute @param {boolean} on */
function flag(cell, attribute, on) {
  if (on) cell.setAttribute(attribute, "true");
  else cell.removeAttribute(attribute);
}
