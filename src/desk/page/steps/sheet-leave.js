/** What both steps of the sheet do while something is on its way to the folder. */

/** How long something takes before the page says that it is on its way, in milliseconds. */
const SLOW = 200;

/**
 * Whether a step may be left: not before what was typed is saved. Who wanted to go on goes on then,
 * unless it was refused: that has to be seen.
 *
 * @param {import("./sheet-grids.js").Grids} grids
 */
export function leaving(grids) {
  const typing = document.activeElement;
  // An edit in progress ends as if Enter was pressed.
  if (typing instanceof HTMLElement && grids.element.contains(typing)) typing.blur();
  if (!grids.unsaved) return true;
  const wanted = location.hash;
  void grids.saved().then((sound) => {
    if (sound && !grids.book.closed) location.hash = wanted;
  });
  return false;
}

/** Marks an element as busy once work on it takes long. @param {HTMLElement} element @returns {(busy: boolean) => void} */
export function slowly(element) {
  let waiting = 0;
  return (busy) => {
    clearTimeout(waiting);
    if (busy) waiting = window.setTimeout(() => element.setAttribute("aria-busy", "true"), SLOW);
    else element.removeAttribute("aria-busy");
  };
}

/**
 * Makes a button do nothing for now. Unlike one that is `disabled`, it keeps the focus, so that whoever came by the keyboard can go on from it.
 *
 * @param {HTMLElement} button
 * @param {boolean} off
 */
export function turnOff(button, off) {
  button.setAttribute("aria-disabled", String(off));
}

/** @param {HTMLElement} button */
export function isOff(button) {
  return button.getAttribute("aria-disabled") === "true";
}
