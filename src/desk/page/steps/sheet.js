/** @type {import("../lib/app.js").Step} */
export const sheet = { id: "sheet", mount() { return {}; } };
