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
  patternAt,
  readLevel,
} from "./made-slides.ts";

const EXACT = { mean: 0, max: 0 };
const pattern = imageOf(MADE_WIDTH, MADE_HEIGHT, patternAt);
const onWhite = imageOf(MADE_WIDTH, MADE_HEIGHT, (x, y) => (x < MADE_WIDTH / 2 ? [255, 255, 255] : patternAt(x, y)));

describe("a picture without loss opens with exactly its pixels", () => {
  test.each([
    ["rgb.png", "PNG"],
    ["rgb.webp", "WebP"],
    ["rgb.avif", "AVIF"],
    ["rgb.jxl", "JPEG XL"],
    ["rgb.bmp", "BMP"],
  ])("%s as %s", async (name, format) => {
    const slide = await openMade(name);
    expect(slide.info.format).toBe(format);
    expect(slide.info.levels).toHaveLength(1);
    expect(difference(await readLevel(slide), pattern)).toEqual(EXACT);
  });

  test("rgba.webp with its alpha over white", async () => {
    expect(difference(await readLevel(await openMade("rgba.webp")), onWhite)).toEqual(EXACT);
  });
});

describe("a picture agrees with Pillow", () => {
  test.each([
    ["palette.gif", 0],
    ["transparent.gif", 0],
    ["palette.bmp", 0],
    ["bits-1.bmp", 0],
    ["runs.bmp", 0],
    ["rgba.bmp", 0],
    // Five bits become eight by rounding here, by cutting there.
    ["bits-16.bmp", 1],
    ["lossy.webp", 1],
    // Chroma is enlarged here by libavif's own code, there by libyuv.
    ["lossy.avif", 6],
    // The inverse transform may round to a neighbour.
    ["cmyk.jpg", 2],
    // Chroma of half size is repeated here, interpolated there.
    ["ycck.jpg", 5],
  ])("%s within %i levels", async (name, most) => {
    expect(difference(await readLevel(await openMade(name)), goldenImage(name)).max).toBeLessThanOrEqual(most);
  });
});

describe("a picture that is cut off is an error in a sentence, never blank", () => {
  test.each(["rgb.png", "rgb.webp", "rgb.avif", "rgb.jxl", "rgb.bmp", "palette.gif", "palette.bmp", "runs.bmp"])(
    "%s",
    async (name) => {
      const whole = madeBytes(name);
      for (const part of [0.02, 0.3, 0.6, 0.95]) {
        const bytes = whole.slice(0, Math.floor(whole.length * part));
        const reading = openBytes(bytes, name).then(readLevel);
        await expect(reading).rejects.toMatchObject({
          code: expect.stringMatching(/^slide\//),
          message: expect.stringMatching(/^Expected .+\.$/s),
        });
      }
    },
  );

  test.each([
    ["palette.gif", (view: DataView) => view.setUint32(6, 0xffffffff, true)],
    ["rgb.bmp", (view: DataView) => view.setInt32(18, 1 << 24, true)],
    ["rgb.webp", (view: DataView) => view.setUint32(21, 0x0fffffff, true)],
  ])("%s that tells of a huge size is refused at once", async (name, patch) => {
    const bytes = madeBytes(name);
    patch(new DataView(bytes.buffer));
    await expect(openBytes(bytes, name)).rejects.toMatchObject({ code: "slide/too-large" });
  });
});
