/** The language of the page, and what it says in it. */

/** @typedef {"zh" | "en"} Lang */

const KEY = "accolade-lang";

/** @type {Lang} */
let current = "zh";

/** The language of the reader. @returns {Lang} */
export function lang() {
  return current;
}

/** The language that was chosen here before, else the program's. @param {Lang} usual */
export function begin(usual) {
  const chosen = stored();
  current = chosen === "zh" || chosen === "en" ? chosen : usual;
  document.documentElement.lang = current === "zh" ? "zh-CN" : "en";
}

/** @param {Lang} chosen */
export function choose(chosen) {
  current = chosen;
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  try {
    localStorage.setItem(KEY, chosen);
  } catch (error) {
    // Not kept: the next page begins in the program's language.
  }
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch (error) {
    return null;
  }
}

/**
 * What speaks a table of sentences: `t("made", { count: 3 })` is the sentence of that name in the reader's language with
 * `{count}` filled. A sentence that is one thing for one and another for many has a `…One` beside it, taken where `count` is 1.
 *
 * @template {string} K
 * @param {{ zh: Record<K, string>, en: Record<NoInfer<K>, string> & Record<string, string> }} words
 * @returns {(name: K, values?: Record<string, any>) => string}
 */
export function speaker(words) {
  return (name, values) => {
    /** @type {Record<string, string>} */
    const table = words[current];
    const one = values && values.count === 1 ? table[`${name}One`] : undefined;
    const sentence = one || table[name];
    if (sentence === undefined) throw new Error(`no words for ${name}`);
    return sentence.replace(/\{(\w+)\}/g, (hole, key) => (values && key in values ? String(values[key]) : hole));
  };
}
