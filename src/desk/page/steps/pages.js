/** @type {import("../lib/app.js").Step} */
export const pages = {
  id: "pages",
  mount() {
    return {};
  },
};
