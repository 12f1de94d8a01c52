/** Where things stand in the address behind `#/register/`, and what all of them show alike. */
import { h } from "../lib/dom.js";
import { t } from "./register-words.js";

/** What no number begins with. */
export const SHEET = "@sheet";
export const PUBLISH = "@publish";

/** @param {string} [rest] */
export function placeOf(rest) {
  return `#/register${rest ? `/${encodeURIComponent(rest)}` : ""}`;
}

/** The way back to the list. */
export function backLink() {
  return h("p", { class: "no-print" }, h("a", { href: placeOf() }, t("back")));
}

const KINDS = /** @type {Record<string, string>} */ ({ valid: "good", superseded: "", revoked: "bad" });

/** What a copy counts for. @param {{ status: string, issued: boolean }} copy @param {string} label */
export function statusChip(copy, label) {
  if (!copy.issued) return h("span", { class: "chip warn", title: t("reservedLong") }, t("reserved"));
  return h("span", { class: `chip ${KINDS[copy.status] || ""}` }, label);
}
