import type { PooledSet } from "../classification-training/collect-bags.ts";
import type { BagJudge } from "../classification-training/cross-validate-bags.ts";
import { plainRows, rowsOfImages } from "../classification-training/fit-bags.ts";
import type { Bag } from "../features/bag.ts";
import { classPairs } from "../svm/one-vs-one.ts";
import type { BagStudy } from "./bag-study.ts";
import { type InstanceBlock, type McilModel, mcilProbabilities, trainMcil } from "./mcil.ts";

/** Candidates for the number of rounds, ascending: chosen on the training folds as C is for the SVM. */
export const MCIL_ROUNDS = [10, 25, 50, 100] as const;

/** A probability closer to 0 or 1 decides no more than this. */
const LIMIT = 1e-12;

/**
 * MCIL on the network's features of the patches, before any pooling: an image is a bag, a view of it another one. One model for each pair
 * of classes, whose second class is the positive one. A bag's decision is the logarithm of its odds, calibrated and cut on the
 * training folds as the SVM's are.
 *
 * `bags`: one per row of `set`.
 */
export function mcilJudges(
  study: BagStudy,
  set: PooledSet,
  bags: readonly Bag[],
): (excluded: readonly number[]) => BagJudge {
  const { foldOf, fit } = study;
  const pairs = classPairs(fit.classes);
  const plain = plainRows(set, foldOf.length);
  const most = MCIL_ROUNDS.at(-1) ?? 0;
  return (excluded) => {
    study.onStep?.(`MCIL without fold ${excluded.map((fold) => fold + 1).join(" and ")}`);
    const models = pairs.map(({ positive, negative }): McilModel => {
      const rows = rowsOfImages(set, (image) => {
        const label = fit.labels[image];
        return !excluded.includes(foldOf[image]!) && (label === positive || label === negative);
      });
      const labels = Uint8Array.from(rows, (row) => (fit.labels[set.images[row]!] === positive ? 1 : 0));
      return trainMcil(blockOf(Array.from(rows, (row) => bags[row]!)), labels, most);
    });
    return {
      decide: (image) => {
        const block = blockOf([bags[plain[image]!]!]);
        const byPair = models.map((model) => mcilProbabilities(model, block, MCIL_ROUNDS));
        return MCIL_ROUNDS.map((_, index) => Float64Array.from(byPair, (found) => logOdds(found[index]![0]!)));
      },
    };
  };
}

function blockOf(bags: readonly Bag[]): InstanceBlock {
  const cols = bags[0]?.cols ?? 0;
  const first = new Int32Array(bags.length + 1);
  bags.forEach(({ rows }, k) => {
    first[k + 1] = first[k]! + rows;
  });
  const features = new Float32Array(first.at(-1)! * cols);
  bags.forEach((bag, k) => {
    features.set(bag.features, first[k]! * cols);
  });
  return { features, cols, first };
}

function logOdds(p: number): number {
  const kept = Math.min(1 - LIMIT, Math.max(LIMIT, p));
  return Math.log(kept / (1 - kept));
}
