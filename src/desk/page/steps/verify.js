/** @type {import("../lib/app.js").Step} */
export const verify = {
  id: "verify",
  mount() {
    return {};
  },
};
