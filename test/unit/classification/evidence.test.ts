import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { evidenceFor, patchContributions, strongest } from "../../../src/engine/classification/evidence.ts";
import { type Bag, poolBag } from "../../../src/engine/features/bag.ts";

const COLS = 6;

function madeBag(rows: number, seed: number): Bag {
  const random = seededRandom(seed);
  return { features: Float32Array.from({ length: rows * COLS }, () => 3 * random() ** 3), rows, cols: COLS };
}

const decision = { weights: Float32Array.of(0.5, -1, 0.25, 2, -0.75, 0), bias: -0.4 };

function decide(bag: Bag, p: number): number {
  return poolBag(bag, p).reduce((sum, value, k) => sum + decision.weights[k]! * value, decision.bias);
}

describe("what each patch adds to the decision", () => {
  it.each([1, 2, 3, 8])("adds up to the decision exactly, P = %i", (p) => {
    const bag = madeBag(40, 5);
    const contributions = patchContributions(bag, poolBag(bag, p), decision, p);
    expect(contributions.reduce((sum, one) => sum + one, 0)).toBeCloseTo(decide(bag, p), 10);
  });

  it("is the share of the decision that scaling the patch changes", () => {
    const bag = madeBag(12, 7);
    const contributions = patchContributions(bag, poolBag(bag, 3), decision, 3);
    const small = 1e-3;
    for (const row of [0, 5, 11]) {
      const scaled = (factor: number) => ({
        ...bag,
        features: bag.features.map((value, at) => (Math.floor(at / COLS) === row ? value * factor : value)),
      });
      const slope = (decide(scaled(1 + small), 3) - decide(scaled(1 - small), 3)) / (2 * small);
      expect(contributions[row]! - decision.bias / bag.rows).toBeCloseTo(slope, 4);
    }
  });

  it("ranks patches much as leaving each out would", () => {
    const bag = madeBag(30, 9);
    const contributions = patchContributions(bag, poolBag(bag, 3), decision, 3);
    const whole = decide(bag, 3);
    const losses = Array.from({ length: bag.rows }, (_, row) => {
      const features = bag.features.filter((_value, at) => Math.floor(at / COLS) !== row);
      return whole - decide({ features, rows: bag.rows - 1, cols: COLS }, 3);
    });
    expect(correlation([...contributions], losses)).toBeGreaterThan(0.95);
  });

  it("is nothing but the constant where all features are 0, and finite for huge values", () => {
    const empty = { features: new Float32Array(2 * COLS), rows: 2, cols: COLS };
    expect([...patchContributions(empty, poolBag(empty, 3), decision, 3)]).toEqual([-0.2, -0.2]);
    const huge = { features: new Float32Array(2 * COLS).fill(3e38), rows: 2, cols: COLS };
    const contributions = patchContributions(huge, poolBag(huge, 3), decision, 3);
    expect(contributions.every(Number.isFinite)).toBe(true);
  });
});

describe("evidence for the winner", () => {
  it("turns around where the winner is the negative class of a pair, and averages over its pairs", () => {
    const pairs = [
      { positive: "b", negative: "a", contributions: Float64Array.of(1, -2) },
      { positive: "c", negative: "a", contributions: Float64Array.of(3, 4) },
      { positive: "c", negative: "b", contributions: Float64Array.of(100, 100) },
    ];
    expect([...evidenceFor("a", pairs)]).toEqual([-2, -1]);
    expect([...evidenceFor("c", pairs)]).toEqual([51.5, 52]);
    expect(() => evidenceFor("d", pairs)).toThrow('no pair with "d"');
  });

  it("lists the strongest on each side, in the order of the grid among equals", () => {
    const evidence = Float64Array.of(0.5, -1, 2, 0, -3, 2);
    expect(strongest(evidence, 2)).toEqual({ supporting: [2, 5], opposing: [4, 1] });
    expect(strongest(Float64Array.of(1), 5)).toEqual({ supporting: [0], opposing: [] });
  });
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const along = a.reduce((sum, value, i) => sum + (value - ma) * (b[i]! - mb), 0);
  return along / Math.sqrt(a.reduce((s, v) => s + (v - ma) ** 2, 0) * b.reduce((s, v) => s + (v - mb) ** 2, 0));
}
