import { expect, it } from "vitest";
import { isBlankPatch } from "../../../src/engine/classification/blank-patch.ts";
import { picture } from "../tissue/picture-slide.ts";

it("a patch is blank when every channel of every pixel is above 200", () => {
  expect(isBlankPatch(picture(4, 4, () => [201, 201, 201]))).toBe(true);
  expect(isBlankPatch(picture(4, 4, () => [255, 255, 200]))).toBe(false);
});

it.each([0, 1, 2])("one value of 200 in channel %i of one pixel keeps it", (channel) => {
  const speck = (x: number, y: number) =>
    [0, 1, 2].map((c) => (x === 3 && y === 2 && c === channel ? 200 : 240)) as [number, number, number];
  expect(isBlankPatch(picture(4, 4, speck))).toBe(false);
});
