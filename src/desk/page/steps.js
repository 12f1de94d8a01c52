/** The steps in their order. */
import { contest } from "./steps/contest.js";
import { sheet } from "./steps/sheet.js";
import { check } from "./steps/check.js";
import { pages } from "./steps/pages.js";
import { make } from "./steps/make.js";
import { register } from "./steps/register.js";
import { verify } from "./steps/verify.js";
import { inspect } from "./steps/inspect.js";

/** @type {import("./lib/app.js").Step[]} */
export const STEPS = [contest, sheet, check, pages, make, register, verify, inspect];
