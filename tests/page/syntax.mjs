/**
 * Holds the page's scripts and styles against the oldest browsers that are met: what Chromium 78 cannot parse is a
 * white screen there, and what came after 86 does not run.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "acorn";

const PAGE = fileURLToPath(new URL("../../src/desk/page/", import.meta.url));

/** What a name or a style is called that Chromium 86 does not know. */
const LATER = {
  js: [
    [/\.at\(-?\d/, "Array.prototype.at"],
    [/Object\.hasOwn\(/, "Object.hasOwn"],
    [/\bstructuredClone\(/, "structuredClone"],
    [/\.findLast(Index)?\(/, "findLast"],
    [/\.(toSorted|toReversed|toSpliced)\(/, "arrays copied"],
    [/\.randomUUID\(/, "randomUUID"],
    [/\bObject\.groupBy\(/, "Object.groupBy"],
    [/\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write\(/, "text that becomes markup"],
  ],
  css: [
    [/[{;\s]inset(-\w+)?:/, "inset"],
    [/aspect-ratio:/, "aspect-ratio"],
    [/:(is|where|has)\(/, ":is, :where, :has"],
    [/color-mix\(/, "color-mix"],
    [/@(container|layer)\b/, "@container, @layer"],
    [/\d(dvh|svh|lvh|dvw|cqw)\b/, "new units"],
    [/text-wrap:/, "text-wrap"],
  ],
};

async function* files(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

const faults = [];
let count = 0;
for await (const path of files(PAGE)) {
  const kind = path.split(".").pop();
  if (kind !== "js" && kind !== "css") continue;
  count += 1;
  const text = await readFile(path, "utf8");
  const told = (line, what) => faults.push(`${path.slice(PAGE.length)}:${line}: ${what}`);
  if (kind === "js") {
    try {
      // The `import()` of 2020 is the one thing of it that 78 has, and nobody needs it here.
      parse(text, { ecmaVersion: 2019, sourceType: "module", locations: true });
    } catch (error) {
      told(error.loc ? error.loc.line : 1, `Chromium 78 cannot parse this: ${error.message}`);
    }
  }
  text.split("\n").forEach((line, index) => {
    for (const [pattern, what] of LATER[kind]) if (pattern.test(line)) told(index + 1, `not in Chromium 86: ${what}`);
  });
}
for (const fault of faults) console.error(fault);
console.log(`${count} files, ${faults.length} faults`);
process.exitCode = faults.length || count === 0 ? 1 : 0;
