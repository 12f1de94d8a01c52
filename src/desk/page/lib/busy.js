/** Saying that something is on its way, once it takes longer than one notices. */

const NOTICED = 200;

/**
 * Waits for work; meanwhile `region` is busy and `line` says so in words.
 *
 * @template T
 * @param {{ region: Element, line: Element, words: string }} where
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileBusy({ region, line, words }, work) {
  const timer = setTimeout(() => {
    region.setAttribute("aria-busy", "true");
    line.textContent = words;
  }, NOTICED);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    region.removeAttribute("aria-busy");
    if (line.textContent === words) line.textContent = "";
  }
}
