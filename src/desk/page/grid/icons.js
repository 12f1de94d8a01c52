/**
 * Small signs, each with a shape of its own, so that none is told by its colour alone.
 *
 * @typedef {"error" | "warning" | "notice" | "edit" | "saving" | "refused"} Sign
 */

/** @type {Record<Sign, string>} Each fills a square of 16; what lies inside a shape is cut out. */
const SHAPES = {
  error:
    "M5 1h6l4 4v6l-4 4H5l-4-4V5z M5.3 4.2 4.2 5.3 6.9 8l-2.7 2.7 1.1 1.1L8 9.1l2.7 2.7 1.1-1.1L9.1 8l2.7-2.7-1.1-1.1L8 6.9z",
  warning: "M8 1l7.6 14H.4z M7.1 6v4.6h1.8V6z M7.1 11.7v1.8h1.8v-1.8z",
  notice: "M8 1a7 7 0 100 14A7 7 0 008 1z M7.1 4v1.8h1.8V4z M7.1 7v5h1.8V7z",
  edit: "M2 2h12L2 14z",
  saving:
    "M3 6.4a1.6 1.6 0 100 3.2 1.6 1.6 0 000-3.2z M8 6.4a1.6 1.6 0 100 3.2 1.6 1.6 0 000-3.2z M13 6.4a1.6 1.6 0 100 3.2 1.6 1.6 0 000-3.2z",
  refused: "M8 1a7 7 0 100 14A7 7 0 008 1z M8 2.8a5.2 5.2 0 110 10.4A5.2 5.2 0 018 2.8z M4.4 7.1v1.8h7.2V7.1z",
};

const SVG = "http://www.w3.org/2000/svg";

/** A sign for the eyes only; the words beside it are for everybody. @param {Sign} sign */
export function icon(sign) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "ag-icon ag-" + sign);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[sign]);
  path.setAttribute("fill-rule", "evenodd");
  svg.appendChild(path);
  return svg;
}
