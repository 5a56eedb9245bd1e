import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { poolMap } from "../../../src/engine/features/pool.ts";
import { powerMean } from "../../../src/engine/features/power-mean.ts";

const all = (values: Float32Array | Float64Array, p: number) =>
  powerMean(values, { from: 0, count: values.length, step: 1, p });

describe("p-norm pooling", () => {
  it("is the mean for P = 1, grows with P, and is the largest value in the end", () => {
    const values = Float64Array.of(1, 2, 3, 6);
    expect(all(values, 1)).toBeCloseTo(3, 14);
    expect(all(values, 3)).toBeCloseTo((252 / 4) ** (1 / 3), 14);
    const pooled = [1, 2, 3, 5, 8, 64].map((p) => all(values, p));
    expect(pooled).toEqual([...pooled].sort((a, b) => a - b));
    expect(all(values, Number.POSITIVE_INFINITY)).toBe(6);
  });

  it("holds where v^P overflows or vanishes", () => {
    expect(all(Float64Array.of(1e200, 1e200), 3)).toBeCloseTo(1e200, -187);
    expect(all(Float64Array.of(3e-200, 3e-200), 3) / 3e-200).toBeCloseTo(1, 14);
    const largest = all(Float64Array.of(1e308, 1e308 / 2), 64) / 1e308;
    expect(largest).toBeCloseTo(0.5 ** (1 / 64), 14);
  });

  it("loses no digits over a million values", () => {
    const values = new Float64Array(1_000_000).fill(0.1);
    expect(Math.abs(all(values, 3) / 0.1 - 1)).toBeLessThan(1e-15);
    const random = seededRandom(3);
    const mixed = Float64Array.from({ length: 100_000 }, () => random());
    const inOrder = all(mixed, 3);
    expect(all(mixed.toSorted(), 3)).toBeCloseTo(inOrder, 15);
  });

  it("scales with the values and does not depend on repeating them", () => {
    const values = Float64Array.of(0.2, 1.7, 3.3);
    const twice = Float64Array.of(0.2, 1.7, 3.3, 0.2, 1.7, 3.3);
    expect(all(twice, 3)).toBeCloseTo(all(values, 3), 14);
    expect(
      all(
        values.map((v) => v * 40),
        3,
      ),
    ).toBeCloseTo(40 * all(values, 3), 12);
  });

  it("counts a negative value by its size, zero as zero, and keeps NaN", () => {
    expect(all(Float64Array.of(-2, 2), 3)).toBeCloseTo(2, 14);
    expect(all(Float64Array.of(0, 0), 3)).toBe(0);
    expect(all(Float64Array.of(1, Number.NaN), 3)).toBeNaN();
    expect(all(Float64Array.of(Number.NaN, 1), 3)).toBeNaN();
  });

  it("refuses an exponent below 1 and values outside of the block", () => {
    expect(() => all(Float64Array.of(1), 0.5)).toThrow("at least 1");
    expect(() => powerMean(Float64Array.of(1, 2), { from: 1, count: 2, step: 1, p: 3 })).toThrow("leave 2");
  });

  it("pools the planes of a map alike", () => {
    const map = Float32Array.of(1, 2, 3, 4, 0, 0, 0, 8);
    expect(poolMap(map, 4, { kind: "p-norm", p: 3 })).toEqual(
      Float32Array.of(all(Float64Array.of(1, 2, 3, 4), 3), all(Float64Array.of(0, 0, 0, 8), 3)),
    );
  });
});
