let grids = 0;

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {string} [text]
 */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/**
 * The fixed elements of a grid, not yet attached to it.
 *
 * The bar tells of the current cell, the scroller holds the sheet, the foot tells what was refused.
 * In the scroller the letters stick at the top and the numbers on the left. Both are for the eyes:
 * assistive technology has row and column numbers from the grid itself.
 */
export function makeParts() {
  const id = "award-grid-" + ++grids;
  const parts = {
    bar: element("output", "ag-bar"),
    scroller: element("div", "ag-scroller"),
    canvas: element("div", "ag-canvas"),
    letters: element("div", "ag-letters"),
    numbers: element("div", "ag-numbers"),
    folds: element("div", "ag-folds"),
    body: element("div", "ag-body"),
    editor: element("textarea", "ag-editor"),
    foot: element("div", "ag-foot"),
    message: element("span", "ag-message"),
    hint: element("span", "ag-hint"),
    help: element("span", "ag-spoken"),
    tooltip: element("div", "ag-tooltip"),
  };
  const { bar, scroller, canvas, letters, numbers, folds, body, editor, foot, message, hint, help } = parts;
  // An <output> means both already; not every screen reader knows.
  bar.setAttribute("aria-live", "polite");
  bar.setAttribute("aria-atomic", "true");
  for (const silent of [letters, numbers, folds]) silent.setAttribute("aria-hidden", "true");
  // A browser that translates pages must not translate names.
  scroller.setAttribute("translate", "no");
  body.setAttribute("role", "grid");
  body.setAttribute("aria-multiselectable", "true");
  message.setAttribute("role", "alert");
  help.id = id + "-help";
  setUpEditor(editor, help.id);
  setUpTooltip(parts.tooltip);
  canvas.append(letters, numbers, body, folds, editor);
  scroller.append(canvas);
  foot.append(message, hint, help);
  return parts;
}

/** @typedef {ReturnType<typeof makeParts>} Parts */

/** @param {HTMLTextAreaElement} editor @param {string} help */
function setUpEditor(editor, help) {
  editor.rows = 1;
  editor.spellcheck = false;
  editor.maxLength = 32767; // as in a spreadsheet
  editor.setAttribute("autocomplete", "off");
  editor.setAttribute("autocapitalize", "off");
  editor.setAttribute("aria-describedby", help);
}

/** @param {HTMLElement} tooltip */
function setUpTooltip(tooltip) {
  tooltip.setAttribute("role", "tooltip");
  tooltip.hidden = true;
}
