/** @type {import("../lib/app.js").Step} */
export const make = {
  id: "make",
  mount() {
    return {};
  },
};
