import { type ClassPair, classPairs, pairSamples } from "../svm/one-vs-one.ts";
import { columnStatistics, foldScaling, standardiseRows } from "../svm/scale.ts";
import { trainLinearSvm } from "../svm/train.ts";
import type { SvmConfig } from "./config.ts";
import type { LinearModel } from "./feature-view.ts";
import { ascending, type WindowSet } from "./fit.ts";

/** Acts on unscaled features. */
export interface PairModel extends LinearModel, ClassPair {
  readonly passes: number;
  readonly converged: boolean;
}

/** One SVM for each pair of those classes that the training rows have, for one C. */
export interface FittedClasses {
  readonly c: number;
  /** In the order of `classPairs`, less the pairs that lack a class. */
  readonly pairs: readonly PairModel[];
}

/**
 * Standardises the given rows by their own mean and deviation and trains one SVM per pair of classes and C, in ascending order of
 * C, each starting from the one before. The scaling is folded into the weights.
 */
export function fitClassPath(
  windows: WindowSet,
  rows: Int32Array,
  classes: number,
  svm: SvmConfig,
  seed: number,
): FittedClasses[] {
  const statistics = columnStatistics(windows.features, windows.cols, { rows });
  const samples = {
    features: standardiseRows(windows.features, windows.cols, statistics, rows),
    rows: rows.length,
    cols: windows.cols,
    labels: Uint8Array.from(rows, (row) => windows.labels[row]!),
    classes,
  };
  const { loss, classWeight, tolerance, maxPasses } = svm;
  const candidates = ascending(svm.c);
  const paths = classPairs(classes)
    .filter((pair) => samples.labels.includes(pair.positive) && samples.labels.includes(pair.negative))
    .map((pair): PairModel[] => {
      const own = pairSamples(samples, pair);
      let start: Float64Array | undefined;
      return candidates.map((c) => {
        const options = { loss, classWeight, tolerance, maxPasses, c, seed };
        const trained = trainLinearSvm(own, start ? { ...options, start } : options);
        start = trained.alpha;
        const { iterations: passes, converged } = trained;
        return { ...pair, ...foldScaling(trained, statistics), passes, converged };
      });
    });
  return candidates.map((c, index) => ({ c, pairs: paths.map((path) => path[index]!) }));
}
