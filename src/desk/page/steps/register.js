/** 登记: everyone who has a number, and what can be done about a certificate afterwards. */
import { mountList } from "./register-list.js";
import { mountOne } from "./register-one.js";
import { mountPublish } from "./register-publish.js";
import { mountSheet } from "./register-sheet.js";
import { PUBLISH, SHEET } from "./register-places.js";

/** @type {import("../lib/app.js").Step} */
export const register = {
  id: "register",
  mount(root, app, rest) {
    if (rest === SHEET) return mountSheet(root, app);
    if (rest === PUBLISH) return mountPublish(root);
    return rest ? mountOne(root, app, rest) : mountList(root, app);
  },
};
