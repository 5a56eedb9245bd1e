import type { FoldFigures } from "./cross-validate.ts";
import { isPositiveImage, meanScores } from "./score.ts";

/** Figures of a cross-validation as the training record keeps them: fractions to four digits, so that they read well and compare. */
export interface RecordedFigures {
  readonly folds: number;
  /** Of S over the images that hold at least 1 % of the positive class; null without such images. */
  readonly meanScore: number | null;
  /** Of the falsely found share of the tissue over the others; null without such images. */
  readonly meanFalsePositiveFraction: number | null;
  readonly positiveImages: number;
  readonly negativeImages: number;
  /** What each fold chose on the others. */
  readonly chosen: readonly { readonly c: number; readonly threshold: number }[];
  readonly images: readonly RecordedImage[];
}

export interface RecordedImage {
  readonly name: string;
  readonly group: string;
  readonly fold: number;
  readonly score: number;
  readonly predictedFraction: number;
  readonly truthFraction: number;
}

/** `groupOf`: group by image name. Folds are counted from 1. */
export function recordFigures(figures: FoldFigures, groupOf: ReadonlyMap<string, string>): RecordedFigures {
  const { meanScore, meanFalsePositiveFraction } = meanScores(figures.images);
  const positiveImages = figures.images.filter(isPositiveImage).length;
  return {
    folds: figures.rules.length,
    meanScore: meanScore === null ? null : rounded(meanScore),
    meanFalsePositiveFraction: meanFalsePositiveFraction === null ? null : rounded(meanFalsePositiveFraction),
    positiveImages,
    negativeImages: figures.images.length - positiveImages,
    chosen: figures.rules.map(({ c, threshold }) => ({ c, threshold })),
    images: figures.images.map((image) => ({
      name: image.name,
      group: groupOf.get(image.name) ?? "",
      fold: image.fold + 1,
      score: rounded(image.score),
      predictedFraction: rounded(image.predictedFraction),
      truthFraction: rounded(image.truthFraction),
    })),
  };
}

export function rounded(value: number, digits = 4): number {
  return Number(value.toFixed(digits));
}
