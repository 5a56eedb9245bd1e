import { expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { bestStump, stumpSign } from "../../../src/engine/comparators/gaussian-stump.ts";
import { CLUSTERS, type InstanceBlock, mcilProbabilities, trainMcil } from "../../../src/engine/comparators/mcil.ts";
import { bagLoss, bagProbabilities, lossSlopes } from "../../../src/engine/comparators/mcil-loss.ts";

const first = Int32Array.of(0, 3, 4, 9);
const bags = { first, labels: Uint8Array.of(1, 0, 0), weights: Float64Array.of(0.5, 0.25, 0.25) };

function scoresFor(seed: number, spread: number): Float64Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: 4 }, () => Float64Array.from({ length: 9 }, () => (random() - 0.5) * spread));
}

test("slopes of the loss equal its finite differences", () => {
  for (const spread of [0.2, 2, 8]) {
    const scores = scoresFor(1, spread);
    for (const cluster of scores.keys()) {
      const slopes = lossSlopes(scores, cluster, bags);
      slopes.forEach((slope, i) => {
        const at = (shift: number) =>
          bagLoss(
            scores.map((own, k) => (k === cluster ? own.map((value, j) => (j === i ? value + shift : value)) : own)),
            bags,
          );
        const difference = -(at(1e-5) - at(-1e-5)) / 2e-5;
        expect(Math.abs(slope - difference)).toBeLessThan(1e-7 + 1e-5 * Math.abs(difference));
      });
    }
  }
});

test("a bag's probability lies between the mean and the largest of its instances, and instances never overflow", () => {
  const scores = scoresFor(2, 3);
  const probabilities = bagProbabilities(scores, first);
  probabilities.forEach((p, bag) => {
    const values = scores.flatMap((own) =>
      [...own.subarray(first[bag]!, first[bag + 1]!)].map((h) => 1 / (1 + Math.exp(-2 * h))),
    );
    expect(p).toBeLessThanOrEqual(Math.max(...values));
    expect(p).toBeGreaterThanOrEqual(values.reduce((a, b) => a + b) / values.length);
  });
  const extreme = scores.map((own) => own.map((value) => value * 200));
  expect(Number.isFinite(bagLoss(extreme, bags))).toBe(true);
  const low = scores.map((own) => own.map(() => -60));
  expect([...bagProbabilities(low, first)].every((p) => p > 0 && p < 1e-40)).toBe(true);
  expect([...lossSlopes(low, 0, bags)].every(Number.isFinite)).toBe(true);
});

test("the best weak classifier uses the feature that tells the signs apart, also where one class lies on both sides", () => {
  const rows = 40;
  const random = seededRandom(4);
  const slopes = Float64Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 1 : -1));
  // Feature 1: positives near 5, negatives near 1 and 9.
  const data = Float32Array.from({ length: 2 * rows }, (_, at) => {
    const i = at % rows;
    if (at < rows) return random();
    return i % 2 === 0 ? 5 + random() : (i % 4 === 1 ? 1 : 9) + random();
  });
  const stump = bestStump({ data, rows, cols: 2 }, slopes)!;
  expect(stump.feature).toBe(1);
  for (let i = 0; i < rows; i++) expect(stumpSign(stump, data[rows + i]!)).toBe(slopes[i]! > 0 ? 1 : -1);
  expect(bestStump({ data, rows, cols: 2 }, new Float64Array(rows).fill(1))).toBeNull();
  expect(bestStump({ data: new Float32Array(rows).fill(7), rows, cols: 1 }, slopes)).toBeNull();
});

/** Bags of six instances in five features; a positive bag holds one or two instances of one of two kinds. */
function toyBags(seed: number, count: number): { block: InstanceBlock; labels: Uint8Array } {
  const random = seededRandom(seed);
  const [perBag, cols] = [6, 5];
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const features = Float32Array.from({ length: count * perBag * cols }, () => random() - 0.5);
  for (let bag = 0; bag < count; bag++) {
    if (labels[bag] === 0) continue;
    const kind = Math.floor(random() * 2);
    for (let k = 0; k <= Math.floor(random() * 2); k++) {
      features[(bag * perBag + Math.floor(random() * perBag)) * cols + kind] = 3 + random();
    }
  }
  return { block: { features, cols, first: Int32Array.from({ length: count + 1 }, (_, i) => i * perBag) }, labels };
}

test("boosting lowers the loss in every round and learns which bags hold a telling instance", () => {
  const { block, labels } = toyBags(1, 60);
  const model = trainMcil(block, labels, 15);
  for (let k = 1; k < model.losses.length; k++) expect(model.losses[k]).toBeLessThan(model.losses[k - 1]!);
  expect(model.losses.at(-1)!).toBeLessThan(model.losses[0]! / 4);
  expect(new Set(model.stumps.map(({ feature }) => feature)).has(0)).toBe(true);
  expect(new Set(model.stumps.map(({ feature }) => feature)).has(1)).toBe(true);
  expect(Math.max(...model.stumps.map(({ cluster }) => cluster))).toBeLessThan(CLUSTERS);

  const unseen = toyBags(2, 60);
  const [few, all] = mcilProbabilities(model, unseen.block, [1, 15]) as [Float64Array, Float64Array];
  const ranked = [...all.keys()].sort((a, b) => all[b]! - all[a]!);
  const right = ranked.slice(0, 30).filter((bag) => unseen.labels[bag] === 1).length;
  expect(right).toBeGreaterThanOrEqual(28);
  expect([...few]).not.toEqual([...all]);
  expect(trainMcil(block, labels, 15)).toEqual(model);
});

test("the probabilities after few rounds are those of a model that was trained so far only", () => {
  const { block, labels } = toyBags(3, 30);
  const [early] = mcilProbabilities(trainMcil(block, labels, 8), block, [3]);
  const [short] = mcilProbabilities(trainMcil(block, labels, 3), block, [3]);
  expect(early).toEqual(short);
});
