import { describe, expect, test } from "vitest";
import {
  expectedCalibrationError,
  mergedBins,
  observedShare,
  reliabilityBins,
  risesThroughout,
} from "../../../src/engine/evaluation/reliability.ts";
import { type BinnedImage, reliabilityDiagram } from "../../../src/engine/evaluation/reliability-diagram.ts";
import { reliabilitySvg } from "../../../src/engine/evaluation/reliability-svg.ts";

const items = [
  { confidence: 0.05, weight: 2, positive: 0 },
  { confidence: 0.15, weight: 1, positive: 1 },
  { confidence: 0.95, weight: 1, positive: 1 },
  { confidence: 1, weight: 1, positive: 0.5 },
];

describe("bins", () => {
  test("the error is the mean distance between confidence and share, by weight", () => {
    const bins = reliabilityBins(items);
    expect([...bins.count]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(observedShare(bins, 9)).toBe(0.75);
    expect(observedShare(bins, 5)).toBeNull();
    // |0 - 0.1| + |1 - 0.15| + |1.5 - 1.95| over a weight of 5.
    expect(expectedCalibrationError(bins)).toBeCloseTo((0.1 + 0.85 + 0.45) / 5, 12);
    expect(risesThroughout(bins)).toBe(false);
  });

  test("what was not computed and what has no weight is left out", () => {
    const bins = reliabilityBins([
      { confidence: Number.NaN, weight: 3, positive: 3 },
      { confidence: 0.5, weight: 0, positive: 0 },
    ]);
    expect(bins.count.reduce((sum, count) => sum + count, 0)).toBe(0);
    expect(expectedCalibrationError(bins)).toBeNull();
    expect(risesThroughout(bins)).toBe(true);
  });

  test("bins of parts add up to the bins of the whole", () => {
    const parts = items.map((item) => reliabilityBins([item]));
    expect(mergedBins(parts)).toEqual(reliabilityBins(items));
  });
});

describe("the diagram", () => {
  const images: BinnedImage[] = Array.from({ length: 12 }, (_, i) => ({
    group: `g${i % 4}`,
    reliability: reliabilityBins(
      Array.from({ length: 50 }, (_, k) => ({
        confidence: (k + 0.5) / 50,
        weight: 1,
        positive: k % 50 > 10 + i ? 1 : 0,
      })),
    ),
  }));

  test("has every bin with its share and interval, and the error with its own", () => {
    const { bins, expectedCalibrationError: error, risesThroughout: rises } = reliabilityDiagram(images);
    expect(bins).toHaveLength(10);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(600);
    expect(bins.reduce((sum, { weightShare }) => sum + weightShare, 0)).toBeCloseTo(1, 12);
    expect(rises).toBe(true);
    expect(bins[0]?.observed).toMatchObject({ value: 0, low: 0, high: 0 });
    const middle = bins[3]?.observed;
    expect(middle?.low).toBeLessThanOrEqual(middle?.value ?? 0);
    expect(middle?.high).toBeGreaterThanOrEqual(middle?.value ?? 1);
    expect(error.low).toBeLessThan(error.value ?? 0);
    expect(reliabilityDiagram(images)).toEqual(reliabilityDiagram(images));
  });

  test("is drawn as a well-formed picture with one dot per filled bin", () => {
    const svg = reliabilitySvg(reliabilityDiagram(images), "a < b & c");
    expect(svg.startsWith("<svg xmlns=")).toBe(true);
    expect(svg).toContain("a &lt; b &amp; c");
    expect(svg.match(/<circle/g)).toHaveLength(10);
    expect(svg).not.toContain("NaN");
    const some = reliabilitySvg(reliabilityDiagram([{ group: "g", reliability: reliabilityBins(items) }]), "some");
    expect(some.match(/<circle/g)).toHaveLength(3);
    expect(some).not.toMatch(/NaN|undefined|null/);
  });
});
