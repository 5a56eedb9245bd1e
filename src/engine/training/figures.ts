import { DEFAULT_BOOTSTRAP_OPTIONS, type Estimate } from "../evaluation/bootstrap.ts";
import { checkFolds } from "../evaluation/leakage.ts";
import { type DiagramBin, reliabilityDiagram } from "../evaluation/reliability-diagram.ts";
import { type AreaBias, segmentationFigures } from "../evaluation/segmentation-figures.ts";
import type { FoldedScore, FoldFigures } from "./cross-validate.ts";
import { type ImageScore, isPositiveImage, meanScores } from "./score.ts";

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
  readonly intervals: RecordedIntervals;
  readonly reliability: RecordedReliability;
}

export interface RecordedImage {
  readonly name: string;
  readonly group: string;
  readonly fold: number;
  readonly score: number;
  readonly predictedFraction: number;
  readonly truthFraction: number;
}

/** Figures of a cross-validation with their intervals, numbers to four digits. */
export interface RecordedIntervals {
  /** So many groups were drawn so many times; share of the resamples between the ends. */
  readonly groups: number;
  readonly resamples: number;
  readonly seed: number;
  readonly level: number;
  /** As `SegmentationFigures`. */
  readonly score: Estimate;
  readonly falsePositiveFraction: Estimate;
  readonly precision: Estimate;
  readonly recall: Estimate;
  /** Over all images, percentage points of the tissue. */
  readonly areaBiasPercent: AreaBias;
}

/** A reliability diagram of the held-out maps' cells (`ReliabilityDiagram`), numbers to four digits. */
export interface RecordedReliability {
  readonly expectedCalibrationError: Estimate;
  readonly risesThroughout: boolean;
  readonly bins: readonly DiagramBin[];
}

/** `groupOf`: group by image name. Folds are counted from 1. Throws `evaluation/group-on-both-sides` for a group in several folds. */
export function recordFigures(figures: FoldFigures, groupOf: ReadonlyMap<string, string>): RecordedFigures {
  const { meanScore, meanFalsePositiveFraction } = meanScores(figures.images);
  const positiveImages = figures.images.filter(isPositiveImage).length;
  const groups = figures.images.map(({ name }) => groupOf.get(name) ?? "");
  checkFolds(
    groups,
    figures.images.map(({ fold }) => fold),
  );
  return {
    folds: figures.rules.length,
    meanScore: meanScore === null ? null : rounded(meanScore),
    meanFalsePositiveFraction: meanFalsePositiveFraction === null ? null : rounded(meanFalsePositiveFraction),
    positiveImages,
    negativeImages: figures.images.length - positiveImages,
    chosen: figures.rules.map(({ c, threshold }) => ({ c, threshold })),
    images: figures.images.map((image, index) => ({
      name: image.name,
      group: groups[index]!,
      fold: image.fold + 1,
      score: rounded(image.score),
      predictedFraction: rounded(image.predictedFraction),
      truthFraction: rounded(image.truthFraction),
    })),
    intervals: recordIntervals(figures.images, groups),
    reliability: recordReliability(figures.images, groups),
  };
}

export function rounded(value: number, digits = 4): number {
  return Number(value.toFixed(digits));
}

/** `groups`: one per image, in the same order. */
export function recordIntervals(
  images: readonly (ImageScore & { readonly name: string })[],
  groups: readonly string[],
): RecordedIntervals {
  const figures = segmentationFigures(
    images.map((image, index) => ({
      ...image,
      group: groups[index]!,
      hasClass: isPositiveImage(image),
      mm2PerPixel0: null,
      regions: [],
    })),
  );
  const { bias, lowerLimit, upperLimit } = figures.areaBias.allImages.percentOfTissue;
  return {
    groups: new Set(groups).size,
    ...DEFAULT_BOOTSTRAP_OPTIONS,
    score: roundedEstimate(figures.score),
    falsePositiveFraction: roundedEstimate(figures.falsePositiveFraction),
    precision: roundedEstimate(figures.precision),
    recall: roundedEstimate(figures.recall),
    areaBiasPercent: {
      bias: roundedEstimate(bias),
      lowerLimit: roundedEstimate(lowerLimit),
      upperLimit: roundedEstimate(upperLimit),
    },
  };
}

function recordReliability(images: readonly FoldedScore[], groups: readonly string[]): RecordedReliability {
  const { bins, expectedCalibrationError, risesThroughout } = reliabilityDiagram(
    images.map(({ reliability }, index) => ({ reliability, group: groups[index]! })),
  );
  return {
    expectedCalibrationError: roundedEstimate(expectedCalibrationError),
    risesThroughout,
    bins: bins.map(({ from, to, count, weightShare, meanConfidence, observed }) => ({
      from,
      to,
      count,
      weightShare: rounded(weightShare),
      meanConfidence: meanConfidence === null ? null : rounded(meanConfidence),
      observed: roundedEstimate(observed),
    })),
  };
}

/** Its numbers to four digits after the point. */
export function roundedEstimate({ value, low, high, leftOut }: Estimate): Estimate {
  const digits = (number: number | null) => (number === null ? null : rounded(number));
  return { value: digits(value), low: digits(low), high: digits(high), leftOut };
}
