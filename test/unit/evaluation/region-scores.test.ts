import { describe, expect, test } from "vitest";
import { type ComparedRaster, regionScores } from "../../../src/engine/evaluation/region-scores.ts";

describe("regionScores", () => {
  test("each region is scored on what was found nearer to it than to the others, the largest first", () => {
    const raster = drawn(
      ["##......", "##......", "......#.", "........"], //
      ["##......", "........", "......##", "......##"],
      0.5,
    );
    const [large, small] = regionScores(raster, 0);
    expect(large).toEqual({ area: 2, foundShare: 0.5, score: (2 * 2) / (2 + 4) });
    expect(small).toEqual({ area: 0.5, foundShare: 1, score: (2 * 1) / (4 + 1) });
  });

  test("a large region does not hide that a small one is missed", () => {
    const raster = drawn(["#####..#", "#####..."], ["#####...", "#####..."], 1);
    expect(regionScores(raster, 0).map(({ score }) => score)).toEqual([1, 0]);
  });

  test("specks below the least area are no regions, and finding them is not false", () => {
    const raster = drawn(["####...#", "####...."], ["####...#", "####...."], 1);
    expect(regionScores(raster, 2)).toEqual([{ area: 8, foundShare: 1, score: 1 }]);
  });

  test("corners do not join regions", () => {
    expect(regionScores(drawn(["#.", ".#"], ["..", ".."], 1), 0)).toHaveLength(2);
  });

  test("truth that is all found, truth that is not found at all, and no truth", () => {
    expect(regionScores(drawn(["###"], ["###"], 1), 0)).toEqual([{ area: 3, foundShare: 1, score: 1 }]);
    expect(regionScores(drawn(["###"], ["..."], 1), 0)).toEqual([{ area: 3, foundShare: 0, score: 0 }]);
    expect(regionScores(drawn(["..."], ["###"], 1), 0)).toEqual([]);
  });

  test("found points are shared out completely: those of all regions together are all that was found", () => {
    const truth = ["##....##", "........", "#......#", "..##...."];
    const found = ["#..##..#", "..#..#..", "##..##.#", "..#....."];
    const scores = regionScores(drawn(truth, found, 1), 0);
    // From S = 2 common / (found + area).
    const shares = scores.map(({ area, foundShare, score }) => (2 * foundShare * area) / score - area);
    expect(scores).toHaveLength(5);
    expect(shares.reduce((sum, points) => sum + points, 0)).toBeCloseTo(found.join("").replaceAll(".", "").length, 10);
  });
});

function drawn(truth: readonly string[], found: readonly string[], pointArea: number): ComparedRaster {
  const marks = (rows: readonly string[]) => Uint8Array.from(rows.join(""), (mark) => (mark === "#" ? 1 : 0));
  return { cols: truth[0]?.length ?? 0, rows: truth.length, truth: marks(truth), found: marks(found), pointArea };
}
