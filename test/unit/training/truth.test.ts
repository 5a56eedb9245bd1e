import { describe, expect, test } from "vitest";
import type { RgbaImage } from "../../../src/engine/slide/types.ts";
import { cellTruth, meanScores, scoreMask } from "../../../src/engine/training/score.ts";
import { type MaskColour, readTruth } from "../../../src/engine/training/truth.ts";

const NECROSIS: MaskColour = [5, 5, 5];
const LEGEND: Readonly<Record<string, MaskColour>> = { n: NECROSIS, t: [5, 208, 4], ".": [255, 255, 255] };

/** A mask painted as text: n necrosis, t other tissue, a full stop background. */
function painted(...lines: string[]): RgbaImage {
  const data = lines.flatMap((line) => [...line].flatMap((letter) => [...(LEGEND[letter] ?? [0, 0, 0]), 255]));
  return { width: lines[0]?.length ?? 0, height: lines.length, data: Uint8ClampedArray.from(data) };
}

describe("truth from a mask", () => {
  const truth = readTruth(painted("nnt.", "nnt.", "ttt.", "...."), NECROSIS, 4, 4);

  test("counts tissue and the positive colour, white is neither", () => {
    expect(truth.positiveArea0).toBe(4);
    expect(truth.tissueArea0).toBe(9);
    expect([truth.isPositive(1, 1), truth.isPositive(2, 1), truth.isTissue(2, 1), truth.isTissue(3, 3)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  test("areas of rectangles are exact, at fractional edges too, and cut to the image", () => {
    expect(truth.areas(0, 0, 3, 2)).toEqual({ tissue: 6, positive: 4 });
    expect(truth.areas(1.5, 0.5, 2.5, 1.5).positive).toBeCloseTo(0.5, 12);
    expect(truth.areas(1.5, 0.5, 2.5, 1.5).tissue).toBeCloseTo(1, 12);
    expect(truth.areas(-5, -5, 50, 50)).toEqual({ tissue: 9, positive: 4 });
    expect(truth.areas(4, 4, 9, 9)).toEqual({ tissue: 0, positive: 0 });
  });

  test("a mask of another size is laid over the image, nearest pixel", () => {
    const large = readTruth(painted("nt", ".t"), NECROSIS, 6, 4);
    expect(large.positiveArea0).toBe(6);
    expect(large.areas(0, 0, 3, 2).positive).toBe(6);
    expect(large.tissueArea0).toBe(18);
    expect(readTruth(painted("nnnn", "nnnn", "tttt", "tttt"), NECROSIS, 2, 2).positiveArea0).toBe(2);
  });
});

describe("scores", () => {
  const truth = readTruth(painted("nnt.", "nnt.", "ttt.", "...."), NECROSIS, 4, 4);
  const cells = cellTruth(truth, { cols: 4, rows: 4, stride0X: 1, stride0Y: 1 });
  const mask = (...on: number[]) => {
    const data = new Uint8Array(16);
    for (const at of on) data[at] = 1;
    return { cols: 4, rows: 4, data };
  };

  test("S is twice the common area over the sum of both, within the tissue of the mask", () => {
    const score = scoreMask(mask(0, 1, 2, 3), cells);
    expect(score.score).toBeCloseTo((2 * 2) / (3 + 4), 12);
    expect(score.predictedFraction).toBeCloseTo(3 / 9, 12);
    expect(score.truthFraction).toBeCloseTo(4 / 9, 12);
  });

  test("the truth itself scores 1, nothing found scores 0", () => {
    expect(scoreMask(mask(0, 1, 4, 5), cells).score).toBe(1);
    expect(scoreMask(mask(), cells).score).toBe(0);
  });

  test("cells larger than pixels count with their shares of tissue and truth", () => {
    const coarse = cellTruth(truth, { cols: 2, rows: 2, stride0X: 3, stride0Y: 3 });
    expect([...coarse.positive]).toEqual([4, 0, 0, 0]);
    expect([...coarse.tissue]).toEqual([9, 0, 0, 0]);
  });

  test("images with less than 1 % count with their false share, the others with S", () => {
    const score = (truthFraction: number, value: number, predictedFraction: number) => ({
      score: value,
      truthFraction,
      predictedFraction,
      commonArea0: 0,
      predictedArea0: 0,
      truthArea0: 0,
    });
    const means = meanScores([score(0.5, 0.8, 0.4), score(0.01, 0.6, 0.1), score(0.009, 0, 0.2), score(0, 0, 0)]);
    expect(means.meanScore).toBeCloseTo(0.7, 12);
    expect(means.meanFalsePositiveFraction).toBeCloseTo(0.1, 12);
    expect(meanScores([])).toEqual({ meanScore: null, meanFalsePositiveFraction: null });
  });
});
