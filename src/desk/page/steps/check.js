/** @type {import("../lib/app.js").Step} */
export const check = { id: "check", mount() { return {}; } };
