import { describe, expect, test } from "vitest";
import {
  type Colour,
  difference,
  goldenImage,
  imageOf,
  MADE_HEIGHT,
  MADE_WIDTH,
  openMade,
  patternAt,
  readLevel,
} from "./made-slides.ts";

const EXACT = { mean: 0, max: 0 };
const pattern = imageOf(MADE_WIDTH, MADE_HEIGHT, patternAt);
const grey = greyOf((value) => value);
const onWhite = (colour: (x: number, y: number) => Colour) =>
  imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => (x < MADE_WIDTH / 2 ? [255, 255, 255] : colour(x, y)));

function greyOf(value: (first: number) => number) {
  return imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => {
    const found = value(patternAt(x, y)[0]);
    return [found, found, found];
  });
}

describe("samples of any width become 8 bits over their whole range", () => {
  test.each(["uint16-planar.tif", "float-rgb.tif"])("in colour: %s", async (name) => {
    expect(difference(await readLevel(await openMade(name)), pattern)).toEqual(EXACT);
  });

  test.each(["uint32.tif", "int8.tif", "int16.tif", "float64.tif"])("in grey: %s", async (name) => {
    expect(difference(await readLevel(await openMade(name)), grey)).toEqual(EXACT);
  });

  test("in half floats, whose eleven bits hold every level", async () => {
    expect(difference(await readLevel(await openMade("float16.tif")), grey)).toEqual(EXACT);
  });

  test.each([1, 2, 4])("in grey of %i bits", async (bits) => {
    const most = 2 ** bits - 1;
    const expected = greyOf((value) => ((value & most) * 255) / most);
    expect(difference(await readLevel(await openMade(`bits-${bits}.tif`)), expected)).toEqual(EXACT);
  });

  test("with a palette of 65,536 colours", async () => {
    const expected = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => {
      const index = patternAt(x, y)[0] * 257;
      return [index, 65535 - index, (index * 7) & 65535].map((value) => Math.round(value / 257)) as [
        number,
        number,
        number,
      ];
    });
    expect(difference(await readLevel(await openMade("palette-16.tif")), expected)).toEqual(EXACT);
  });
});

describe("alpha is laid over white", () => {
  test.each(["rgba-planar.tif", "uint16-rgba.tif"])("in colour: %s", async (name) => {
    expect(difference(await readLevel(await openMade(name)), onWhite(patternAt))).toEqual(EXACT);
  });

  test("in grey", async () => {
    const expected = onWhite((x, y) => {
      const value = patternAt(x, y)[0];
      return [value, value, value];
    });
    expect(difference(await readLevel(await openMade("grey-alpha.tif")), expected)).toEqual(EXACT);
  });
});

test("LZW from before TIFF 5.0 is read, least significant bit first", async () => {
  expect(difference(await readLevel(await openMade("lzw-old.tif")), pattern)).toEqual(EXACT);
});

describe("inks and other colours agree with other readers", () => {
  test.each(["cmyk.tif", "cmyk-planar.tif", "cmyk-uint16.tif", "cmyk-alpha.tif"])("CMYK: %s", async (name) => {
    expect(difference(await readLevel(await openMade(name)), goldenImage("cmyk.tif"))).toEqual(EXACT);
  });

  test.each([
    // Pillow, from libjpeg: the inverse transform may round to a neighbour, and once more as the inks are mixed.
    ["cmyk-jpeg.tif", 3],
    // Little CMS goes by tables, coarse where dark colours are steep.
    ["cielab.tif", 3],
    // libtiff goes by tables of whole numbers, one for each of luma and both chromas.
    ["ycbcr-444.tif", 1],
    ["ycbcr-422-lzw.tif", 1],
    ["ycbcr-420.tif", 1],
    ["ycbcr-411-deflate.tif", 1],
    // libtiff cuts the fractions of luma and chroma once they are scaled.
    ["ycbcr-reference.tif", 3],
    // Both are libjpeg.
    ["jpeg-planar.tif", 1],
  ])("%s within %i levels", async (name, most) => {
    expect(difference(await readLevel(await openMade(name)), goldenImage(name)).max).toBeLessThanOrEqual(most);
  });
});
