import type { ImageDecoders, RgbaImage } from "./types.ts";

/** Rows read back from a canvas at once: a canvas has a greatest size, and so has a phone's memory. */
const READ_BACK_ROWS = 1024;

/**
 * The browser's own decoders, in a worker or on a page. Colours stay as stored (no profile, no premultiplication).
 * Streams must come from `normalizeJpeg`, whose Adobe marker tells the browser the colours.
 */
export function webDecoders(): ImageDecoders {
  return {
    async decodeJpeg(bytes) {
      return readBack(await toBitmap(bytes, "image/jpeg"));
    },
    async decodeJpegToBitmap(bytes) {
      return await toBitmap(bytes, "image/jpeg");
    },
    async decodeImageFile(bytes, type) {
      return readBack(await toBitmap(bytes, type === "png" ? "image/png" : "image/jpeg"));
    },
  };
}

async function toBitmap(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<ImageBitmap> {
  return await createImageBitmap(new Blob([bytes], { type }), {
    colorSpaceConversion: "none",
    premultiplyAlpha: "none",
  });
}

/** Pixels of a bitmap over white; the bitmap is closed. */
function readBack(bitmap: ImageBitmap): RgbaImage {
  const { width, height } = bitmap;
  const data = new Uint8ClampedArray(width * height * 4);
  const rows = Math.min(height, READ_BACK_ROWS);
  const context = new OffscreenCanvas(width, rows).getContext("2d", { willReadFrequently: true });
  if (!context) throw new RangeError("the browser gives no canvas");
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    context.fillStyle = "white";
    context.fillRect(0, 0, width, count);
    context.drawImage(bitmap, 0, top, width, count, 0, 0, width, count);
    data.set(context.getImageData(0, 0, width, count).data, top * width * 4);
  }
  bitmap.close();
  return { width, height, data };
}
