/** A place for files: dropped, chosen, or pasted. */
import { button, h } from "./dom.js";

/**
 * @param {object} how
 * @param {any[]} how.words  What is to be dropped here.
 * @param {string} how.choose  What the button says.
 * @param {string} how.accept  As an `<input type=file>` has it.
 * @param {boolean} [how.big]
 * @param {(file: File) => any} how.take
 * @returns {HTMLElement}
 */
export function dropZone({ words, choose, accept, take }) {
  const input = h("input", { type: "file", accept, hidden: true, onchange: () => {
    const file = input.files[0];
    input.value = "";
    if (file) take(file);
  } });
  const zone = h(
    "div",
    {
      class: "drop",
      ondragover: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        zone.classList.add("over");
      },
      ondragleave: () => zone.classList.remove("over"),
      ondrop: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        zone.classList.remove("over");
        const file = event.dataTransfer && event.dataTransfer.files[0];
        if (file) take(file);
      },
    },
    words,
    button(choose, () => input.click()),
    input,
  );
  return zone;
}
