import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { enlarge } from "../../../src/engine/slide/enlarge.ts";
import { cropImage, whiteImage } from "../../../src/engine/slide/pixels.ts";
import { readScaled } from "../../../src/engine/slide/scaled.ts";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import type { RegionRequest, RgbaImage, Slide } from "../../../src/engine/slide/types.ts";
import { difference, imageOf, openBytes, openMade, patternAt, readLevel } from "./made-slides.ts";

const EXACT = { mean: 0, max: 0 };

/** Mean over squares of `count` pixels, straight from the definition. */
function meanOf(image: RgbaImage, count: number): RgbaImage {
  return imageOf(image.width / count, image.height / count, (x, y) => {
    const sums = [0, 0, 0];
    for (let dy = 0; dy < count; dy++) {
      for (let dx = 0; dx < count; dx++) {
        const at = ((y * count + dy) * image.width + x * count + dx) * 4;
        for (let c = 0; c < 3; c++) sums[c] = (sums[c] ?? 0) + (image.data[at + c] ?? 0);
      }
    }
    const mean = (c: number) => Math.floor((sums[c] ?? 0) / (count * count) + 0.5);
    return [mean(0), mean(1), mean(2)];
  });
}

function repeated(image: RgbaImage, count: number): RgbaImage {
  return imageOf(image.width * count, image.height * count, (x, y) => {
    const at = (Math.floor(y / count) * image.width + Math.floor(x / count)) * 4;
    return [image.data[at] ?? 0, image.data[at + 1] ?? 0, image.data[at + 2] ?? 0];
  });
}

async function pyramid(): Promise<Slide> {
  const base = imageOf(210, 150, patternAt);
  const third = meanOf(base, 3);
  return await openBytes(
    writeTiff([
      { width: 210, height: 150, pixels: { kind: "rgba8", data: base.data }, tileWidth: 64, tileHeight: 48 },
      { width: 70, height: 50, pixels: { kind: "rgba8", data: third.data }, tileWidth: 32, tileHeight: 32 },
    ]),
  );
}

describe("a slide read at another scale", () => {
  test("is an exact copy at a level's own scale", async () => {
    const slide = await pyramid();
    for (const [level, size] of slide.info.levels.entries()) {
      const { width, height, downsampleX, downsampleY } = size;
      const found = await readScaled(slide, { x: 0, y: 0, width, height, downsampleX, downsampleY });
      expect(difference(found, await readLevel(slide, level))).toEqual(EXACT);
    }
  });

  test("is the mean over the covered area when shrunk by 2.5", async () => {
    const slide = await pyramid();
    const expected = meanOf(repeated(await readLevel(slide), 2), 5);
    const request = { x: 0, y: 0, width: 84, height: 60, downsampleX: 2.5, downsampleY: 2.5 };
    // Two roundings of the same half may go either way.
    expect(difference(await readScaled(slide, request), expected).max).toBeLessThanOrEqual(1);
  });

  test("is taken from the nearest finer level", async () => {
    const slide = await pyramid();
    const expected = meanOf(await readLevel(slide, 1), 2);
    const request = { x: 0, y: 0, width: 35, height: 25, downsampleX: 6, downsampleY: 6 };
    expect(difference(await readScaled(slide, request), expected)).toEqual(EXACT);
  });

  test("keeps the area of each axis when they shrink by different factors", async () => {
    const slide = await pyramid();
    const request = { x: 10, y: 4, width: 20, height: 30, downsampleX: 2, downsampleY: 1 };
    const found = await readScaled(slide, request);
    const base = await readLevel(slide);
    const expected = imageOf(20, 30, (x, y) => {
      const at = ((y + 4) * 210 + (x + 10) * 2) * 4;
      const mean = (c: number) => Math.floor(((base.data[at + c] ?? 0) + (base.data[at + 4 + c] ?? 0)) / 2 + 0.5);
      return [mean(0), mean(1), mean(2)];
    });
    expect(difference(found, expected)).toEqual(EXACT);
  });

  test.each([0.37, 0.5, 1, 1.003, 1.7, 3, 3.3, 8])(
    "by %f does not depend on the rectangle it is read with",
    async (downsample) => {
      const slide = await pyramid();
      const scale = { downsampleX: downsample, downsampleY: downsample * 1.1 };
      const width = Math.ceil(210 / scale.downsampleX) + 6;
      const height = Math.ceil(150 / scale.downsampleY) + 6;
      const whole = await readScaled(slide, { x: -3, y: -3, width, height, ...scale });
      const random = seededRandom(7);
      for (let i = 0; i < 25; i++) {
        const part = { x: Math.floor(random() * (width - 1)), y: Math.floor(random() * (height - 1)) };
        const size = {
          width: 1 + Math.floor(random() * Math.min(40, width - part.x - 1)),
          height: 1 + Math.floor(random() * Math.min(40, height - part.y - 1)),
        };
        const found = await readScaled(slide, { x: part.x - 3, y: part.y - 3, ...size, ...scale });
        expect(difference(found, cropImage(whole, { ...part, ...size }))).toEqual(EXACT);
      }
    },
  );

  test("is white outside of the slide", async () => {
    const slide = await pyramid();
    const scale = { downsampleX: 2, downsampleY: 2 };
    const left = await readScaled(slide, { x: -20, y: 0, width: 20, height: 10, ...scale });
    const below = await readScaled(slide, { x: 0, y: 75, width: 20, height: 10, ...scale });
    expect(difference(left, whiteImage(20, 10))).toEqual(EXACT);
    expect(difference(below, whiteImage(20, 10))).toEqual(EXACT);
  });

  test("does not move: a dark square's centre stays in place at every scale", async () => {
    const square = { x: 130, y: 20, size: 24 };
    const isDark = (x: number, y: number) =>
      x >= square.x && x < square.x + square.size && y >= square.y && y < square.y + square.size;
    const image = imageOf(201, 143, (x, y) => (isDark(x, y) ? [0, 0, 0] : [255, 255, 255]));
    const slide = await openBytes(
      writeTiff([
        { width: 201, height: 143, pixels: { kind: "rgba8", data: image.data }, tileWidth: 64, tileHeight: 64 },
      ]),
    );
    for (const downsample of [0.5, 0.8, 1, 2, 3.7, 4]) {
      const width = Math.ceil(201 / downsample);
      const height = Math.ceil(143 / downsample);
      const found = await readScaled(slide, {
        x: 0,
        y: 0,
        width,
        height,
        downsampleX: downsample,
        downsampleY: downsample,
      });
      let mass = 0;
      let sumX = 0;
      let sumY = 0;
      for (let y = 0; y < height - 1; y++) {
        for (let x = 0; x < width - 1; x++) {
          const dark = 255 - (found.data[(y * width + x) * 4] ?? 0);
          mass += dark;
          sumX += dark * (x + 0.5) * downsample;
          sumY += dark * (y + 0.5) * downsample;
        }
      }
      expect(sumX / mass).toBeCloseTo(square.x + square.size / 2, 1);
      expect(sumY / mass).toBeCloseTo(square.y + square.size / 2, 1);
    }
  });

  test("asks a huge level for blocks of bounded size only", async () => {
    const asked: RegionRequest[] = [];
    const made = await openMade("none-tiled.tif");
    const level = { width: 150_000, height: 100_000, downsampleX: 1, downsampleY: 1, tileWidth: 256, tileHeight: 256 };
    const slide: Slide = {
      ...made,
      info: { ...made.info, width0: level.width, height0: level.height, levels: [level] },
      async readRegion(region) {
        asked.push(region);
        return whiteImage(region.width, region.height);
      },
    };
    await readScaled(slide, { x: 20, y: 20, width: 30, height: 12, downsampleX: 180, downsampleY: 180 });
    expect(asked.length).toBeGreaterThan(0);
    for (const { width, height } of asked) expect(width * height).toBeLessThanOrEqual(4.5e6);
  });

  test("stops when it is cancelled", async () => {
    const slide = await pyramid();
    const request = { x: 0, y: 0, width: 10, height: 10, downsampleX: 3, downsampleY: 3 };
    await expect(readScaled(slide, request, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  test("refuses a scale that is no positive number", async () => {
    const slide = await pyramid();
    const request = { x: 0, y: 0, width: 10, height: 10, downsampleX: 0, downsampleY: 1 };
    await expect(readScaled(slide, request)).rejects.toMatchObject({ code: "slide/bad-region" });
  });
});

describe("an enlarged image", () => {
  const image = imageOf(20, 16, patternAt);

  test("has the weights of Keys' cubic convolution with a = -0.5 around the pixel centre", () => {
    const step = imageOf(8, 1, (x) => (x < 4 ? [0, 0, 0] : [128, 128, 128]));
    // Between centres at 1/4: -9, 111, 29, -3 of 128; at 3/4 the other way round. Below 0 is cut.
    const found = enlarge(step, 2);
    const row = Array.from({ length: 16 }, (_, x) => found.data[x * 4]);
    expect(row.slice(4, 12)).toEqual([0, 0, 0, 29 - 3, 128 - 26, 128 + 9, 128 + 3, 128]);
  });

  test("equals its part of a larger image's, but for the margin along the cut", () => {
    const whole = enlarge(image, 2);
    const part = enlarge(cropImage(image, { x: 4, y: 3, width: 12, height: 10 }), 2);
    const inner = { x: 4, y: 4, width: 16, height: 12 };
    const same = cropImage(whole, { x: 8 + inner.x, y: 6 + inner.y, width: inner.width, height: inner.height });
    expect(difference(cropImage(part, inner), same)).toEqual(EXACT);
  });

  test("keeps a flat colour flat and its size is rounded", () => {
    const flat = enlarge(
      imageOf(5, 3, () => [17, 200, 3]),
      2.5,
    );
    expect([flat.width, flat.height]).toEqual([13, 8]);
    expect(
      difference(
        flat,
        imageOf(13, 8, () => [17, 200, 3]),
      ),
    ).toEqual(EXACT);
  });

  test("agrees with readScaled inside of the slide", async () => {
    const slide = await openMade("none-tiled.tif");
    const whole = enlarge(await readLevel(slide), 2);
    const found = await readScaled(slide, { x: 0, y: 0, width: 140, height: 100, downsampleX: 0.5, downsampleY: 0.5 });
    expect(difference(found, whole)).toEqual(EXACT);
  });
});
