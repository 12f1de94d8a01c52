/**
 * What a key means. Printable keys mean nothing here: their text arrives in the editor's textarea,
 * from the keyboard or from an input method alike.
 *
 * @typedef {import("./selection.js").Direction} Direction
 * @typedef {Direction | "rowStart" | "rowEnd" | "sheetStart" | "sheetEnd" | "pageUp" | "pageDown"} Motion
 * @typedef {{name: "move", motion: Motion, far: boolean, extend: boolean}} Move
 * @typedef {{name: "tab" | "enter", back: boolean}} Step
 * @typedef {{name: "resize", by: 1 | -1}} Resize
 * @typedef {"edit" | "erase" | "clear" | "escape" | "all" | "undo" | "redo" | "break" | "commit"} Name
 * @typedef {{name: Name | "unfoldRows" | "unfoldColumns"}} Plain
 * @typedef {Move | Step | Resize | Plain} Command
 */

/** @type {Record<string, Motion>} */
const MOTIONS = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "rowStart",
  End: "rowEnd",
  PageUp: "pageUp",
  PageDown: "pageDown",
};

/**
 * The command of a key, or undefined if the browser shall do what it does.
 *
 * Ctrl+Space and Shift+Space select columns and rows elsewhere; Chinese input methods use both, so they are left alone.
 *
 * @param {KeyboardEvent} event
 * @param {"ready" | "typing" | "editing"} state
 * @returns {Command | undefined}
 */
export function commandOf(event, state) {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey) return control ? undefined : withAlt(event, state);
  if (event.key === "Tab") return control ? undefined : { name: "tab", back: event.shiftKey };
  if (event.key === "Enter") return control ? { name: "commit" } : { name: "enter", back: event.shiftKey };
  if (event.key === "Escape") return { name: "escape" };
  if (state === "editing") return undefined;
  if (event.key === "F2") return { name: "edit" };
  const motion = MOTIONS[event.key];
  if (motion) return move(motion, control, event.shiftKey);
  if (state === "typing") return undefined;
  if (event.key === "Delete") return { name: "clear" };
  if (event.key === "Backspace") return { name: "erase" };
  return control ? withControl(event) : undefined;
}

/** @param {Motion} motion @param {boolean} control @param {boolean} extend @returns {Move | undefined} */
function move(motion, control, extend) {
  if (!control) return { name: "move", motion, far: false, extend };
  if (motion === "rowStart") return { name: "move", motion: "sheetStart", far: false, extend };
  if (motion === "rowEnd") return { name: "move", motion: "sheetEnd", far: false, extend };
  // The browser changes its tab with Ctrl+PageUp and Ctrl+PageDown.
  if (motion === "pageUp" || motion === "pageDown") return undefined;
  return { name: "move", motion, far: true, extend };
}

/** @param {KeyboardEvent} event @param {string} state @returns {Command | undefined} */
function withAlt(event, state) {
  if (event.key === "Enter") return state === "ready" ? undefined : { name: "break" };
  if (state !== "ready" || !event.shiftKey) return undefined;
  if (event.key === "ArrowLeft") return { name: "resize", by: -1 };
  if (event.key === "ArrowRight") return { name: "resize", by: 1 };
  return undefined;
}

/** @param {KeyboardEvent} event @returns {Command | undefined} */
function withControl(event) {
  // With Shift the digits arrive as "(" and ")" on most layouts; the code names the key itself.
  if (event.shiftKey && event.code === "Digit9") return { name: "unfoldRows" };
  if (event.shiftKey && event.code === "Digit0") return { name: "unfoldColumns" };
  const letter = event.key.toLowerCase();
  if (letter === "a") return { name: "all" };
  if (letter === "y") return { name: "redo" };
  if (letter === "z") return { name: event.shiftKey ? "redo" : "undo" };
  return undefined;
}
