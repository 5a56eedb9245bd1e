import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import encodeJpeg, { init as initEncoder } from "@jsquash/jpeg/encode.js";
import { beforeAll, describe, expect, test } from "vitest";
import { type TiffImage, writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import { difference, imageOf, openBytes, patternAt, readLevel } from "./made-slides.ts";

const EXACT = { mean: 0, max: 0 };
const image = imageOf(100, 70, patternAt);
const rgba: TiffImage = { width: 100, height: 70, pixels: { kind: "rgba8", data: image.data } };

beforeAll(async () => {
  const path = createRequire(import.meta.url).resolve("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm");
  await initEncoder(await WebAssembly.compile(readFileSync(path)));
});

/** Tiles of one colour each as whole JPEG streams. */
async function jpegTile(size: number, colour: readonly [number, number, number]): Promise<Uint8Array<ArrayBuffer>> {
  const { data } = imageOf(size, size, () => colour);
  const encoded = await encodeJpeg({ data, width: size, height: size, colorSpace: "srgb" }, { quality: 95 });
  return new Uint8Array(encoded);
}

describe("a written TIFF", () => {
  test.each([
    { isBig: false, compression: "deflate" },
    { isBig: true, compression: "deflate" },
    { isBig: false, compression: "none" },
  ] as const)("is read back exactly ($compression, BigTIFF: $isBig)", async ({ isBig, compression }) => {
    const bytes = writeTiff([{ ...rgba, compression, tileWidth: 48, tileHeight: 32 }], { isBig });
    const slide = await openBytes(bytes);
    expect(slide.info.format).toBe(isBig ? "tiled BigTIFF" : "tiled TIFF");
    expect(difference(await readLevel(slide), image)).toEqual(EXACT);
  });

  test("has the same bytes each time", () => {
    expect(writeTiff([rgba])).toEqual(writeTiff([rgba]));
  });

  test("carries pixel size, description and software", async () => {
    const written = writeTiff([
      { ...rgba, mppX: 0.4991, mppY: 1.25, description: '{"stride":8}', software: "Palisade" },
    ]);
    const { info } = await openBytes(written);
    expect(info.pixelSize?.mppX).toBeCloseTo(0.4991, 8);
    expect(info.pixelSize?.mppY).toBeCloseTo(1.25, 8);
    expect(info.properties["tiff.ImageDescription"]).toBe('{"stride":8}');
    expect(info.properties["tiff.Software"]).toBe("Palisade");
  });

  test("holds levels as SubIFDs or as pages", async () => {
    const half: TiffImage = { width: 50, height: 35, pixels: { kind: "rgb8", data: new Uint8Array(50 * 35 * 3) } };
    for (const images of [[{ ...rgba, levels: [half] }], [rgba, half]]) {
      const { info } = await openBytes(writeTiff(images));
      expect(info.levels.map(({ width }) => width)).toEqual([100, 50]);
    }
  });

  test("keeps float32 values bit by bit", () => {
    const data = new Float32Array(300).map((_, i) => i / 7);
    const bytes = writeTiff([{ width: 20, height: 15, pixels: { kind: "float32", data }, compression: "none" }]);
    const view = new DataView(bytes.buffer, bytes.length - 256 * 256 * 4);
    for (let i = 0; i < data.length; i++) {
      const at = (Math.floor(i / 20) * 256 + (i % 20)) * 4;
      expect(view.getFloat32(at, true)).toBe(data[i]);
    }
  });

  test("takes tiles that are JPEG already, and leaves an empty one white", async () => {
    const tiles = [await jpegTile(64, [200, 30, 60]), new Uint8Array(0)];
    const pixels = { kind: "jpeg", tiles, colour: "ycbcr" } as const;
    const bytes = writeTiff([{ width: 100, height: 64, pixels, tileWidth: 64, tileHeight: 64 }]);
    const expected = imageOf(100, 64, (x) => (x < 64 ? [200, 30, 60] : [255, 255, 255]));
    expect(difference(await readLevel(await openBytes(bytes)), expected).max).toBeLessThanOrEqual(3);
  });

  test.each([
    ["no image", [], /at least one image/],
    ["tile edges that TIFF forbids", [{ ...rgba, tileWidth: 100 }], /multiples of 16/],
    ["values that do not fill the image", [{ ...rgba, height: 71 }], /28400 values/],
  ] as const)("is refused for %s", (_title, images, message) => {
    expect(() => writeTiff(images)).toThrow(message);
  });
});
