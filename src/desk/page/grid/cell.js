import { icon } from "./icons.js";
import { element } from "./parts.js";
import { remarksOn } from "./remarks.js";
import { gravest } from "./sheet.js";

/**
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./words.js").Words} Words
 * @typedef {import("./types.js").Block} Block
 */

/**
 * One cell on the screen. It remembers what it shows and touches the page only where that differs:
 * while the sheet scrolls, its element serves one row after another, and mostly nothing but the text changes.
 */
export class Cell {
  /** @param {number} column */
  constructor(column) {
    this.column = column;
    this.element = element("div", "");
    this.element.setAttribute("aria-colindex", String(column + 1));
    this.plainText = document.createTextNode("");
    this.element.append(this.plainText);
    this.plain = true;
    this.look = "";
    this.selected = false;
    this.current = false;
    /** @type {Map<string, string>} */
    this.attributes = new Map();
    /** @type {Map<string, string>} */
    this.styles = new Map();
  }

  /**
   * Puts the cell at its place in a row.
   *
   * @param {import("./geometry.js").Geometry} geometry
   * @param {Block} block  Itself, with what it covers.
   */
  place({ rows, columns }, block) {
    const left = columns.start(block.column);
    this.style("left", left + "px");
    this.style("width", columns.end(block.column + block.columns - 1) - left + "px");
    const height = rows.end(block.row + block.rows - 1) - rows.start(block.row);
    this.style("height", block.rows > 1 ? height + "px" : "");
    this.attribute("aria-rowspan", block.rows > 1 ? String(block.rows) : "");
    this.attribute("aria-colspan", block.columns > 1 ? String(block.columns) : "");
  }

  /**
   * Shows what the cell holds now.
   *
   * @param {Sheet} sheet
   * @param {Words} words
   * @param {number} row
   * @param {number | undefined} room  The pixels that the text of a heading may take beyond its own cell.
   */
  paint(sheet, words, row, room) {
    const text = sheet.text(row, this.column);
    const role = sheet.role(row);
    const plain = room === undefined && sheet.isPlain(row, this.column);
    this.attribute("role", role === "header" && text !== "" ? "columnheader" : "gridcell");
    this.attribute("aria-readonly", role === "empty" ? "true" : "");
    if (plain) this.paintPlain(shown(text));
    else this.paintRich(sheet, words, row, room);
    this.paintClasses();
  }

  /** @param {string} text */
  paintPlain(text) {
    this.look = "";
    this.attribute("aria-invalid", "");
    if (this.plainText.data !== text) this.plainText.data = text;
    if (this.plain) return;
    this.plain = true;
    this.element.textContent = "";
    this.element.append(this.plainText);
  }

  /** @param {Sheet} sheet @param {Words} words @param {number} row @param {number | undefined} room */
  paintRich(sheet, words, row, room) {
    const severity = gravest(sheet.marksAt(row, this.column));
    const text = element("span", "ag-text", shown(sheet.text(row, this.column)));
    const signs = signsOf(remarksOn(sheet, words, row, this.column));
    this.look =
      lookOf(sheet, sheet.key({ row, column: this.column }), severity) + (room === undefined ? "" : " ag-wide");
    this.attribute("aria-invalid", severity === "error" ? "true" : "");
    this.plain = false;
    this.element.textContent = "";
    if (room === undefined) this.element.append(text, ...signs);
    else this.element.append(run(room, [text, ...signs]));
  }

  /** @param {boolean} selected @param {boolean} current */
  select(selected, current) {
    this.selected = selected;
    this.current = current;
    this.attribute("aria-selected", String(selected));
    this.paintClasses();
  }

  paintClasses() {
    const classes = "ag-cell" + this.look + (this.selected ? " ag-selected" : "") + (this.current ? " ag-current" : "");
    if (this.element.className !== classes) this.element.className = classes;
  }

  /** @param {string} name @param {string} value  "" for none. */
  attribute(name, value) {
    if ((this.attributes.get(name) || "") === value) return;
    this.attributes.set(name, value);
    if (value === "") this.element.removeAttribute(name);
    else this.element.setAttribute(name, value);
  }

  /** @param {"left" | "width" | "height"} name @param {string} value */
  style(name, value) {
    if ((this.styles.get(name) || "") === value) return;
    this.styles.set(name, value);
    this.element.style[name] = value;
  }
}

/** @param {Sheet} sheet @param {number} key @param {string | undefined} severity */
function lookOf(sheet, key, severity) {
  const marked = severity ? ` ag-marked ag-${severity}` : "";
  const edited = sheet.edits.has(key) ? " ag-edited" : "";
  const unsaved = sheet.drafts.has(key) ? " ag-unsaved" : "";
  const merged = sheet.owners.has(key) ? " ag-merged" : "";
  return " ag-rich" + marked + edited + unsaved + merged;
}

/**
 * A box that reaches beyond its cell, within which the text can stay in view.
 *
 * @param {number} room
 * @param {Element[]} content
 */
function run(room, content) {
  const box = element("span", "ag-run");
  box.style.width = `calc(${room}px - 1.1em)`;
  box.append(...content);
  return box;
}

/**
 * One sign is enough to look at (an edit is a corner of the cell); the words tell all.
 *
 * @param {import("./remarks.js").Remark[]} remarks
 */
function signsOf(remarks) {
  if (remarks.length === 0) return [];
  const spoken = element("span", "ag-spoken", remarks.map((remark) => remark.text).join(" "));
  const first = remarks.find((remark) => remark.sign === "saving") || remarks[0];
  return first.sign && first.sign !== "edit" ? [icon(first.sign), spoken] : [spoken];
}

/**
 * A cell has one line: a line break shows as a sign. So does what turns the direction of writing: it would show a name that is not
 * the one in the cell.
 *
 * @param {string} text
 */
function shown(text) {
  const turned = (/** @type {string} */ sign) => `‹U+${sign.charCodeAt(0).toString(16).toUpperCase()}›`;
  return text.replace(/\r\n?|\n/g, "↵").replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, turned);
}
