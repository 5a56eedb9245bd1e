import { expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import type { RgbaImage } from "../../../src/engine/slide/types.ts";
import { drawStainJitter, jitterStain } from "../../../src/engine/training/stain-jitter.ts";

const tissue: RgbaImage = {
  width: 3,
  height: 1,
  data: Uint8ClampedArray.from([120, 70, 140, 255, 230, 160, 190, 255, 255, 255, 255, 128]),
};

test("gains of 1 without offsets change nothing", () => {
  const same = jitterStain(tissue, { gains: [1, 1, 1], offsets: [0, 0, 0] });
  expect([...same.data]).toEqual([...tissue.data]);
});

test("more stain is darker, less is lighter, glass stays white and alpha stays", () => {
  const more = jitterStain(tissue, { gains: [1.25, 1.25, 1.25], offsets: [0, 0, 0] });
  const less = jitterStain(tissue, { gains: [0.8, 0.8, 0.8], offsets: [0, 0, 0] });
  for (const at of [0, 1, 2, 4, 5, 6]) {
    expect(more.data[at]).toBeLessThan(tissue.data[at] ?? 0);
    expect(less.data[at]).toBeGreaterThan(tissue.data[at] ?? 255);
  }
  expect([...more.data.slice(8)]).toEqual([255, 255, 255, 128]);
});

test("gains of all stains scale the optical density", () => {
  const gains = [1.2, 1.2, 1.2] as const;
  const { data } = jitterStain(tissue, { gains, offsets: [0, 0, 0] });
  for (const at of [0, 1, 2, 4, 5, 6]) {
    const expected = 255 * ((tissue.data[at] ?? 0) / 255) ** 1.2;
    expect(Math.abs((data[at] ?? 0) - expected)).toBeLessThan(0.51);
  }
});

test("more haematoxylin takes most from red, an offset of eosin most from green", () => {
  const blue = jitterStain(tissue, { gains: [1, 1, 1], offsets: [0.1, 0, 0] });
  const pink = jitterStain(tissue, { gains: [1, 1, 1], offsets: [0, 0.1, 0] });
  const factor = (picture: RgbaImage, at: number) => (picture.data[at] ?? 0) / (tissue.data[at] ?? 1);
  expect(factor(blue, 4)).toBeLessThan(factor(blue, 6));
  expect(factor(pink, 5)).toBeLessThan(factor(pink, 4));
  expect(factor(pink, 5)).toBeLessThan(factor(pink, 6));
});

test("draws stay within their range and come from the seed alone", () => {
  const range = { gain: [0.8, 1.25], offset: 0.03 } as const;
  const random = seededRandom(3);
  const draws = Array.from({ length: 200 }, () => drawStainJitter(range, random));
  const gains = draws.flatMap((draw) => draw.gains);
  const offsets = draws.flatMap((draw) => draw.offsets);
  expect(Math.min(...gains)).toBeGreaterThanOrEqual(0.8);
  expect(Math.max(...gains)).toBeLessThanOrEqual(1.25);
  expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(0.03);
  expect(gains.filter((gain) => gain > 1).length).toBeGreaterThan(200);
  expect(drawStainJitter(range, seededRandom(3))).toEqual(draws[0]);
});
