import encodeJpeg from "@jsquash/jpeg/encode.js";
import { describe, expect, test } from "vitest";
import { blobSource } from "../../src/engine/slide/blob-source.ts";
import { normalizeJpeg } from "../../src/engine/slide/codecs/jpeg-stream.ts";
import { wasmDecoders } from "../../src/engine/slide/decoders-wasm.ts";
import { webDecoders } from "../../src/engine/slide/decoders-web.ts";
import { openSlide } from "../../src/engine/slide/open.ts";
import type { ImageDecoders, RgbaImage, Slide } from "../../src/engine/slide/types.ts";
import { allWasmFiles } from "./all-wasm-files.ts";

const wasm = wasmDecoders(allWasmFiles);
const web = webDecoders();

const urls = import.meta.glob<string>("../fixtures/slides/made/*", { query: "?url", import: "default", eager: true });

async function open(name: string, decoders: ImageDecoders): Promise<Slide> {
  const blob = await (await fetch(urls[`../fixtures/slides/made/${name}`] ?? "")).blob();
  return await openSlide(blobSource(blob, name), decoders);
}

async function readAll(slide: Slide): Promise<RgbaImage> {
  const { width0, height0 } = slide.info;
  return await slide.readRegion({ x0: 0, y0: 0, width: width0, height: height0, level: 0 });
}

function greatestDifference(a: RgbaImage, b: RgbaImage): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  return a.data.reduce((max, value, i) => Math.max(max, Math.abs(value - (b.data[i] ?? 0))), 0);
}

/** Strong colours that a wrong colour transform would change beyond recognition. */
function colours(width: number, height: number): ImageData {
  const image = new ImageData(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      image.data.set([230 - x * 2, 40 + y * 3, x < width / 2 ? 200 : 60, 255], at);
    }
  }
  return image;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The stream without its APP14 marker and with components called 1, 2, 3: as Aperio's scanners write RGB. */
function unmarked(bytes: Bytes): Bytes {
  const kept: number[] = [];
  let at = 2;
  while (bytes[at + 1] !== 0xda) {
    const end = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
    if (bytes[at + 1] !== 0xee && bytes[at + 1] !== 0xe0) kept.push(...bytes.subarray(at, end));
    at = end;
  }
  const picture = bytes.slice(at);
  const head = new Uint8Array([0xff, 0xd8, ...kept]);
  const frame = head.findIndex((byte, i) => byte === 0xff && (head[i + 1] === 0xc0 || head[i + 1] === 0xc2));
  for (let c = 0; c < 3; c++) {
    head[frame + 10 + c * 3] = c + 1;
    picture[5 + c * 2] = c + 1;
  }
  return new Uint8Array([...head, ...picture]);
}

describe("JPEG tiles decode in the browser as in wasm", () => {
  // Both are libjpeg; the browser may interpolate halved chroma in its own way.
  test.each([
    ["jpeg-rgb.tif", 2],
    ["jpeg-grey.tif", 2],
    ["jpeg-ycbcr-444.tif", 2],
    ["jpeg-ycbcr-422.tif", 8],
    ["jpeg-ycbcr-420.tif", 8],
    ["jpeg-tables-strips.tif", 8],
    ["orientation-6.jpg", 2],
  ])("%s within %i levels", async (name, tolerance) => {
    const found = await readAll(await open(name, web));
    expect(greatestDifference(found, await readAll(await open(name, wasm)))).toBeLessThanOrEqual(tolerance);
  });

  test.each([
    ["RGB with an Adobe marker", 2, false, "rgb"],
    ["RGB without one", 2, true, "rgb"],
    ["YCbCr with JFIF", 3, false, "ycbcr"],
    ["YCbCr without any marker", 3, true, "ycbcr"],
  ] as const)("%s keeps its colours", async (_title, colourSpace, isUnmarked, colour) => {
    const image = colours(48, 32);
    const options = {
      quality: 98,
      color_space: colourSpace,
      auto_subsample: false,
      chroma_subsample: 1,
      progressive: false,
    };
    const encoded = new Uint8Array(await encodeJpeg(image, options));
    const bytes = normalizeJpeg(isUnmarked ? unmarked(encoded) : encoded, colour, null);
    const original = { width: image.width, height: image.height, data: new Uint8ClampedArray(image.data) };
    const inBrowser = await web.decodeJpeg(bytes, colour);
    const inWasm = await wasm.decodeJpeg(bytes, colour);
    // Loss at quality 98 next to the one sharp edge of the picture.
    expect(greatestDifference(inBrowser, original)).toBeLessThanOrEqual(16);
    expect(greatestDifference(inBrowser, inWasm)).toBeLessThanOrEqual(2);
  });
});

describe("PNG files decode in the browser as in wasm", () => {
  test.each(["rgb.png", "grey.png", "bits-1.png", "palette-4.png", "rgba.png"])("%s exactly", async (name) => {
    const found = await readAll(await open(name, web));
    expect(greatestDifference(found, await readAll(await open(name, wasm)))).toBe(0);
  });

  test("grey-16.png but for the rounding to 8 bits", async () => {
    const found = await readAll(await open("grey-16.png", web));
    expect(greatestDifference(found, await readAll(await open("grey-16.png", wasm)))).toBeLessThanOrEqual(1);
  });
});

describe("a tile for the viewer", () => {
  test("comes as a bitmap, cropped to the edge of the level", async () => {
    const slide = await open("large-tiles.tif", web);
    const tile = await slide.readTile({ level: 0, col: 1, row: 0 });
    expect(tile).toBeInstanceOf(ImageBitmap);
    expect([tile.width, tile.height]).toEqual([100 - 64, 64]);
  });

  test("comes as pixels where the file holds no JPEG", async () => {
    const slide = await open("deflate-predictor.tif", web);
    const tile = await slide.readTile({ level: 0, col: 0, row: 0 });
    expect(tile).not.toBeInstanceOf(ImageBitmap);
    expect([tile.width, tile.height]).toEqual([70, 50]);
  });
});

describe("a browser that falsifies canvas pixels against tracking", () => {
  const prototype = OffscreenCanvasRenderingContext2D.prototype;
  const original = prototype.getImageData;

  function falsify(): void {
    prototype.getImageData = function (...args) {
      const image = original.apply(this, args);
      for (let i = 0; i < image.data.length; i += 7) image.data[i] = (image.data[i] ?? 0) ^ 1;
      return image;
    };
  }

  test("is told so, and still shows tiles", async () => {
    falsify();
    try {
      const slide = await open("large-tiles.tif", webDecoders());
      await expect(readAll(slide)).rejects.toMatchObject({ message: expect.stringContaining("falsifies") });
      expect(await slide.readTile({ level: 0, col: 0, row: 0 })).toBeInstanceOf(ImageBitmap);
    } finally {
      prototype.getImageData = original;
    }
  });

  test("reads by the fallback where there is one", async () => {
    falsify();
    try {
      const found = await readAll(await open("large-tiles.tif", webDecoders({ fallback: wasm })));
      expect(greatestDifference(found, await readAll(await open("large-tiles.tif", wasm)))).toBe(0);
    } finally {
      prototype.getImageData = original;
    }
  });
});

test("zstd decodes in the browser", async () => {
  const found = await readAll(await open("zstd-predictor.tif", web));
  expect(greatestDifference(found, await readAll(await open("none-tiled.tif", web)))).toBe(0);
});

test("a worker has the same decoders", async () => {
  const blob = await (await fetch(urls["../fixtures/slides/made/jpeg-rgb.tif"] ?? "")).blob();
  const worker = new Worker(new URL("./slide-decode-worker.ts", import.meta.url), { type: "module" });
  const inWorker = await new Promise<RgbaImage>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<RgbaImage>) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(new File([blob], "jpeg-rgb.tif"));
  });
  worker.terminate();
  expect(greatestDifference(inWorker, await readAll(await open("jpeg-rgb.tif", web)))).toBe(0);
});
