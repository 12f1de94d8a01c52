/** Pages as pictures and what is said of them, asked for once each and kept for a while. */
import { get, picture } from "../lib/api.js";

/** So many pictures are kept: those beside the one that is looked at. */
const KEPT = 8;

/** How long a picture outlives its being let go of, in milliseconds: whoever waited for it may be about to show it. */
const LINGER = 4000;

/**
 * @typedef {object} Told  What is known of a document.
 * @property {string} title
 * @property {number} pages
 * @property {boolean[]} marked
 * @property {import("../lib/api.js").Fault[]} faults
 *
 * @typedef {object} Drawn  One page.
 * @property {string} url
 * @property {number} ppi
 * @property {number} width  In inches, as the height is.
 * @property {number} height
 */

export class Pictures {
  constructor() {
    /** @type {Map<string, Promise<Drawn>>} */
    this.pages = new Map();
    /** @type {Map<string, Promise<Told>>} */
    this.known = new Map();
    /** What is shown may not be let go of. @type {string | undefined} */
    this.shown = undefined;
  }

  /** @param {string} path @param {number} ppi @returns {Promise<Told>} */
  told(path, ppi) {
    return kept(this.known, path, () => get("/api/document", { path, ppi }));
  }

  /** @param {string} path @param {number} page @param {number} ppi @returns {Promise<Drawn>} */
  page(path, page, ppi) {
    const drawn = kept(this.pages, `${ppi} ${page} ${path}`, () => draw(path, page, ppi));
    while (this.pages.size > KEPT) {
      const [key, oldest] = /** @type {[string, Promise<Drawn>]} */ (this.pages.entries().next().value);
      this.pages.delete(key);
      this.release(oldest);
    }
    return drawn;
  }

  /** The folder has changed: nothing that is kept counts any more. */
  forget() {
    for (const drawn of this.pages.values()) this.release(drawn);
    this.pages.clear();
    this.known.clear();
  }

  /** This picture is shown from now on, and no other. @param {Drawn | undefined} drawn */
  show(drawn) {
    const before = this.shown;
    this.shown = drawn && drawn.url;
    if (!before || before === this.shown) return;
    Promise.all([...this.pages.values()].map((page) => page.then((one) => one.url, () => "")))
      .then((urls) => {
        if (!urls.includes(before) && before !== this.shown) URL.revokeObjectURL(before);
      })
      .catch(() => {});
  }

  /** @param {Promise<Drawn>} drawn */
  release(drawn) {
    const later = (/** @type {string} */ url) => setTimeout(() => url !== this.shown && URL.revokeObjectURL(url), LINGER);
    drawn.then((one) => later(one.url)).catch(() => {});
  }
}

/**
 * What is kept under a name, the latest asked for at the end; what failed is asked again.
 *
 * @template T
 * @param {Map<string, Promise<T>>} map
 * @param {string} key
 * @param {() => Promise<T>} ask
 */
function kept(map, key, ask) {
  const known = map.get(key);
  const value = known || ask();
  map.delete(key);
  map.set(key, value);
  if (!known) value.catch(() => map.get(key) === value && map.delete(key));
  return value;
}

/** @param {string} path @param {number} page @param {number} ppi @returns {Promise<Drawn>} */
async function draw(path, page, ppi) {
  const url = await picture("/api/document/page.png", { path, page, ppi });
  const image = new Image();
  image.src = url;
  await image.decode();
  return { url, ppi, width: image.naturalWidth / ppi, height: image.naturalHeight / ppi };
}
