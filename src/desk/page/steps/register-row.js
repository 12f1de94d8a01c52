/** One copy as the list has it. */
import { h } from "../lib/dom.js";
import { localTime } from "../lib/time.js";
import { placeOf, statusChip } from "./register-places.js";
import { t } from "./register-words.js";

/**
 * @typedef {object} Row
 * @property {string} number
 * @property {number} revision
 * @property {string} status
 * @property {string} status_label
 * @property {boolean} issued
 * @property {string} kind
 * @property {string} recipient
 * @property {string | null} award
 * @property {string} time
 * @property {string | null} reason
 */

/** @param {Row} row */
export function rowView(row) {
  return h(
    "tr",
    { class: row.status === "valid" && row.issued ? undefined : "past" },
    h("td", null, h("a", { href: placeOf(row.number) }, row.number)),
    h("td", null, t("nth", { n: row.revision })),
    h("td", null, statusChip(row, row.status_label)),
    h("td", null, row.kind),
    h("td", null, row.award || ""),
    h("td", { class: "wide" }, row.recipient),
    h("td", { class: "time" }, localTime(row.time)),
    h("td", { class: "wide" }, row.reason || ""),
  );
}
