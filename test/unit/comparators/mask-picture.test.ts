import { expect, test } from "vitest";
import { maskPicture } from "../../../src/engine/comparators/mask-picture.ts";

const mask = { cols: 3, rows: 2, data: Uint8Array.of(1, 0, 1, 0, 1, 0) };

test("a mask becomes a picture of the image's size, white inside", () => {
  // The last column of cells reaches over the image's edge.
  const { width, height, data } = maskPicture(mask, { width0: 10, height0: 8, stride0X: 4, stride0Y: 4 });
  expect([width, height]).toEqual([10, 8]);
  const line = (y: number) => [...data.subarray(y * 10, (y + 1) * 10)].map((value) => (value === 255 ? 1 : value));
  expect(line(0)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 1, 1]);
  expect(line(7)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0, 0]);
});

test("a picture of a large image is shrunk to 4,096 pixels", () => {
  const { width, height } = maskPicture(mask, { width0: 12_288, height0: 8192, stride0X: 4096, stride0Y: 4096 });
  expect([width, height]).toEqual([4096, 2731]);
});
