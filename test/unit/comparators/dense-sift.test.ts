import { expect, test } from "vitest";
import { denseSift, SIFT_VALUES } from "../../../src/engine/comparators/dense-sift.ts";
import type { GreyImage } from "../../../src/engine/comparators/grey.ts";

function image(width: number, height: number, value: (x: number, y: number) => number): GreyImage {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = value(x, y);
  return { width, height, data };
}

const descriptor = (grey: GreyImage, index: number) =>
  denseSift(grey).data.subarray(index * SIFT_VALUES, (index + 1) * SIFT_VALUES);

const texture = (x: number, y: number) =>
  128 + 60 * Math.sin(x / 2.3 + Math.cos(y / 5)) + 50 * Math.cos(y / 3.1 - x / 7);

test("a descriptor stands every 8 pixels and covers 16", () => {
  const { cols, rows, data } = denseSift(image(40, 31, texture));
  expect([cols, rows, data.length]).toEqual([4, 2, 4 * 2 * SIFT_VALUES]);
  expect(denseSift(image(15, 40, texture)).data.length).toBe(0);
});

test("a slope of grey falls into the orientation in which it rises, alike in all cells", () => {
  const orientationsOf = (grey: GreyImage) => {
    const values = descriptor(grey, 4);
    return Array.from({ length: 8 }, (_, k) => values.filter((_value, i) => i % 8 === k).reduce((a, b) => a + b));
  };
  const rising = (dx: number, dy: number) => orientationsOf(image(32, 32, (x, y) => 100 + 2 * (x * dx - y * dy)));
  const cases = [
    [1, 0],
    [1, 1],
    [0, 1],
    [-1, 1],
    [-1, 0],
  ] as const;
  cases.forEach(([dx, dy], orientation) => {
    const found = rising(dx, dy);
    expect(found.indexOf(Math.max(...found))).toBe(orientation);
    expect(found[orientation]! / found.reduce((a, b) => a + b)).toBeGreaterThan(0.99);
  });
});

test("shifting the image by a step shifts the descriptors", () => {
  const here = denseSift(image(64, 64, texture));
  const shifted = denseSift(image(64, 64, (x, y) => texture(x + 8, y + 8)));
  // Away from the border, where blur and gradients see the same pixels.
  const from = here.data.subarray((2 * here.cols + 3) * SIFT_VALUES, (2 * here.cols + 4) * SIFT_VALUES);
  const to = shifted.data.subarray((1 * here.cols + 2) * SIFT_VALUES, (1 * here.cols + 3) * SIFT_VALUES);
  from.forEach((value, i) => {
    expect(to[i]).toBeCloseTo(value, 5);
  });
});

test("turning the image by a quarter turns cells and orientations", () => {
  const plain = descriptor(image(16, 16, texture), 0);
  // (x, y) of the turned image shows what stood at (15 - y, x): a quarter counter-clockwise.
  const turned = descriptor(
    image(16, 16, (x, y) => texture(15 - y, x)),
    0,
  );
  for (let row = 0; row < 4; row++) {
    for (let col = 0; col < 4; col++) {
      for (let k = 0; k < 8; k++) {
        const before = plain[(col * 4 + (3 - row)) * 8 + k]!;
        expect(turned[(row * 4 + col) * 8 + ((k + 2) % 8)]).toBeCloseTo(before, 5);
      }
    }
  }
});

test("brightness and contrast do not matter, and a flat field has no descriptor to speak of", () => {
  const plain = descriptor(image(16, 16, texture), 0);
  const changed = descriptor(
    image(16, 16, (x, y) => 30 + 0.5 * texture(x, y)),
    0,
  );
  plain.forEach((value, i) => {
    expect(changed[i]).toBeCloseTo(value, 5);
  });
  expect(Math.hypot(...plain)).toBeCloseTo(1, 5);
  const glass = descriptor(
    image(16, 16, (x, y) => 240 + ((x + y) % 2) * 0.2),
    0,
  );
  expect(Math.hypot(...glass)).toBeLessThan(0.1);
});
