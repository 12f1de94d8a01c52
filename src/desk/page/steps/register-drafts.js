/** What is being typed for a reissue, kept until it is made: going elsewhere and loading anew lose nothing. */

/**
 * @typedef {object} Draft
 * @property {Record<string, string>} values  What fields become, by their names.
 * @property {string} reason
 * @property {boolean} open
 */

/** @param {string} folder @param {string} number */
const key = (folder, number) => `accolade-reissue ${folder} ${number}`;

/** @param {string} folder @param {string} number @returns {Draft} */
export function draftOf(folder, number) {
  try {
    const text = sessionStorage.getItem(key(folder, number));
    if (text) return JSON.parse(text);
  } catch (error) {
    // Begun anew.
  }
  return { values: {}, reason: "", open: false };
}

/** @param {string} folder @param {string} number @param {Draft | undefined} draft  Nothing, once it is made. */
export function keepDraft(folder, number, draft) {
  try {
    if (draft) sessionStorage.setItem(key(folder, number), JSON.stringify(draft));
    else sessionStorage.removeItem(key(folder, number));
  } catch (error) {
    // Kept on the page only.
  }
}
