import { describe, expect, it } from "vitest";
import { markerPlaces } from "../../../src/app/viewer/focus-markers.ts";
import { measureMap } from "../../../src/engine/heatmap/measure-map.ts";
import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";

/** 100 x 100 cells of 100 pixels: a focus of 20 x 20 cells, one of one cell, and two cells side by side but one. */
function grid(): ConfidenceGrid {
  const values = new Float32Array(10_000);
  for (let row = 10; row < 30; row++) values.fill(1, row * 100 + 10, row * 100 + 30);
  for (const cell of [5080, 9048, 9050]) values[cell] = 1;
  return {
    cols: 100,
    rows: 100,
    stride0X: 100,
    stride0Y: 100,
    width0: 10_000,
    height0: 10_000,
    values,
    tissue: new Uint8Array(10_000).fill(1),
  };
}

const scaled = (scale: number) => ({ a: scale, b: 0, c: 0, d: scale, e: 0, f: 0 });
const STAGE = { width: 1000, height: 1000 };

describe("markers of small foci", () => {
  const { foci } = measureMap({ grid: grid(), postProcess: { minRegionUm2: 0, maxHoleUm2: 0 }, pixelSize: null }, 0.5);

  it("stand where a focus would be too small to be seen, one for several that lie close together", () => {
    expect(markerPlaces({ grid: grid(), foci }, scaled(0.02), STAGE, 1)).toEqual([
      { x: 161, y: 101 },
      { x: 97, y: 181 },
    ]);
  });

  it("go where the focus itself can be seen, and off the stage", () => {
    expect(markerPlaces({ grid: grid(), foci }, scaled(1), STAGE, 1)).toEqual([]);
    expect(markerPlaces({ grid: grid(), foci }, { ...scaled(0.05), e: -5000 }, STAGE, 1)).toEqual([]);
  });

  it("are few however many foci there are", () => {
    const values = Float32Array.from({ length: 10_000 }, (_, i) => (i + Math.floor(i / 100)) % 2);
    const noise = { ...grid(), values };
    const all = measureMap({ grid: noise, postProcess: { minRegionUm2: 0, maxHoleUm2: 0 }, pixelSize: null }, 0.5);
    const places = markerPlaces({ grid: noise, foci: all.foci }, scaled(0.01), STAGE, 1);
    expect(places.length).toBeLessThan(200);
  });
});
