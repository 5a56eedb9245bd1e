import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import {
  type Colour,
  difference,
  fromRgb,
  imageOf,
  MADE_HEIGHT,
  MADE_WIDTH,
  madeBytes,
  openBytes,
  openMade,
  patchShort,
  patternAt,
  readLevel,
} from "./made-slides.ts";

const EXACT = { mean: 0, max: 0 };
const pattern = imageOf(MADE_WIDTH, MADE_HEIGHT, patternAt);
const grey = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => greyOf(patternAt(x, y)[0]));

function greyOf(value: number): Colour {
  return [value, value, value];
}

describe("a lossless TIFF gives exactly the pixels that were written", () => {
  test.each([
    "none-tiled.tif",
    "none-stripped-big-endian.tif",
    "none-one-strip.tif",
    "bigtiff-big-endian-lzw.tif",
    "bigtiff-deflate.tif",
    "lzw-predictor.tif",
    "deflate-predictor.tif",
    "old-deflate.tif",
    "packbits.tif",
    "zstd-predictor.tif",
    "planar-deflate.tif",
    "uint16-big-endian.tif",
    "uint16.tif",
    "aperio-like.svs",
    "ome-rgb.ome.tif",
  ])("in colour: %s", async (name) => {
    expect(difference(await readLevel(await openMade(name)), pattern)).toEqual(EXACT);
  });

  test.each(["grey.tif", "grey-white-is-zero.tif", "float-predictor.tif"])("in grey: %s", async (name) => {
    expect(difference(await readLevel(await openMade(name)), grey)).toEqual(EXACT);
  });

  test("with a palette", async () => {
    const expected = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => {
      const index = patternAt(x, y)[0];
      return [index, 255 - index, (index * 7) & 255];
    });
    expect(difference(await readLevel(await openMade("palette.tif")), expected)).toEqual(EXACT);
  });

  test.each(["rgba.tif", "rgba-premultiplied.tif"])("with alpha laid over white: %s", async (name) => {
    const expected = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => (x < MADE_WIDTH / 2 ? greyOf(255) : patternAt(x, y)));
    expect(difference(await readLevel(await openMade(name)), expected)).toEqual(EXACT);
  });
});

describe("a JPEG-compressed TIFF agrees with libjpeg-turbo", () => {
  const golden: { width: number; height: number; rgb: Record<string, string> } = JSON.parse(
    readFileSync(new URL("../../fixtures/slides/jpeg_golden.json", import.meta.url), "utf8"),
  );

  // Decoders may round the inverse transform differently: one level, two after the colour conversion.
  test.each(Object.keys(golden.rgb))("%s", async (name) => {
    const expected = fromRgb(golden.rgb[name] ?? "", golden.width, golden.height);
    const { mean, max } = difference(await readLevel(await openMade(name)), expected);
    expect(max).toBeLessThanOrEqual(2);
    expect(mean).toBeLessThanOrEqual(0.5);
  });
});

describe("a pyramid", () => {
  test("is read from SubIFDs, with the ratios of the sizes", async () => {
    const slide = await openMade("levels-subifds.tif");
    expect(slide.info.levels.map(({ width, height }) => [width, height])).toEqual([
      [70, 50],
      [35, 25],
      [17, 12],
    ]);
    expect(slide.info.levels[2]?.downsampleX).toBeCloseTo(70 / 17, 12);
    const half = imageOf(35, 25, (x, y) => patternAt(x * 2, y * 2));
    expect(difference(await readLevel(slide, 1), half)).toEqual(EXACT);
  });

  test("is read from pages, with the pixel size of its resolution tags", async () => {
    const { info } = await openMade("levels-pages.tif");
    expect(info.levels.map(({ width, height }) => [width, height])).toEqual([
      [70, 50],
      [24, 17],
    ]);
    expect(info.pixelSize).toEqual({ mppX: 0.5, mppY: 1, origin: "file" });
  });

  test("of an SVS leaves label, macro and thumbnail beside the levels", async () => {
    const { info } = await openMade("aperio-like.svs");
    expect(info.format).toBe("Aperio SVS");
    expect(info.levels.map(({ width }) => width)).toEqual([70, 35]);
    expect(info.associatedImages).toEqual([
      { name: "thumbnail", width: 35, height: 25, isPrivate: false },
      { name: "label", width: 20, height: 24, isPrivate: true },
      { name: "macro", width: 60, height: 20, isPrivate: true },
    ]);
    expect(info.pixelSize).toEqual({ mppX: 0.499, mppY: 0.499, origin: "file" });
    expect(info.objectivePower).toBe(20);
    expect(info.properties["aperio.AppMag"]).toBe("20");
  });

  test("takes the physical size of OME-XML in its own units", async () => {
    const { info } = await openMade("ome-rgb.ome.tif");
    expect(info.pixelSize).toEqual({ mppX: 0.25, mppY: 0.25, origin: "file" });
  });
});

describe("the orientation tag", () => {
  const stored = (x: number, y: number) => patternAt(x, y);
  const [w, h] = [MADE_WIDTH, 40];
  /** TIFF 6.0 section 8: which stored pixel shows at (x, y). */
  const shown: Record<number, (x: number, y: number) => Colour> = {
    1: (x, y) => stored(x, y),
    2: (x, y) => stored(w - 1 - x, y),
    3: (x, y) => stored(w - 1 - x, h - 1 - y),
    4: (x, y) => stored(x, h - 1 - y),
    5: (x, y) => stored(y, x),
    6: (x, y) => stored(y, h - 1 - x),
    7: (x, y) => stored(w - 1 - y, h - 1 - x),
    8: (x, y) => stored(w - 1 - y, x),
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("%i is applied once, in the reader", async (orientation) => {
    const slide = await openMade(`orientation-${orientation}.tif`);
    const [width, height] = orientation >= 5 ? [h, w] : [w, h];
    expect([slide.info.width0, slide.info.height0]).toEqual([width, height]);
    const expected = imageOf(width, height, shown[orientation] ?? stored);
    expect(difference(await readLevel(slide), expected)).toEqual(EXACT);
    const part = await slide.readRegion({ x0: 5, y0: 7, width: 11, height: 13, level: 0 });
    const cut = imageOf(11, 13, (x, y) => (shown[orientation] ?? stored)(x + 5, y + 7));
    expect(difference(part, cut)).toEqual(EXACT);
  });
});

describe("what a TIFF does not tell", () => {
  test.each([72, 96, 300])("is not guessed from a resolution of %i dpi", async (dpi) => {
    const bytes = madeBytes("levels-pages.tif");
    setResolution(bytes, dpi);
    expect((await openBytes(bytes)).info.pixelSize).toBeNull();
  });

  test("is taken from the person who opens it, marked as assumed", async () => {
    const pixelSize = { mppX: 2, mppY: 2, origin: "assumed" } as const;
    const slide = await openBytes(madeBytes("levels-pages.tif"), "a.tif", { pixelSize });
    expect(slide.info.pixelSize).toEqual(pixelSize);
  });

  /** Rewrites XResolution, YResolution and the unit of a little-endian classic TIFF's first image. */
  function setResolution(bytes: Uint8Array<ArrayBuffer>, dpi: number): void {
    const view = new DataView(bytes.buffer);
    const directory = view.getUint32(4, true);
    for (let i = 0; i < view.getUint16(directory, true); i++) {
      const at = directory + 2 + i * 12;
      const tag = view.getUint16(at, true);
      if (tag === 282 || tag === 283) {
        view.setUint32(view.getUint32(at + 8, true), dpi, true);
        view.setUint32(view.getUint32(at + 8, true) + 4, 1, true);
      }
      if (tag === 296) view.setUint16(at + 8, 2, true);
    }
  }
});

describe("what cannot be opened yet is named in a sentence", () => {
  test.each([
    [6, "old-style JPEG"],
    [4, "CCITT fax group 4"],
    [22610, "JPEG XR"],
    [12345, "compression 12345"],
  ])("compression %i", async (compression, name) => {
    const bytes = patchShort(madeBytes("none-tiled.tif"), 259, compression);
    await expect(openBytes(bytes)).rejects.toMatchObject({
      code: "slide/unsupported-compression",
      message: expect.stringContaining(name),
    });
  });

  test.each([
    [4, "a transparency mask"],
    [9, "ICC L*a*b*"],
    [32845, "LogLuv"],
  ])("colour scheme %i", async (photometric, name) => {
    const bytes = patchShort(madeBytes("none-tiled.tif"), 262, photometric);
    await expect(openBytes(bytes)).rejects.toMatchObject({
      code: "slide/unsupported-format",
      message: expect.stringContaining(name),
    });
  });

  test("JPEG of 12 bits", async () => {
    await expect(openMade("jpeg-12-bit.tif")).rejects.toMatchObject({
      code: "slide/unsupported-format",
      message: expect.stringContaining("Expected JPEG of 8 bits a sample, found 1 unsigned samples of 12 bits"),
    });
  });

  test("thinned chroma in planes", async () => {
    const bytes = patchShort(patchShort(madeBytes("planar-deflate.tif"), 262, 6), 277, 3);
    await expect(openBytes(bytes)).rejects.toMatchObject({
      code: "slide/unsupported-format",
      message: expect.stringContaining("thinned chroma"),
    });
  });
});

test("a tile of many pixels is shown in quarters, each within one tile of the file", async () => {
  const pixels = { kind: "grey8", data: new Uint8Array(4096 * 2048).fill(7) } as const;
  const slide = await openBytes(writeTiff([{ width: 4096, height: 2048, tileWidth: 4096, tileHeight: 2048, pixels }]));
  expect(slide.info.levels[0]).toMatchObject({ tileWidth: 2048, tileHeight: 1024 });
  expect((await slide.readTile({ level: 0, col: 1, row: 1 })).width).toBe(2048);
  slide.close();
});
