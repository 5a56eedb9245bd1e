import { AppError } from "../base/errors.ts";
import { wasmCodecs } from "./codecs/wasm-codecs.ts";
import type { WasmFiles } from "./codecs/wasm-module.ts";
import { decodeJpegSmall } from "./preview-web.ts";
import type { ImageDecoders, RgbaImage } from "./types.ts";

export interface WebDecoderOptions {
  /** Where the wasm of the codecs is that no browser has. Default: nowhere, and such slides do not decode. */
  readonly files?: WasmFiles;
  /**
   * What decodes to pixels where the browser falsifies what is read from a canvas (`isCanvasTrue`).
   * Default: none, and such a browser is told so in a sentence.
   */
  readonly fallback?: PixelDecoders;
}

type PixelDecoders = Pick<ImageDecoders, "decodeJpeg" | "decodeImageFile">;

const NO_FILES: WasmFiles = {
  locate: (file) => file,
  read: async (file) => {
    throw new TypeError(`no wasm file was given for ${file}`);
  },
};

/** Rows read back from a canvas at once: a canvas has a greatest size, and so has a phone's memory. */
const READ_BACK_ROWS = 1024;

/**
 * The browser's own decoders, in a worker or on a page. Colours stay as stored (no profile, no premultiplication).
 * Streams must come from `normalizeJpeg`, whose Adobe marker tells the browser the colours.
 */
export function webDecoders(options: WebDecoderOptions = {}): ImageDecoders {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new RangeError("the browser gives no canvas");
  const reader = { canvas, context };
  const pixels = isCanvasTrue(reader) ? ownDecoders(reader) : (options.fallback ?? REFUSING);
  return {
    ...wasmCodecs(options.files ?? NO_FILES),
    decodeJpeg: pixels.decodeJpeg,
    decodeImageFile: pixels.decodeImageFile,
    decodeJpegToBitmap: async (bytes) => await toBitmap(bytes, "image/jpeg"),
    ...(decodeJpegSmall ? { decodeJpegSmall } : {}),
  };
}

interface CanvasReader {
  readonly canvas: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
}

function ownDecoders(reader: CanvasReader): PixelDecoders {
  return {
    async decodeJpeg(bytes) {
      return readBack(await toBitmap(bytes, "image/jpeg"), reader);
    },
    async decodeImageFile(bytes, type) {
      return readBack(await toBitmap(bytes, `image/${type}`), reader);
    },
  };
}

const REFUSING: PixelDecoders = {
  async decodeJpeg() {
    throw falsified();
  },
  async decodeImageFile() {
    throw falsified();
  },
};

function falsified(): AppError {
  return new AppError(
    "slide/decode-failed",
    "Expected to read the slide's pixels, but this browser falsifies what a page reads from a canvas, as a protection against tracking. Allow canvas data for this page in the browser's privacy settings, or use another browser.",
  );
}

/**
 * False where a privacy mode (Brave, Firefox's resistFingerprinting) adds noise to canvas pixels or blanks them: the
 * network would see another slide than the reader.
 */
function isCanvasTrue({ canvas, context }: CanvasReader): boolean {
  const size = 32;
  canvas.width = size;
  canvas.height = size;
  const written = new ImageData(size, size);
  for (let i = 0; i < written.data.length; i++) written.data[i] = (i & 3) === 3 ? 255 : (i * 37 + (i >> 5)) & 255;
  context.putImageData(written, 0, 0);
  const read = context.getImageData(0, 0, size, size).data;
  return read.every((value, i) => value === written.data[i]);
}

async function toBitmap(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<ImageBitmap> {
  return await createImageBitmap(new Blob([bytes], { type }), {
    colorSpaceConversion: "none",
    premultiplyAlpha: "none",
  });
}

/** Pixels of a bitmap over white; the bitmap is closed. */
function readBack(bitmap: ImageBitmap, { canvas, context }: CanvasReader): RgbaImage {
  const { width, height } = bitmap;
  const data = new Uint8ClampedArray(width * height * 4);
  const rows = Math.min(height, READ_BACK_ROWS);
  if (canvas.width !== width || canvas.height !== rows) {
    canvas.width = width;
    canvas.height = rows;
  }
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
