import { decode as decodePng } from "fast-png";
import { describe, expect, test } from "vitest";
import { AppError } from "../../src/engine/base/errors.ts";
import { blobSource } from "../../src/engine/slide/blob-source.ts";
import type { WasmFiles } from "../../src/engine/slide/codecs/wasm-module.ts";
import { wasmDecoders } from "../../src/engine/slide/decoders-wasm.ts";
import { webDecoders } from "../../src/engine/slide/decoders-web.ts";
import { openSlide } from "../../src/engine/slide/open.ts";
import { pngToRgba } from "../../src/engine/slide/pictures/png-pixels.ts";
import type { ImageDecoders, RgbaImage, Slide } from "../../src/engine/slide/types.ts";
import { openSlideInWorker } from "../../src/workers/slide.client.ts";
import { wasmFiles } from "../../src/workers/wasm-files.ts";
import { allWasmFiles } from "./all-wasm-files.ts";

/** As the page's workers decode. */
const page = webDecoders({ files: wasmFiles });
/** As Node decodes. */
const node = wasmDecoders(allWasmFiles);

const urls = import.meta.glob<string>("../fixtures/slides/{made,golden}/*", {
  query: "?url",
  import: "default",
  eager: true,
});

async function fixture(path: string): Promise<Blob> {
  return await (await fetch(urls[`../fixtures/slides/${path}`] ?? "")).blob();
}

async function open(name: string, decoders: ImageDecoders): Promise<Slide> {
  return await openSlide(blobSource(await fixture(`made/${name}`), name), decoders);
}

async function readAll(name: string, decoders: ImageDecoders): Promise<RgbaImage> {
  const slide = await open(name, decoders);
  const { width0, height0 } = slide.info;
  return await slide.readRegion({ x0: 0, y0: 0, width: width0, height: height0, level: 0 });
}

async function golden(name: string): Promise<RgbaImage> {
  return pngToRgba(decodePng(await (await fixture(`golden/${name}.png`)).arrayBuffer()));
}

function greatestDifference(a: RgbaImage, b: RgbaImage): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  return a.data.reduce((max, value, i) => Math.max(max, Math.abs(value - (b.data[i] ?? 0))), 0);
}

describe("tiles of a modern codec decode in the browser exactly as in Node", () => {
  test.each(["jpeg2000-rgb.svs", "jpeg2000-uint16.tif", "webp.tif", "jpegxl.tif", "lerc-zstd.tif"])(
    "%s, without loss",
    async (name) => {
      const found = await readAll(name, page);
      expect(greatestDifference(found, await readAll(name, node))).toBe(0);
      expect(greatestDifference(found, await readAll("none-tiled.tif", page))).toBe(0);
    },
  );

  test.each([
    ["jpeg2000-ycbcr-422.svs", 2],
    ["webp-lossy.tif", 1],
    ["jpegxl-lossy.tif", 2],
    ["cmyk-jpeg.tif", 3],
    ["ycbcr-420.tif", 1],
  ])("%s, and within %i levels as another reader", async (name, most) => {
    const found = await readAll(name, page);
    expect(greatestDifference(found, await readAll(name, node))).toBe(0);
    expect(greatestDifference(found, await golden(name))).toBeLessThanOrEqual(most);
  });

  test("in the slide worker, as a bitmap for the viewer", async () => {
    const file = new File([await fixture("made/jpeg2000-rgb.svs")], "jpeg2000-rgb.svs");
    const slide = await openSlideInWorker({ files: [file], view: {} }, null);
    expect(slide.info.compression).toBe("JPEG 2000");
    const bitmap = await slide.tile({ level: 0, col: 0, row: 0 });
    expect(bitmap).toBeInstanceOf(ImageBitmap);
    slide.close();
  });
});

describe("pictures decode in the browser as in Node", () => {
  test.each([
    ["rgb.png", 0],
    ["rgb.webp", 0],
    ["rgba.webp", 0],
    ["rgb.avif", 0],
    ["rgb.jxl", 0],
    ["rgb.bmp", 0],
    ["rgba.bmp", 0],
    ["runs.bmp", 0],
    ["palette.gif", 0],
    ["transparent.gif", 0],
    ["cmyk.jpg", 0],
    ["ycck.jpg", 0],
    // One libwebp on both sides.
    ["lossy.webp", 1],
    // The browser enlarges chroma by libyuv, Node by libavif's own code.
    ["lossy.avif", 6],
  ])("%s within %i levels", async (name, most) => {
    expect(greatestDifference(await readAll(name, page), await readAll(name, node))).toBeLessThanOrEqual(most);
  });
});

test("a decoder that cannot be fetched is told in a sentence, and fetched again at the next tile", async () => {
  let isAway = true;
  const read: WasmFiles["read"] = async (file) => {
    if (isAway) throw new AppError("slide/decode-failed", `Expected the ${file} decoder, found no connection.`);
    return await wasmFiles.read(file);
  };
  const slide = await open("jpeg2000-rgb.svs", webDecoders({ files: { locate: wasmFiles.locate, read } }));
  const corner = { x0: 0, y0: 0, width: 8, height: 8, level: 0 };
  await expect(slide.readRegion(corner)).rejects.toThrow("found no connection");
  isAway = false;
  expect((await slide.readRegion(corner)).width).toBe(8);
});
