import { AppError } from "../base/errors.ts";
import type { ModelPack } from "../modelpack/types.ts";
import { confidence } from "../svm/calibrate.ts";
import { predictClasses } from "../svm/one-vs-one.ts";

/** What one SVM of the pack says. */
export interface PairDecision {
  readonly positive: string;
  readonly negative: string;
  /** w . f + b; above 0 speaks for `positive`. */
  readonly decision: number;
  /** That it is `positive`, of these two. */
  readonly confidence: number;
}

export interface Prediction {
  /** Most votes of the pairs; of equals the one with the larger sum of decisions. */
  readonly predicted: string;
  /** One per class of the pack, coupled from the pairs; sum 1. */
  readonly probabilities: readonly number[];
  readonly pairs: readonly PairDecision[];
}

/** Throws `analysis/mode-mismatch` unless the pack classifies, patch by patch. */
export function checkClassificationPack(pack: Pick<ModelPack, "task" | "name" | "sampling">): void {
  if (pack.task === "classification" && pack.sampling.mode === "patchwise") return;
  const found = pack.task === "classification" ? "one in dense passes" : `the ${pack.task} pack`;
  throw new AppError(
    "analysis/mode-mismatch",
    `Expected a pack that classifies slides patch by patch, found ${found} "${pack.name}"; choose another pack.`,
  );
}

/** One-against-one voting over the decisions of the pack's SVMs, in their order. */
export function predictSlide(pack: Pick<ModelPack, "classes" | "svms">, decisions: Float64Array): Prediction {
  const { classes, svms } = pack;
  const pairs = svms.map(({ positive, negative }) => ({
    positive: classes.indexOf(positive),
    negative: classes.indexOf(negative),
  }));
  const calibrations = svms.map(({ calibration }) => calibration);
  const columns = Array.from(decisions, (decision) => Float64Array.of(decision));
  const { labels, probabilities } = predictClasses(pairs, calibrations, columns, classes.length);
  return {
    predicted: classes[labels[0]!]!,
    probabilities: [...probabilities],
    pairs: svms.map(({ positive, negative, calibration }, index) => ({
      positive,
      negative,
      decision: decisions[index]!,
      confidence: confidence(calibration, decisions[index]!),
    })),
  };
}
