import { expect, test } from "vitest";
import { binaryPatterns } from "../../../src/engine/comparators/binary-patterns.ts";
import { labImage } from "../../../src/engine/comparators/lab.ts";
import { LAB_BINS, labBins } from "../../../src/engine/comparators/lab-bins.ts";
import { picture } from "../tissue/picture-slide.ts";
import { golden } from "./golden.ts";

const grey = (width: number, height: number, values: readonly number[]) => ({
  width,
  height,
  data: Float32Array.from(values),
});

test("L*a*b* equals scikit-image's to a hundredth", () => {
  const { colours, values } = golden.lab;
  const { lightness, a, b } = labImage(picture(colours.length, 1, (x) => colours[x] as [number, number, number]));
  values.forEach(([wantedL, wantedA, wantedB], i) => {
    expect(Math.abs(lightness[i]! - wantedL!)).toBeLessThan(0.01);
    expect(Math.abs(a[i]! - wantedA!)).toBeLessThan(0.01);
    expect(Math.abs(b[i]! - wantedB!)).toBeLessThan(0.01);
  });
});

test("each channel of L*a*b* falls into one of 16 bins, the outermost taking what lies beyond", () => {
  const lab = {
    width: 3,
    height: 1,
    lightness: Float32Array.of(0, 50, 100),
    a: Float32Array.of(-90, 0, 90),
    b: Float32Array.of(-64, -8, 63),
  };
  expect(labBins(lab).map(({ data }) => [...data])).toEqual([
    [0, 8, LAB_BINS - 1],
    [0, 8, LAB_BINS - 1],
    [0, 7, LAB_BINS - 1],
  ]);
});

test("binary patterns equal scikit-image's uniform ones away from the border", () => {
  const { side, grey: values, labels } = golden.patterns;
  const found = binaryPatterns(grey(side, side, values));
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) expect(found[y * side + x], `${x}, ${y}`).toBe(labels[y * side + x]);
  }
});

test("a flat field lights all neighbours, a bright dot none, an edge an arc, and a checkerboard is not uniform", () => {
  const centre = (values: readonly number[]) => binaryPatterns(grey(3, 3, values))[4];
  expect(centre([5, 5, 5, 5, 5, 5, 5, 5, 5])).toBe(8);
  expect(centre([0, 0, 0, 0, 9, 0, 0, 0, 0])).toBe(0);
  // Right, above right and below right are brighter; above and below equal the centre, which lights them too.
  expect(centre([0, 5, 9, 0, 5, 9, 0, 5, 9])).toBe(5);
  expect(centre([0, 9, 0, 9, 5, 9, 0, 9, 0])).toBe(9);
});

test("patterns do not change when the image is turned by a quarter", () => {
  const values = Array.from({ length: 25 }, (_, i) => (i * 7919) % 251);
  const turned = values.map((_, i) => values[(4 - (i % 5)) * 5 + Math.floor(i / 5)]!);
  const inner = (labels: Uint8Array) => [6, 7, 8, 11, 12, 13, 16, 17, 18].map((i) => labels[i]).sort();
  expect(inner(binaryPatterns(grey(5, 5, turned)))).toEqual(inner(binaryPatterns(grey(5, 5, values))));
});
