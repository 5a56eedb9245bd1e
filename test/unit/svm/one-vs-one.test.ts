import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { coupleRow } from "../../../src/engine/svm/couple.ts";
import {
  type ClassSamples,
  classPairs,
  fitPairSigmoids,
  pairDecisions,
  predictClasses,
  trainOneVsOne,
} from "../../../src/engine/svm/one-vs-one.ts";
import { trainLinearSvm } from "../../../src/engine/svm/train.ts";

interface Golden {
  readonly decisionTolerance: number;
  readonly couplings: readonly {
    readonly name: string;
    readonly classes: number;
    readonly pairwise: number[];
    readonly probabilities: number[];
  }[];
  readonly problems: readonly {
    readonly name: string;
    readonly rows: number;
    readonly cols: number;
    readonly classes: number;
    readonly c: number;
    readonly balanced: boolean;
    readonly features: number[];
    readonly labels: number[];
    /** Per pair; scikit-learn's positive class is the later one too. */
    readonly decisions: number[][];
    readonly predicted: number[];
  }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL("../../fixtures/svm/one-vs-one.json", import.meta.url), "utf8"));

describe("against scikit-learn's OneVsOneClassifier over LinearSVC (test/fixtures/svm/make_one_vs_one_golden.py)", () => {
  test.each(golden.problems)("$name: the same decisions of all pairs and the same votes", (one) => {
    const samples: ClassSamples = {
      ...one,
      features: Float32Array.from(one.features),
      labels: Uint8Array.from(one.labels),
    };
    const classWeight = one.balanced ? "balanced" : "none";
    const pairs = trainOneVsOne(samples, { c: one.c, classWeight, tolerance: 1e-9, maxPasses: 200_000 });
    const decisions = pairDecisions(pairs, samples.features);
    expect(decisions.length).toBe(one.decisions.length);
    decisions.forEach((found, pair) => {
      const largest = found.reduce(
        (most, value, row) => Math.max(most, Math.abs(value - one.decisions[pair]![row]!)),
        0,
      );
      expect(largest).toBeLessThan(golden.decisionTolerance);
    });
    const sigmoids = fitPairSigmoids(pairs, decisions, samples.labels);
    const { labels, votes, probabilities } = predictClasses(pairs, sigmoids, decisions, one.classes);
    expect([...labels]).toEqual(one.predicted);
    for (let row = 0; row < one.rows; row++) {
      const own = [...probabilities.subarray(row * one.classes, (row + 1) * one.classes)];
      expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      expect(votes.subarray(row * one.classes, (row + 1) * one.classes).reduce((a, b) => a + b)).toBe(pairs.length);
    }
  });
});

describe("pairwise coupling", () => {
  test.each(golden.couplings)("$name: the probabilities of Wu, Lin and Weng's own iteration", (one) => {
    const found = coupled(one.pairwise, one.classes);
    found.forEach((p, i) => {
      expect(p).toBeCloseTo(one.probabilities[i]!, 9);
    });
  });

  test("two classes keep the probability of their only pair", () => {
    const [first, second] = coupled([0, 0.3, 0.7, 0], 2);
    expect(first).toBeCloseTo(0.3, 14);
    expect(second).toBeCloseTo(0.7, 14);
  });

  test("probabilities that agree with one another come back as they were", () => {
    const p = [0.5, 0.2, 0.2, 0.1];
    const pairwise = p.flatMap((mine) => p.map((other) => mine / (mine + other)));
    coupled(pairwise, 4).forEach((found, i) => {
      expect(found).toBeCloseTo(p[i]!, 12);
    });
  });

  test("pairs that are sure beyond doubt still give probabilities: the class that beats all others has 1", () => {
    expect(coupled([0, 1, 1, 0, 0, 0.5, 0, 0.5, 0], 3)).toEqual([1, 0, 0]);
    // Each beats one other: nothing is known.
    for (const p of coupled([0, 1, 0, 0, 0, 1, 1, 0, 0], 3)) expect(p).toBeCloseTo(1 / 3, 12);
  });
});

test("pairs go by their lower, then their higher index, and the higher one is positive", () => {
  expect(classPairs(3)).toEqual([
    { negative: 0, positive: 1 },
    { negative: 0, positive: 2 },
    { negative: 1, positive: 2 },
  ]);
  expect(classPairs(8)).toHaveLength(28);
});

test("two classes are the two-class problem, to the last bit", () => {
  const samples = clouds(2, 40, 5);
  const [only] = trainOneVsOne(samples, { c: 0.3, classWeight: "balanced" });
  const alone = trainLinearSvm(samples, { c: 0.3, classWeight: "balanced" });
  expect(only?.weights).toEqual(alone.weights);
  expect(only?.bias).toBe(alone.bias);
});

test("a pair does not see the rows of other classes", () => {
  const all = clouds(4, 80, 3);
  const moved = { ...all, features: all.features.slice() };
  all.labels.forEach((label, row) => {
    if (label === 3) moved.features.fill(100 + row, row * 3, row * 3 + 3);
  });
  const before = trainOneVsOne(all);
  const after = trainOneVsOne(moved);
  classPairs(4).forEach(({ positive }, pair) => {
    if (positive === 3) expect(after[pair]?.weights).not.toEqual(before[pair]?.weights);
    else expect(after[pair]?.weights).toEqual(before[pair]?.weights);
  });
});

test("row weights go with their rows", () => {
  const one = clouds(3, 60, 4);
  const extra = { ...one, weights: Float64Array.from(one.labels, (_, row) => (row % 4 === 0 ? 0 : 1)) };
  const kept = [...one.labels.keys()].filter((row) => row % 4 !== 0);
  const fewer: ClassSamples = {
    ...one,
    rows: kept.length,
    labels: Uint8Array.from(kept, (row) => one.labels[row]!),
    features: Float32Array.from(kept.flatMap((row) => [...one.features.subarray(row * 4, row * 4 + 4)])),
  };
  const options = { c: 0.1, tolerance: 1e-10, maxPasses: 100_000 };
  const a = trainOneVsOne(extra, options);
  const b = trainOneVsOne(fewer, options);
  a.forEach((pair, index) => {
    pair.weights.forEach((weight, j) => {
      expect(weight).toBeCloseTo(b[index]!.weights[j]!, 6);
    });
  });
});

test("equal votes go to the class with the larger sum of decisions", () => {
  const pairs = classPairs(3);
  // 1 beats 0, 0 beats 2, 2 beats 1: one vote each; 2 wins by the most, 0 loses least.
  const decisions = [Float64Array.of(0.1), Float64Array.of(-0.2), Float64Array.of(3)];
  const sigmoids = pairs.map(() => ({ a: -1, b: 0 }));
  const { labels, votes } = predictClasses(pairs, sigmoids, decisions, 3);
  expect([...votes]).toEqual([1, 1, 1]);
  expect(labels[0]).toBe(2);
});

test("a class without rows and a label beyond the classes are named", () => {
  const samples = clouds(3, 30, 2);
  expect(() => trainOneVsOne({ ...samples, classes: 4 })).toThrow("none of class 3");
  expect(() => trainOneVsOne({ ...samples, classes: 2 })).toThrow("Expected labels 0 to 1, found 2 in row 2");
  expect(() => trainOneVsOne({ ...samples, classes: 1, labels: new Uint8Array(30) })).toThrow("found 1 class");
});

function coupled(pairwise: readonly number[], classes: number): number[] {
  const out = new Float64Array(classes);
  coupleRow(Float64Array.from(pairwise), classes, out);
  return [...out];
}

/** Overlapping clouds, one per class, in turn. */
function clouds(classes: number, rows: number, cols: number): ClassSamples {
  const random = seededRandom(5);
  const labels = Uint8Array.from({ length: rows }, (_, row) => row % classes);
  const features = Float32Array.from({ length: rows * cols }, (_, at) => {
    const label = Math.floor(at / cols) % classes;
    return random() * 2 + (at % cols === label % cols ? 1 : 0);
  });
  return { features, rows, cols, labels, classes };
}
