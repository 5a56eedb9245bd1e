import { describe, expect, test } from "vitest";
import {
  difference,
  goldenImage,
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
const grey = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => {
  const value = patternAt(x, y)[0];
  return [value, value, value];
});
const onWhite = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => (x < MADE_WIDTH / 2 ? [255, 255, 255] : patternAt(x, y)));

describe("tiles of a modern codec without loss give exactly the pixels that were written", () => {
  test.each([
    "jpeg2000-rgb.svs",
    "jpeg2000-jp2.tif",
    "jpeg2000-uint16.tif",
    "jpeg2000-inner-tiles.tif",
    "webp.tif",
    "jpegxl.tif",
    "jpegxl-boxes.tif",
    "lerc-plain.tif",
    "lerc-deflate.tif",
    "lerc-zstd.tif",
    "lerc-planar.tif",
  ])("in colour: %s", async (name) => {
    expect(difference(await readLevel(await openMade(name)), pattern)).toEqual(EXACT);
  });

  test.each(["jpeg2000-grey.tif", "jpegxl-grey.tif", "lerc-uint16.tif", "lerc-float.tif"])(
    "in grey: %s",
    async (name) => {
      expect(difference(await readLevel(await openMade(name)), grey)).toEqual(EXACT);
    },
  );

  test.each(["webp-rgba.tif", "jpegxl-rgba.tif"])("with alpha laid over white: %s", async (name) => {
    expect(difference(await readLevel(await openMade(name)), onWhite)).toEqual(EXACT);
  });

  test("in grey of 12 bits, whose range becomes 0 to 255", async () => {
    const expected = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => {
      const value = Math.round(((patternAt(x, y)[0] * 16 + 7) / 4095) * 255);
      return [value, value, value];
    });
    // Rounded twice, by way of 16 bits.
    expect(difference(await readLevel(await openMade("jpeg2000-12-bit.tif")), expected).max).toBeLessThanOrEqual(1);
  });

  test("LERC pixels without a value are glass", async () => {
    const image = await readLevel(await openMade("lerc-holes.tif"));
    const expected = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => {
      const value = x % 32 >= 8 && y % 32 >= 8 ? 255 : patternAt(x, y)[0];
      return [value, value, value];
    });
    expect(difference(image, expected)).toEqual(EXACT);
  });
});

describe("tiles of a modern codec agree with other readers", () => {
  test.each([
    // OpenSlide rounds the colour conversion by tables.
    ["jpeg2000-ycbcr-444.svs", 1],
    // The wrapper around OpenJPEG cuts the fractions of two products where OpenSlide rounds.
    ["jpeg2000-ycbcr-422.svs", 2],
    ["jpeg2000-ycbcr-420.svs", 2],
    // One libwebp; versions of libjxl differ in their last bits.
    ["webp-lossy.tif", 1],
    ["jpegxl-lossy.tif", 2],
  ])("%s within %i levels", async (name, most) => {
    expect(difference(await readLevel(await openMade(name)), goldenImage(name)).max).toBeLessThanOrEqual(most);
  });

  test("by any of the numbers that stand for a codec", async () => {
    for (const number of [33004, 33005, 33007]) {
      const bytes = patchShort(madeBytes("jpeg2000-jp2.tif"), 259, number);
      expect(difference(await readLevel(await openBytes(bytes)), pattern)).toEqual(EXACT);
    }
    const webp = patchShort(madeBytes("webp.tif"), 259, 34927);
    expect(difference(await readLevel(await openBytes(webp)), pattern)).toEqual(EXACT);
    const jxl = patchShort(madeBytes("jpegxl.tif"), 259, 52546);
    expect(difference(await readLevel(await openBytes(jxl)), pattern)).toEqual(EXACT);
  });
});

/** Where the first tile of a file of several lies, and where its length is written. */
function firstTile(bytes: Uint8Array<ArrayBuffer>): {
  offset: number;
  length: number;
  setLength: (length: number) => void;
} {
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(4, true);
  const tables = new Map<number, { at: number; isShort: boolean }>();
  for (let i = 0; i < view.getUint16(directory, true); i++) {
    const at = directory + 2 + i * 12;
    const isShort = view.getUint16(at + 2, true) === 3;
    tables.set(view.getUint16(at, true), { at: view.getUint32(at + 8, true), isShort });
  }
  const offsets = tables.get(324);
  const lengths = tables.get(325);
  if (!offsets || !lengths) throw new RangeError("a TIFF without tiles");
  return {
    offset: offsets.isShort ? view.getUint16(offsets.at, true) : view.getUint32(offsets.at, true),
    length: lengths.isShort ? view.getUint16(lengths.at, true) : view.getUint32(lengths.at, true),
    setLength: (length) =>
      lengths.isShort ? view.setUint16(lengths.at, length, true) : view.setUint32(lengths.at, length, true),
  };
}

describe("a damaged tile of a modern codec is an error in a sentence, never blank", () => {
  test.each([
    "jpeg2000-rgb.svs",
    "jpeg2000-inner-tiles.tif",
    "jpeg2000-ycbcr-422.svs",
    "webp.tif",
    "jpegxl.tif",
    "lerc-plain.tif",
    "lerc-deflate.tif",
  ])("%s cut off at any part of its length, and the next tile is read as before", async (name) => {
    const whole = await readLevel(await openMade(name));
    for (const part of [0.02, 0.3, 0.6, 0.9, 0.97]) {
      const bytes = madeBytes(name);
      const { length, setLength } = firstTile(bytes);
      setLength(Math.floor(length * part));
      const slide = await openBytes(bytes);
      await expect(slide.readRegion({ x0: 0, y0: 0, width: 8, height: 8, level: 0 })).rejects.toMatchObject({
        code: expect.stringMatching(/^slide\/(decode-failed|unsupported-compression|too-large)$/),
        message: expect.stringMatching(/^Expected .+\.$/s),
      });
      const next = await slide.readRegion({ x0: 33, y0: 0, width: 8, height: 8, level: 0 });
      const expected = imageOf(8, 8, (x, y) => {
        const at = (y * whole.width + x + 33) * 4;
        return [whole.data[at] ?? 0, whole.data[at + 1] ?? 0, whole.data[at + 2] ?? 0];
      });
      expect(difference(next, expected)).toEqual(EXACT);
    }
  });

  test("a stream of JPEG 2000 that lacks one of its inner tiles", async () => {
    const bytes = madeBytes("jpeg2000-inner-tiles.tif");
    const { offset } = firstTile(bytes);
    const view = new DataView(bytes.buffer);
    const parts: number[] = [];
    for (let at = offset; parts.length < 4; at++) {
      if (view.getUint16(at) !== 0xff90) continue;
      parts.push(at);
      at += view.getUint32(at + 6) - 1;
    }
    // The third tile calls itself the second.
    bytes[(parts[2] ?? 0) + 5] = 1;
    const slide = await openBytes(bytes);
    await expect(readLevel(slide)).rejects.toMatchObject({ code: "slide/decode-failed" });
  });

  test("JPEG XL of 16 bits, which its decoder turns into sRGB, is refused", async () => {
    await expect(openMade("jpegxl-grey-16.tif")).rejects.toMatchObject({
      code: "slide/unsupported-format",
      message: expect.stringContaining("Expected JPEG XL of one to four unsigned samples of 8 bits"),
    });
  });

  test("a tile smaller than its place", async () => {
    const bytes = madeBytes("jpeg2000-grey.tif");
    const small = patchShort(patchShort(bytes, 322, 48), 323, 48);
    const slide = await openBytes(small);
    await expect(readLevel(slide)).rejects.toMatchObject({
      code: "slide/decode-failed",
      message: expect.stringContaining("found one of 32 x 32"),
    });
  });

  test.each([
    ["jpeg2000-grey.tif", (tile: DataView) => tile.setUint32(8, 4_000_000_000)],
    ["webp.tif", (tile: DataView) => tile.setUint32(21, 0x0fffffff, true)],
    ["jpegxl.tif", (tile: DataView) => tile.setUint32(2, 0xffffffff, true)],
    ["lerc-plain.tif", (tile: DataView) => tile.setInt32(14, 1 << 20, true)],
  ])("%s whose stream tells of a huge picture, before memory is asked for", async (name, patch) => {
    const bytes = madeBytes(name);
    const { offset, length } = firstTile(bytes);
    patch(new DataView(bytes.buffer, offset, length));
    const slide = await openBytes(bytes);
    await expect(readLevel(slide)).rejects.toMatchObject({
      code: expect.stringMatching(/^slide\/(too-large|decode-failed)$/),
    });
  });

  test("a stream of JPEG 2000 with more packets than any picture has, before they are looked for", async () => {
    const bytes = madeBytes("jpeg2000-grey.tif");
    const { offset, length } = firstTile(bytes);
    const tile = new DataView(bytes.buffer, offset, length);
    // Its coding style (marker COD): the number of layers, and of wavelet levels.
    expect(tile.getUint16(45)).toBe(0xff52);
    tile.setUint16(51, 65_535);
    tile.setUint8(54, 32);
    await expect(readLevel(await openBytes(bytes))).rejects.toMatchObject({
      code: "slide/decode-failed",
      cause: expect.objectContaining({ message: expect.stringContaining("65535 layers") }),
    });
  });
});
