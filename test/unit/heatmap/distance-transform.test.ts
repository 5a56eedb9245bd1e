import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { distanceTransform } from "../../../src/engine/heatmap/distance-transform.ts";

interface GoldenCase {
  readonly cols: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  readonly marked: readonly number[];
  readonly distance: readonly number[];
}

describe("distanceTransform", () => {
  it("agrees with scipy, for cells that are not square too", async () => {
    const path = new URL("../../fixtures/heatmap/distance-transform.json", import.meta.url);
    // The file is made by the script beside it.
    const cases = JSON.parse(await readFile(path, "utf8")) as GoldenCase[];
    for (const { marked, distance, ...size } of cases) {
      const found = distanceTransform(Uint8Array.from(marked), size, size);
      // Distances are kept as float32: 6e-8 of at most 100.
      found.forEach((value, i) => {
        expect(value).toBeCloseTo(distance[i]!, 4);
      });
    }
  });

  it("is infinite where nothing is marked", () => {
    const found = distanceTransform(new Uint8Array(6), { cols: 3, rows: 2 }, { width: 1, height: 2 });
    expect(Array.from(found)).toEqual(new Array(6).fill(Number.POSITIVE_INFINITY));
  });
});
