/** The calls of the program, see docs/http.md. */
import { lang } from "./words.js";

/**
 * @typedef {object} Fault  One thing that is wrong, in words.
 * @property {"error" | "warning" | "info"} severity
 * @property {string} code
 * @property {string} message
 * @property {string} help  What to do, maybe empty.
 * @property {string | null} cell
 * @property {string} [text]  What stands in the cell.
 * @property {string | null} file
 * @property {number | null} line
 * @property {any[]} [remedies]
 * @property {string} [place]
 */

/** What the program takes at most, in bytes. */
const LARGEST = 256 * 1024 * 1024;

/** The program did not do it, and says why. */
export class Refusal extends Error {
  /** @param {Fault[]} faults @param {number} status */
  constructor(faults, status) {
    super(faults.map((fault) => fault.message).join("\n"));
    this.faults = faults;
    this.status = status;
  }
}

/** Of the contest that the page shows: what is done is done to it, or not at all. */
let place = "";

/** @param {string} shown  As the state names it. */
export function setPlace(shown) {
  place = shown;
}

/** The address of a call in the reader's language. @param {string} path @param {Record<string, any>} [query] */
export function address(path, query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query || {})) {
    if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  }
  parameters.set("lang", lang());
  return `${path}?${parameters}`;
}

/** @param {string} path @param {Record<string, any>} [query] @returns {Promise<any>} */
export async function get(path, query) {
  return answer(await reached(address(path, query), {}));
}

/** @param {string} path @param {any} [body] @param {Record<string, any>} [query] @returns {Promise<any>} */
export async function post(path, body, query) {
  const headers = { "content-type": "application/json", "accolade-place": place };
  return answer(await reached(address(path, query), { method: "POST", headers, body: JSON.stringify(body || {}) }));
}

/** Sends a file's bytes. @param {string} path @param {Blob} file @param {Record<string, any>} [query] @returns {Promise<any>} */
export async function send(path, file, query) {
  await readable(file);
  const headers = { "content-type": "application/octet-stream", "accolade-place": place };
  return answer(await reached(address(path, query), { method: "POST", headers, body: file }));
}

/** A picture as an address that an image can show; to be given to `URL.revokeObjectURL`. @param {string} path @param {Record<string, any>} [query] */
export async function picture(path, query) {
  return (await pictureTold(path, query)).url;
}

/** The same with what the answer's headers tell of it. @param {string} path @param {Record<string, any>} [query] */
export async function pictureTold(path, query) {
  const response = await reached(address(path, query), {});
  if (!response.ok) await answer(response);
  return { url: URL.createObjectURL(await response.blob()), headers: response.headers };
}


/** Saves a file under the name that the program gives it, where the browser puts what it saves. @param {string} path @param {Record<string, any>} [query] */
export async function save(path, query) {
  const response = await reached(address(path, query), {});
  if (!response.ok) await answer(response);
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") || "");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = named ? decodeURIComponent(named[1]) : "";
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** Says so where a file cannot be read, which is no fault of the program's. @param {Blob} file */
async function readable(file) {
  const zh = lang() === "zh";
  if (file.size > LARGEST) {
    const message = zh ? "这个文件太大：最多 256 MB" : "This file is too large: 256 MB at most";
    throw new Refusal([{ ...unreachable(), code: "too-large", message, help: zh ? "请看看是不是选错了文件" : "Is it the right one?" }], 413);
  }
  try {
    await new Response(file.slice(0, 1)).arrayBuffer();
  } catch (error) {
    throw new Refusal(
      [
        {
          ...unreachable(),
          code: "unreadable",
          message: zh ? "浏览器读不了这个文件" : "The browser cannot read this file",
          help: zh
            ? "它可能正在 WPS 或 Excel 中打开，或者已经移走、改过：先关闭它，再选一次"
            : "It may be open in WPS or Excel, moved or changed: close it there and choose it again",
        },
      ],
      0,
    );
  }
}

/** @param {string} url @param {RequestInit} init */
async function reached(url, init) {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new Refusal([unreachable()], 0);
  }
}

/** @param {Response} response */
async function answer(response) {
  const text = await response.text();
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    value = undefined;
  }
  if (response.ok && value !== undefined) return value;
  if (value && value.faults) throw new Refusal(value.faults, response.status);
  throw new Refusal([{ ...unreachable(), message: text || response.statusText }], response.status);
}

/** @returns {Fault} */
function unreachable() {
  const zh = lang() === "zh";
  return {
    severity: "error",
    code: "unreachable",
    message: zh ? "程序没有回应，可能已经退出" : "The program does not answer; it may have ended",
    help: zh
      ? "重新打开 accolade；改过的、做好的都在大赛文件夹里，没有丢"
      : "Start accolade again; whatever was mended or made is in the contest folder",
    cell: null,
    file: null,
    line: null,
  };
}
