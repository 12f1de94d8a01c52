/** Saying that something is on its way, once it takes longer than one notices. */

const NOTICED = 200;

/** How many works each line speaks of: it is silent when the last of them has ended. @type {WeakMap<Element, number>} */
const pending = new WeakMap();

/**
 * Waits for work; meanwhile `region` is busy and `line` says so in words.
 *
 * @template T
 * @param {{ region: Element, line: Element, words: string }} where
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileBusy({ region, line, words }, work) {
  /** @param {number} by */
  const count = (by) => {
    const now = (pending.get(line) || 0) + by;
    pending.set(line, now);
    return now;
  };
  count(1);
  const timer = setTimeout(() => {
    region.setAttribute("aria-busy", "true");
    line.textContent = words;
  }, NOTICED);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (count(-1) === 0) {
      region.removeAttribute("aria-busy");
      if (line.textContent === words) line.textContent = "";
    }
  }
}
