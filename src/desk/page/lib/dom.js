/**
 * Elements from values. Text is always set as text: nothing of a sheet can become markup.
 *
 * @typedef {Node | string | number | null | undefined | false} Piece
 * @typedef {Piece | Piece[]} Child
 */

/**
 * An element with its properties and children. `class` and `data-…`, `aria-…`, `role`, `for` and the like are set as
 * attributes; `onclick` and the like are listened to; everything else is a property. What is undefined or null is left out.
 *
 * @param {string} tag
 * @param {Record<string, any> | null} [properties]
 * @param {...Child} children
 * @returns {any}
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (ATTRIBUTES.test(name)) {
      if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
    } else /** @type {any} */ (element)[name] = value;
  }
  append(element, children);
  return element;
}

const ATTRIBUTES = /^(class|role|for|id|style|lang|colspan|rowspan|scope|download|tabindex|list|(data|aria)-.*)$/;

/** @param {Node} parent @param {Child[]} children */
function append(parent, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false || child === "") continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Puts these in place of all that an element holds. @param {Element} parent @param {...Child} children */
export function fill(parent, ...children) {
  while (parent.lastChild) parent.lastChild.remove();
  append(parent, children);
}

/**
 * A button that says what it does.
 *
 * @param {string} text
 * @param {(event: Event) => any} act
 * @param {Record<string, any>} [properties]
 * @returns {HTMLButtonElement}
 */
export function button(text, act, properties) {
  return h("button", { type: "button", onclick: act, ...properties }, text);
}

let last = 0;

/** An id that no other element has. @param {string} stem */
export function freshId(stem) {
  last += 1;
  return `${stem}-${last}`;
}
