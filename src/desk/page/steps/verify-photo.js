/** A photo as the program wants it: one byte of grey for each pixel. */
import { Refusal } from "../lib/api.js";
import { t } from "./verify-words.js";

/** A code is still fine enough at this size, and a phone's whole photo is more than is needed. */
const LONGEST = 2400;

/** @param {File} file @returns {Promise<{ width: number, height: number, grey: ArrayBuffer }>} */
export async function greyOf(file) {
  const bitmap = await opened(file);
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  // What is transparent is paper.
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Uint8Array(new ArrayBuffer(width * height));
  for (let index = 0; index < grey.length; index += 1) {
    const at = index * 4;
    grey[index] = Math.round(data[at] * 0.299 + data[at + 1] * 0.587 + data[at + 2] * 0.114);
  }
  return { width, height, grey: grey.buffer };
}

/** @param {File} file */
async function opened(file) {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    throw new Refusal(
      [
        {
          severity: "error",
          code: "photo",
          message: t("photoUnread"),
          help: t("photoUnreadHelp"),
          cell: null,
          file: file.name,
          line: null,
        },
      ],
      0,
    );
  }
}

const PHOTO = /\.(jpe?g|png|webp|bmp|gif|heic|heif|avif|tiff?)$/i;

/** Whether a file is a picture, by what it says of itself. @param {File} file */
export function isPhoto(file) {
  return file.type.startsWith("image/") || PHOTO.test(file.name);
}
