import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeDecoders, openSlideFile } from "../../../src/cli/open-slide.ts";
import type { OpenSlideOptions } from "../../../src/engine/slide/open.ts";
import { copyPixels, cropImage, whiteImage } from "../../../src/engine/slide/pixels.ts";
import type { RgbaImage, Slide } from "../../../src/engine/slide/types.ts";
import { madeNdpi, madeNdpiPage, madePicture, type NdpiPage, writeNdpi } from "../../support/made-slides/ndpi.ts";
import { sparseSource, writtenOut } from "../../support/made-slides/sparse-file.ts";
import { difference, fromRgb, openBytes, openSource, readLevel } from "./made-slides.ts";

interface Golden {
  readonly openslide: {
    readonly levels: readonly (readonly [number, number])[];
    readonly downsamples: readonly number[];
    readonly properties: Readonly<Record<string, string>>;
    readonly associated: readonly string[];
    readonly macro: { width: number; height: number; mean: readonly number[] };
    readonly blocks: readonly { level: number; x0: number; y0: number; rgb: string }[];
  };
  readonly whole: readonly { width: number; x: number; y: number; rgb: string }[];
}

const FILE = resolve("../shared/data/slides/hamamatsu-dapi.ndpi");
const SIZE = 16;
const golden: Golden = JSON.parse(
  readFileSync(new URL("../../fixtures/slides/ndpi_golden.json", import.meta.url), "utf8"),
);
const decoders = nodeDecoders();

/** Loss at the made slides' quantiser of 4; the sharp edges of their cells lose most. */
const LOSS = { mean: 2, max: 16 };

describe.skipIf(!existsSync(FILE))("a real NDPI slide (needs ../shared/data/slides)", () => {
  test("has the levels, scale, properties and images that OpenSlide tells of", async () => {
    const slide = await openSlideFile(FILE);
    const { info } = slide;
    const { levels, downsamples, properties, associated } = golden.openslide;
    expect(info.format).toBe("Hamamatsu NDPI");
    expect(info.levels.map(({ width, height }) => [width, height])).toEqual(levels);
    expect(info.levels.map(({ downsampleX }) => downsampleX)).toEqual(downsamples);
    expect(info.levels.map(({ downsampleY }) => downsampleY)).toEqual(downsamples);
    expect(info.pixelSize).toEqual({
      mppX: Number(properties["openslide.mpp-x"]),
      mppY: Number(properties["openslide.mpp-y"]),
      origin: "file",
    });
    expect(info.objectivePower).toBe(Number(properties["openslide.objective-power"]));
    const ofVendor = Object.entries(properties).filter(([name]) => name.startsWith("hamamatsu."));
    expect(ofVendor.length).toBeGreaterThan(50);
    expect(info.properties).toMatchObject(Object.fromEntries(ofVendor));
    expect(info.associatedImages.map(({ name }) => name)).toEqual(associated);
    expect(info.associatedImages[0]?.isPrivate).toBe(true);
    expect(info.focalPlanes).toEqual([]);
    expect(info.channels.map(({ name }) => name)).toEqual(["DAPI 2 (387)"]);
    slide.close();
  });

  // Stored levels decode by the same integer transform, colours at full resolution: no difference at all. OpenSlide makes
  // the coarser ones by a smaller inverse transform (DCT scaling), here they are means over 2 x 2 pixels: sharp edges differ.
  test("has OpenSlide's pixels on every level", async () => {
    const slide = await openSlideFile(FILE);
    for (const { level, x0, y0, rgb } of golden.openslide.blocks) {
      const image = await slide.readRegion({ x0, y0, width: SIZE, height: SIZE, level });
      const found = difference(image, fromRgb(rgb, SIZE, SIZE));
      const tolerance = level < 4 ? { mean: 0, max: 0 } : { mean: 1.5, max: 12 };
      expect(found.max, `level ${level} at ${x0}, ${y0}`).toBeLessThanOrEqual(tolerance.max);
      expect(found.mean, `level ${level} at ${x0}, ${y0}`).toBeLessThanOrEqual(tolerance.mean);
    }
    slide.close();
  });

  test("has the pixels that libjpeg finds in each stored level without cutting it", async () => {
    const slide = await openSlideFile(FILE);
    for (const { width, x, y, rgb } of golden.whole) {
      const level = slide.info.levels.findIndex((one) => one.width === width);
      const scale = slide.info.levels[level]?.downsampleX ?? 1;
      const image = await slide.readRegion({ x0: x * scale, y0: y * scale, width: SIZE, height: SIZE, level });
      expect(difference(image, fromRgb(rgb, SIZE, SIZE)).max, `level ${level} at ${x}, ${y}`).toBe(0);
    }
    slide.close();
  });

  test("has the photograph of the slide", async () => {
    const slide = await openSlideFile(FILE);
    const image = await slide.readAssociated("macro");
    const { width, height, mean } = golden.openslide.macro;
    expect([image.width, image.height]).toEqual([width, height]);
    for (const [c, value] of mean.entries()) expect(meanOf(image, c)).toBeCloseTo(value, 2);
    slide.close();
  });
});

describe("an NDPI slide", () => {
  test("tells its levels, scale, planes and properties", async () => {
    const { info } = await openNdpi(madeNdpi());
    expect(info.levels.map(({ width, height }) => [width, height])).toEqual([
      [640, 440],
      [320, 220],
      [160, 110],
      [80, 55],
      [40, 27],
      [20, 13],
    ]);
    expect(info.levels.map(({ downsampleX }) => downsampleX)).toEqual([1, 2, 4, 8, 16, 32]);
    expect(info.pixelSize?.mppX).toBeCloseTo(10000 / 21913, 10);
    expect(info.objectivePower).toBe(20);
    expect(info.properties).toMatchObject({
      "hamamatsu.SourceLens": "20",
      "hamamatsu.XOffsetFromSlideCentre": "1234567",
      "hamamatsu.YOffsetFromSlideCentre": "-96063",
      "hamamatsu.Reference": "S12-3456",
      "hamamatsu.NDP.S/N": "17",
      "hamamatsu.Macro.S/N": "18",
    });
    expect(info.properties).not.toHaveProperty("hamamatsu.empty");
    expect(info.associatedImages).toEqual([{ name: "macro", width: 120, height: 40, isPrivate: true }]);
  });

  test("shows the middle one of its focal planes, or the one that is wanted, on every level", async () => {
    const bytes = madeNdpi();
    for (const [focalPlane, phase] of [
      [undefined, 1],
      [0, 0],
      [1, 1],
      [2, 2],
    ] as const) {
      const slide = await openNdpi(bytes, focalPlane === undefined ? {} : { view: { focalPlane } });
      expect(slide.info.focalPlanes).toEqual([{ offsetUm: -2 }, { offsetUm: 0 }, { offsetUm: 2.5 }]);
      expect(slide.info.focalPlane).toBe(focalPlane ?? 1);
      expectLike(await readLevel(slide, 0), madePicture(640, 440, phase));
      expectLike(await readLevel(slide, 2), madePicture(160, 110, phase));
    }
    await expect(openNdpi(bytes, { view: { focalPlane: 3 } })).rejects.toMatchObject({ code: "slide/bad-region" });
  });

  test("takes a level from the nearest plane where its own has none", async () => {
    const pages = [
      madeNdpiPage(madePicture(640, 400, 0), 20, { restartInterval: 80, z: 0 }),
      madeNdpiPage(madePicture(640, 400, 1), 20, { restartInterval: 80, z: 3000 }),
      madeNdpiPage(madePicture(160, 100, 0), 5, { restartInterval: 20, z: 0 }),
    ];
    const slide = await openNdpi(writtenOut(writeNdpi(pages)), { view: { focalPlane: 1 } });
    expectLike(await readLevel(slide, 0), madePicture(640, 400, 1));
    expectLike(await readLevel(slide, 2), madePicture(160, 100, 0));
  });
});

describe("a fluorescence slide", () => {
  const pages = [{ ...madeNdpiPage(madePicture(320, 200), 20, { restartInterval: 40 }), captureMode: 1 }];
  const bytes = writtenOut(writeNdpi(pages));

  test("tells its one channel and shows it as stored", async () => {
    const slide = await openNdpi(bytes);
    expect(slide.info.channels).toEqual([
      { name: "DAPI", most: 255, isShown: true, colour: [255, 255, 255], low: 0, high: 255 },
    ]);
    expectLike(await readLevel(slide), madePicture(320, 200));
    expect((await openNdpi(madeNdpi())).info.channels).toEqual([]);
  });

  test("shows it otherwise where the view asks so, on every level", async () => {
    const stored = await openNdpi(bytes);
    const asked = { isShown: true, colour: [0, 255, 128], low: 50, high: 150 } as const;
    const slide = await openNdpi(bytes, { view: { channels: [asked] } });
    expect(slide.info.channels).toEqual([{ name: "DAPI", most: 255, ...asked }]);
    for (const level of [0, 1]) {
      const image = await readLevel(stored, level);
      const expected = image.data.map((value, i) => {
        const share = Math.min(1, Math.max(0, (value - 50) / 100));
        return [0, share * 255, share * 128, 255][i & 3] ?? 0;
      });
      expect(difference(await readLevel(slide, level), { ...image, data: expected }).max).toBe(0);
    }
    const hidden = await openNdpi(bytes, { view: { channels: [{ ...asked, isShown: false }] } });
    expect(new Set((await readLevel(hidden)).data)).toEqual(new Set([0, 255]));
  });
});

describe("pieces between restart markers give the pixels of the whole JPEG", () => {
  test.each([
    [640, 400, 80, "one piece a row"],
    [637, 395, 20, "four pieces a row, the last row and column with padding"],
    [640, 403, 160, "two rows a piece"],
    [2600, 300, 5, "a row too wide for one tile"],
    [2600, 300, 325, "a tile as wide as the slide"],
    [4800, 300, 600, "a piece wider than a viewer's tile"],
    [40, 30, 5, "a level smaller than a tile"],
  ])("%i x %i with %i units a piece: %s", async (width, height, restartInterval, _what) => {
    const page = madeNdpiPage(madePicture(width, height), 20, { restartInterval });
    for (const hasStarts of [true, false]) {
      const slide = await openPages([hasStarts ? page : withoutStarts(page)]);
      expect(difference(await readLevel(slide), await decodeWhole(page)).max).toBe(0);
      expect(difference(await tilesOf(slide), await decodeWhole(page)).max).toBe(0);
    }
  });

  // Halved colour is interpolated across its samples; at a tile's edge the outermost sample is repeated instead.
  test("but for colours at the edges of tiles where their resolution is halved", async () => {
    const page = madeNdpiPage(madePicture(2400, 320), 20, { restartInterval: 10, sampling: "4:2:0" });
    const slide = await openPages([page]);
    const whole = await decodeWhole(page);
    const found = difference(await readLevel(slide), whole);
    expect(found.mean).toBeLessThan(0.05);
    expect(found.max).toBeLessThanOrEqual(48);
    const { tileWidth, tileHeight } = slide.info.levels[0] ?? { tileWidth: 0, tileHeight: 0 };
    const inner = {
      x0: tileWidth + 1,
      y0: tileHeight + 1,
      width: tileWidth - 2,
      height: 320 - tileHeight - 1,
      level: 0,
    };
    const expected = cropImage(whole, { ...inner, x: inner.x0, y: inner.y0 });
    expect(difference(await slide.readRegion(inner), expected).max).toBe(0);
  });

  test("of a level wider than a JPEG can say", async () => {
    const width = 66_400;
    const frameSize = { width: 0, height: 16 };
    const picture = madePicture(width, 16);
    const page = madeNdpiPage(picture, 40, { restartInterval: 100, frameSize });
    const slide = await openPages([page]);
    expect(slide.info.width0).toBe(width);
    for (const x0 of [0, 33_333, width - 300]) {
      const region = { x0, y0: 0, width: 300, height: 16, level: 0 };
      expectLike(await slide.readRegion(region), cropImage(picture, { ...region, x: x0, y: 0 }));
    }
  });
});

describe("a table of restart markers that lies is found out, and the markers are sought", () => {
  const page = madeNdpiPage(madePicture(2600, 300), 20, { restartInterval: 5 });
  const { starts = [] } = page;
  const shifted = (by: number) => starts.map((_, i) => starts[Math.min(starts.length - 1, i + by)] ?? 0);

  test.each([
    ["is one piece off", shifted(1)],
    ["is eight pieces off, where the same marker stands", shifted(8)],
    ["points into the pieces", starts.map((start) => start + 1)],
    ["points behind the file", starts.map(() => 0xfffffff0)],
    ["is all zeros", starts.map(() => 0)],
    ["runs backwards", [...starts].reverse()],
    ["is too short", starts.slice(1)],
    ["is right but for one", starts.map((start, i) => (i === 100 ? start - 7 : start))],
  ])("when it %s", async (_what, lie) => {
    const slide = await openPages([{ ...page, starts: lie }]);
    expect(difference(await readLevel(slide), await decodeWhole(page)).max).toBe(0);
  });
});

describe("reading by range", () => {
  const wide = madeNdpiPage(madePicture(4096, 1024), 20, { restartInterval: 64 });

  test("a tile costs its own bytes, table or not, and the markers are sought once", async () => {
    for (const page of [wide, withoutStarts(wide)]) {
      const source = sparseSource(writeNdpi([page]), "wide.ndpi");
      const slide = await openSource(source);
      const { tileWidth, tileHeight } = slide.info.levels[0] ?? { tileWidth: 0, tileHeight: 0 };
      expect([tileWidth, tileHeight]).toEqual([1024, 256]);
      await slide.readTile({ level: 0, col: 3, row: 3 });
      source.reads.length = 0;
      await slide.readTile({ level: 0, col: 1, row: 1 });
      const bytes = source.reads.reduce((sum, { length }) => sum + length, 0);
      expect(bytes).toBeLessThan(page.jpeg.length / 3);
      expect(source.reads.length).toBeLessThanOrEqual(32);
    }
  });

  test("a tile over the whole width is one reading", async () => {
    const page = madeNdpiPage(madePicture(1600, 800), 20, { restartInterval: 200 });
    const source = sparseSource(writeNdpi([page]), "row.ndpi");
    const slide = await openSource(source);
    await slide.readTile({ level: 0, col: 0, row: 0 });
    source.reads.length = 0;
    await slide.readTile({ level: 0, col: 0, row: 2 });
    expect(source.reads.filter(({ length }) => length > 2)).toHaveLength(1);
  });
});

describe("an NDPI file beyond 4 GiB", () => {
  const pages = [
    madeNdpiPage(madePicture(640, 400), 20, { restartInterval: 20 }),
    madeNdpiPage(madePicture(160, 100), 5, { restartInterval: 20 }),
    { ...madeNdpiPage(madePicture(120, 40), 1, { restartInterval: 0 }), lens: -1 },
  ];

  test.each([
    ["with the upper halves of its offsets", 5 * 2 ** 30 + 12, true],
    ["without them, as older scanners wrote it", 5 * 2 ** 30 + 12, false],
    ["whose first image lies across the border", 2 ** 32 - 20_000, true],
    ["whose first image lies across the border, without upper halves", 2 ** 32 - 20_000, false],
  ])("%s reads as a small one", async (_what, startAt, hasUpperHalves) => {
    const slide = await openSource(sparseSource(writeNdpi(pages, { startAt, hasUpperHalves }), "large.ndpi"));
    expect(slide.info.byteSize).toBeGreaterThan(2 ** 32);
    expect(slide.info.levels.map(({ width }) => width)).toEqual([640, 320, 160, 80, 40, 20]);
    expect(slide.info.properties["hamamatsu.NDP.S/N"]).toBe("17");
    expectLike(await readLevel(slide, 0), madePicture(640, 400));
    expectLike(await readLevel(slide, 2), madePicture(160, 100));
    if (hasUpperHalves) expectLike(await slide.readAssociated("macro"), madePicture(120, 40));
  });
});

describe("an NDPI file that cannot be read by range", () => {
  const picture = madePicture(640, 400);
  const whole = madeNdpiPage(picture, 20, { restartInterval: 0 });

  test("is decoded whole while it is small", async () => {
    const slide = await openPages([whole]);
    expect(slide.info.levels.map(({ width }) => width)).toEqual([640, 320, 160, 80]);
    expect(difference(await readLevel(slide), await decodeWhole(whole)).max).toBe(0);
  });

  test("is refused in a sentence when it is large, and left out as a coarser level", async () => {
    const claim = (width: number, height: number, restartInterval: number) => ({
      ...madeNdpiPage(picture, 20, { restartInterval, frameSize: { width, height }, hasStarts: false }),
      width,
      height,
    });
    await expect(openPages([claim(60_000, 40_000, 0)])).rejects.toMatchObject({
      code: "slide/too-large",
      message: expect.stringContaining("restart markers"),
    });
    // Of the stored 15,000 x 10,000 the halves of the finest level take the place.
    const slide = await openPages([claim(60_000, 40_000, 75), claim(15_000, 10_000, 0)]);
    expect(slide.info.levels.map(({ width }) => width)).toEqual([60_000, 30_000, 15_000, 7500]);
  });

  test("is told when it is incomplete", async () => {
    const page = madeNdpiPage(picture, 20, { restartInterval: 20 });
    await expect(openPages([{ ...page, jpegLength: 1_000_000 }])).rejects.toMatchObject({ code: "slide/truncated" });
  });

  test.each([true, false])("shows no pixels where a marker is gone (table: %s)", async (hasStarts) => {
    const page = madeNdpiPage(picture, 20, { restartInterval: 20 });
    const jpeg = page.jpeg.slice();
    jpeg.set([0x12, 0x34], (page.starts?.[30] ?? 0) - 2);
    const slide = await openPages([hasStarts ? { ...page, jpeg } : withoutStarts({ ...page, jpeg })]);
    await expect(readLevel(slide)).rejects.toMatchObject({ code: "slide/decode-failed" });
  });
});

async function openNdpi(bytes: Uint8Array<ArrayBuffer>, options: OpenSlideOptions = {}): Promise<Slide> {
  return await openBytes(bytes, "made.ndpi", options);
}

async function openPages(pages: readonly NdpiPage[]): Promise<Slide> {
  return await openNdpi(writtenOut(writeNdpi(pages)));
}

function withoutStarts({ starts: _starts, ...page }: NdpiPage): NdpiPage {
  return page;
}

async function decodeWhole(page: NdpiPage): Promise<RgbaImage> {
  return await decoders.decodeJpeg(page.jpeg, "ycbcr");
}

/** Level 0 put together from the tiles that a viewer asks for. */
async function tilesOf(slide: Slide): Promise<RgbaImage> {
  const { width, height, tileWidth, tileHeight } = slide.info.levels[0] ?? fail();
  const image = whiteImage(width, height);
  for (let row = 0; row * tileHeight < height; row++) {
    for (let col = 0; col * tileWidth < width; col++) {
      const tile = await slide.readTile({ level: 0, col, row });
      if (!("data" in tile)) throw new TypeError("Node has no bitmaps");
      copyPixels(tile, image, col * tileWidth, row * tileHeight);
    }
  }
  return image;
}

function fail(): never {
  throw new RangeError("a slide without a level");
}

function expectLike(found: RgbaImage, expected: RgbaImage): void {
  const { mean, max } = difference(found, expected);
  expect(mean).toBeLessThan(LOSS.mean);
  expect(max).toBeLessThanOrEqual(LOSS.max);
}

function meanOf({ data }: RgbaImage, channel: number): number {
  let sum = 0;
  for (let i = channel; i < data.length; i += 4) sum += data[i] ?? 0;
  return sum / (data.length / 4);
}
