const context = document.createElement("canvas").getContext("2d");

/** The widest of some texts in an element's font, in pixels. @param {HTMLElement} owner @param {string[]} texts */
export function widest(owner, texts) {
  if (!context) return 0;
  const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(owner);
  context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  return texts.reduce((width, text) => Math.max(width, Math.ceil(context.measureText(text).width)), 0);
}

/** Some texts that are likely the widest: measuring ten thousand takes too long. @param {string[]} texts */
export function longest(texts) {
  // A Chinese character is twice as wide as a latin one.
  return Array.from(new Set(texts))
    .map((text) => ({ text, width: text.length + (text.match(/[^\x00-\xff]/g) || []).length }))
    .sort((a, b) => b.width - a.width)
    .slice(0, 30)
    .map(({ text }) => text);
}
