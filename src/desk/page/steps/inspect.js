/** @type {import("../lib/app.js").Step} */
export const inspect = {
  id: "inspect",
  mount() {
    return {};
  },
};
