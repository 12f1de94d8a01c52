/** Faults in words, as every step shows them. */
import { h } from "./dom.js";
import { Refusal } from "./api.js";
import { speaker } from "./words.js";

const t = speaker({
  zh: { error: "错误", warning: "警告", info: "提示", line: "{file} 第 {line} 行", cell: "原文：{text}" },
  en: { error: "Error", warning: "Warning", info: "Note", line: "{file}, line {line}", cell: "cell: {text}" },
});

/** @param {"error" | "warning" | "info"} severity */
export function severityName(severity) {
  return t(severity);
}

/**
 * Where a fault is, in words; empty if it is at no place.
 *
 * @param {import("./api.js").Fault} fault
 */
export function placeOf(fault) {
  if (fault.cell) return fault.cell;
  if (fault.file && fault.line) return t("line", { file: fault.file, line: fault.line });
  return fault.file || "";
}

/**
 * One fault: how grave, where, what, and what to do; `actions` are buttons below it.
 *
 * @param {import("./api.js").Fault} fault
 * @param {any[]} [actions]
 * @returns {HTMLElement}
 */
export function faultView(fault, actions) {
  const place = placeOf(fault);
  return h(
    "div",
    { class: `fault ${fault.severity}` },
    h("p", { class: "fault-head" }, h("span", { class: "severity" }, t(fault.severity)), place && h("span", { class: "place" }, place)),
    h("p", { class: "fault-message" }, fault.message),
    fault.text && !fault.message.includes(fault.text.trim()) && h("p", { class: "fault-text" }, t("cell", { text: fault.text })),
    fault.help && h("p", { class: "fault-help" }, fault.help),
    actions && actions.length > 0 && h("p", { class: "fault-actions" }, actions),
  );
}

/**
 * What kept something from being done, to be put into the page: an alert that is read out.
 *
 * @param {any} error
 * @returns {HTMLElement}
 */
export function refusalView(error) {
  return h("div", { class: "refusal", role: "alert" }, faultsIn(error).map((fault) => faultView(fault)));
}

/** What an error says, one of the page's own too. @param {any} error @returns {import("./api.js").Fault[]} */
export function faultsIn(error) {
  if (error instanceof Refusal) return error.faults;
  return [{ severity: "error", code: "page", message: String((error && error.message) || error), help: "", cell: null, file: null, line: null }];
}
