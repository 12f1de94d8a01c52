/** @type {import("../lib/app.js").Step} */
export const register = {
  id: "register",
  mount() {
    return {};
  },
};
