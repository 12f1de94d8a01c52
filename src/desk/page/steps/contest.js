/** @type {import("../lib/app.js").Step} */
export const contest = {
  id: "contest",
  mount() {
    return {};
  },
};
