import { DEFAULT_BOOTSTRAP_OPTIONS, type Estimate, groupBootstrap } from "../evaluation/bootstrap.ts";
import { accuracy, balancedAccuracy, type ConfusionMatrix, confusionMatrix } from "../evaluation/confusion.ts";
import { checkFolds } from "../evaluation/leakage.ts";
import { reliabilityBins } from "../evaluation/reliability.ts";
import { type ReliabilityDiagram, reliabilityDiagram } from "../evaluation/reliability-diagram.ts";
import { rocAuc } from "../evaluation/roc.ts";
import { rounded, roundedEstimate } from "../training/figures.ts";

/** An image beside its label. */
export interface LabelledPrediction {
  readonly name: string;
  readonly group: string;
  readonly label: string;
  readonly predicted: string;
  /** For the predicted class, of the coupled probabilities. */
  readonly confidence: number;
  /**
   * With two classes w . f + b for the second one; with more the mean of the predicted class's decisions against the others.
   */
  readonly decision: number;
}

export interface ClassificationScores {
  readonly accuracy: number;
  /** Mean over the classes that occur of the share of their images that was recognised. */
  readonly balancedAccuracy: number;
  /** Of the decision for the second class; null with more than two classes or one label only. */
  readonly auc: number | null;
  /** confusion[label][predicted], images. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Throws `RangeError` without images. */
export function classificationScores(
  images: readonly LabelledPrediction[],
  classes: readonly string[],
): ClassificationScores {
  if (images.length === 0) throw new RangeError("no image to score");
  const matrix = matrixOf(images, classes);
  const confusion = Object.fromEntries(
    classes.map((label, row) => [
      label,
      Object.fromEntries(classes.map((predicted, col) => [predicted, matrix.counts[row]![col]!])),
    ]),
  );
  return {
    accuracy: accuracy(matrix)!,
    balancedAccuracy: balancedAccuracy(matrix)!,
    auc: aucOf(images, classes),
    confusion,
  };
}

/** The figures with their intervals by group bootstrap. */
export interface ClassificationEstimates {
  readonly accuracy: Estimate;
  readonly balancedAccuracy: Estimate;
  /** Its value is null with more than two classes or one label only. */
  readonly auc: Estimate;
}

export function classificationEstimates(
  images: readonly LabelledPrediction[],
  classes: readonly string[],
): ClassificationEstimates {
  return groupBootstrap(images, ({ group }) => group, {
    accuracy: (drawn: readonly LabelledPrediction[]) => accuracy(matrixOf(drawn, classes)),
    balancedAccuracy: (drawn) => (hasAllOf(drawn, images) ? balancedAccuracy(matrixOf(drawn, classes)) : null),
    auc: (drawn) => aucOf(drawn, classes),
  });
}

/** How often a prediction was right, by its confidence. */
export function predictionReliability(images: readonly LabelledPrediction[]): ReliabilityDiagram {
  return reliabilityDiagram(
    images.map(({ group, confidence, label, predicted }) => ({
      group,
      reliability: reliabilityBins([{ confidence, weight: 1, positive: label === predicted ? 1 : 0 }]),
    })),
  );
}

function matrixOf(images: readonly LabelledPrediction[], classes: readonly string[]): ConfusionMatrix {
  return confusionMatrix(
    classes,
    images.map(({ label }) => classes.indexOf(label)),
    images.map(({ predicted }) => classes.indexOf(predicted)),
  );
}

function aucOf(images: readonly LabelledPrediction[], classes: readonly string[]): number | null {
  if (classes.length !== 2) return null;
  return rocAuc(
    images.map(({ decision }) => decision),
    images.map(({ label }) => (label === classes[1] ? 1 : 0)),
  );
}

/** A resample without one of the classes has another balanced accuracy than the one that is asked for. */
function hasAllOf(drawn: readonly LabelledPrediction[], images: readonly LabelledPrediction[]): boolean {
  return new Set(drawn.map(({ label }) => label)).size === new Set(images.map(({ label }) => label)).size;
}

/** Figures of a cross-validation as the training record keeps them: to four digits. */
export interface RecordedClassification extends ClassificationScores {
  readonly folds: number;
  /** So many groups were drawn so many times; share of the resamples between the ends. */
  readonly intervals: ClassificationEstimates & {
    readonly groups: number;
    readonly resamples: number;
    readonly seed: number;
    readonly level: number;
  };
  /** What each fold chose on the others. */
  readonly chosen: readonly { readonly c: number }[];
  readonly images: readonly (LabelledPrediction & { readonly fold: number })[];
}

/** Folds are counted from 1. Throws `evaluation/group-on-both-sides` for a group in several folds. */
export function recordClassification(
  images: readonly (LabelledPrediction & { readonly fold: number })[],
  classes: readonly string[],
  chosen: readonly { readonly c: number }[],
): RecordedClassification {
  const groups = images.map(({ group }) => group);
  checkFolds(
    groups,
    images.map(({ fold }) => fold),
  );
  const scores = classificationScores(images, classes);
  const estimates = classificationEstimates(images, classes);
  return {
    folds: chosen.length,
    accuracy: rounded(scores.accuracy),
    balancedAccuracy: rounded(scores.balancedAccuracy),
    auc: scores.auc === null ? null : rounded(scores.auc),
    confusion: scores.confusion,
    intervals: {
      groups: new Set(groups).size,
      ...DEFAULT_BOOTSTRAP_OPTIONS,
      accuracy: roundedEstimate(estimates.accuracy),
      balancedAccuracy: roundedEstimate(estimates.balancedAccuracy),
      auc: roundedEstimate(estimates.auc),
    },
    chosen: chosen.map(({ c }) => ({ c })),
    images: images.map((image) => ({
      ...image,
      fold: image.fold + 1,
      decision: rounded(image.decision),
      confidence: rounded(image.confidence),
    })),
  };
}
