import { expect, test } from "vitest";
import { jitterSharpness } from "../../../src/engine/training/sharpness-jitter.ts";
import { picture } from "../tissue/picture-slide.ts";

const step = picture(20, 6, (x) => (x < 10 ? [200, 40, 100] : [100, 40, 200]));
const redAt = (image: { readonly data: Uint8ClampedArray }, x: number) => image.data[(2 * 20 + x) * 4] ?? -1;

test("an amount of 0 changes nothing, even pictures stay as they are", () => {
  expect([...jitterSharpness(step, 0).data]).toEqual([...step.data]);
  const even = picture(5, 5, () => [7, 80, 250]);
  expect([...jitterSharpness(even, -1).data]).toEqual([...even.data]);
  expect([...jitterSharpness(even, 1).data]).toEqual([...even.data]);
});

test("-1 is the Gaussian of one pixel: an edge becomes its error function", () => {
  const blurred = jitterSharpness(step, -1);
  // 1 - share of a Gaussian beyond half a pixel (its samples, cut at 4 pixels): 0.6995.
  expect(redAt(blurred, 9)).toBe(Math.round(100 + 100 * 0.6995));
  expect(redAt(blurred, 3)).toBe(200);
  expect(redAt(blurred, 9) + redAt(blurred, 10)).toBe(300);
});

test("above 0 an edge overshoots on both sides", () => {
  const sharp = jitterSharpness(step, 1);
  expect(redAt(sharp, 9)).toBeGreaterThan(200);
  expect(redAt(sharp, 10)).toBeLessThan(100);
});
