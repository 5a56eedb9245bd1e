import { describe, expect, it } from "vitest";
import { fileInBins, findNear } from "../../../tools/demo-slide/bins.ts";
import { makeField, sampleField, signedDistance } from "../../../tools/demo-slide/field.ts";
import { gradientNoise, octaveNoise } from "../../../tools/demo-slide/noise.ts";
import { buildPyramid, halve } from "../../../tools/demo-slide/pyramid.ts";
import { capsuleDistance, polygonDistance } from "../../../tools/demo-slide/shapes.ts";

describe("noise", () => {
  it("is zero on the lattice, continuous across it and within about -1 to 1", () => {
    expect(gradientNoise(3, 5, -7)).toBeCloseTo(0, 12);
    expect(gradientNoise(3, 4.99999, 2.4)).toBeCloseTo(gradientNoise(3, 5.00001, 2.4), 3);
    const values = Array.from({ length: 4000 }, (_, i) => octaveNoise(9, i * 0.37, i * 0.011, 4));
    expect(Math.max(...values.map(Math.abs))).toBeLessThan(1.2);
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(0.08);
  });
});

describe("distances", () => {
  it("of a disc's field are right to a cell, inside and outside", () => {
    const disc = (x: number, y: number) => Math.hypot(x - 500, y - 400) - 200;
    const field = signedDistance(makeField({ cols: 60, rows: 50, cellUm: 16 }, disc));
    for (const [x, y] of [
      [500, 480],
      [640, 400],
      [500, 620],
      [300, 200],
      [800, 700],
    ] as const) {
      expect(Math.abs(sampleField(field, x, y) - disc(x, y))).toBeLessThan(20);
    }
  });

  it("of capsules and polygons are negative inside", () => {
    const a = { xUm: 0, yUm: 0, radiusUm: 2 };
    const b = { xUm: 10, yUm: 0, radiusUm: 4 };
    expect(capsuleDistance(a, b, 5, 0)).toBeCloseTo(-3);
    expect(capsuleDistance(a, b, 20, 0)).toBeCloseTo(6);
    const square = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
    ] as const;
    expect(polygonDistance(square, 5, 4)).toBeCloseTo(-4);
    expect(polygonDistance(square, 13, 14)).toBeCloseTo(5);
  });
});

describe("bins", () => {
  it("find what touches a rectangle, once, in the order of filing", () => {
    const bins = fileInBins([40, 700, 260], (x) => ({ left: x - 30, top: 0, right: x + 30, bottom: 600 }));
    const found = findNear(bins, { left: 60, top: 100, right: 270, bottom: 550 });
    expect(found.map(({ thing }) => thing)).toEqual([40, 260]);
  });
});

describe("the pyramid", () => {
  it("halves, rounding up, until both sides are below the smallest size", () => {
    const levels = buildPyramid({ width: 1250, height: 700, data: new Uint8Array(1250 * 700 * 3).fill(200) });
    expect(levels.map(({ width, height }) => [width, height])).toEqual([
      [1250, 700],
      [625, 350],
      [313, 175],
    ]);
    expect(levels[2]?.data.every((value) => value === 200)).toBe(true);
  });

  it("keeps a ramp in place", () => {
    const data = new Uint8Array(32 * 4 * 3).map((_, i) => 4 * (Math.floor(i / 3) % 32));
    const half = halve({ width: 32, height: 4, data });
    expect(half.data[3 * 8]).toBe(4 * 16.5);
  });
});
