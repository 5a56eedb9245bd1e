import { rounded } from "../training/figures.ts";
import { rankAuc } from "./auc.ts";

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
  const count = (label: string, predicted: string) =>
    images.filter((image) => image.label === label && image.predicted === predicted).length;
  const confusion = Object.fromEntries(
    classes.map((label) => [
      label,
      Object.fromEntries(classes.map((predicted) => [predicted, count(label, predicted)])),
    ]),
  );
  const recalls = classes.flatMap((label) => {
    const total = images.filter((image) => image.label === label).length;
    return total === 0 ? [] : [count(label, label) / total];
  });
  const right = images.filter(({ label, predicted }) => label === predicted).length;
  const auc = rankAuc(
    images.map(({ decision }) => decision),
    images.map(({ label }) => (label === classes[1] ? 1 : 0)),
  );
  return {
    accuracy: right / images.length,
    balancedAccuracy: recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length,
    auc: classes.length === 2 && Number.isFinite(auc) ? auc : null,
    confusion,
  };
}

/** Figures of a cross-validation as the training record keeps them: to four digits. */
export interface RecordedClassification extends ClassificationScores {
  readonly folds: number;
  /** What each fold chose on the others. */
  readonly chosen: readonly { readonly c: number }[];
  readonly images: readonly (LabelledPrediction & { readonly fold: number })[];
}

/** Folds are counted from 1. */
export function recordClassification(
  images: readonly (LabelledPrediction & { readonly fold: number })[],
  classes: readonly string[],
  chosen: readonly { readonly c: number }[],
): RecordedClassification {
  const { accuracy, balancedAccuracy, auc, confusion } = classificationScores(images, classes);
  return {
    folds: chosen.length,
    accuracy: rounded(accuracy),
    balancedAccuracy: rounded(balancedAccuracy),
    auc: auc === null ? null : rounded(auc),
    confusion,
    chosen: chosen.map(({ c }) => ({ c })),
    images: images.map((image) => ({
      ...image,
      fold: image.fold + 1,
      decision: rounded(image.decision),
      confidence: rounded(image.confidence),
    })),
  };
}
