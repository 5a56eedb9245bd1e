import type { ReliabilityBins } from "../evaluation/reliability.ts";
import { necrosisMask } from "../heatmap/mask.ts";
import type { CellMask, ConfidenceGrid } from "../heatmap/types.ts";
import { cellConfidences, confidencesOfDecisions } from "../heatmap/windows.ts";
import type { Calibration, PostProcess } from "../modelpack/types.ts";
import type { Lattice } from "../patches/types.ts";
import type { PixelSize } from "../slide/types.ts";
import { fitSigmoid } from "../svm/calibrate.ts";
import { bestThreshold, thresholdGrid } from "../svm/threshold.ts";
import type { ThresholdConfig } from "./config.ts";
import { labelsAt, type PatchTruth, tissuePatches } from "./sample-windows.ts";
import { type CellTruth, cellReliability, type ImageScore, isPositiveImage, scoreMask } from "./score.ts";

/** An image with its truth, ready to judge decisions that a model made without having seen it. */
export interface HeldOutImage {
  readonly name: string;
  readonly lattice: Lattice;
  readonly pixelSize: PixelSize;
  /** Row-major, 1 where the analysis would find tissue. */
  readonly tissue: Uint8Array<ArrayBuffer>;
  readonly patches: PatchTruth;
  readonly cells: CellTruth;
}

/** A held-out image with the decision at each of its patch positions; NaN where the analysis would have none. */
export interface Judged {
  readonly image: HeldOutImage;
  readonly decisions: Float32Array;
}

/** How decisions become a mask. */
export interface DecisionRule {
  readonly calibration: Calibration;
  readonly threshold: number;
}

export interface RuleOptions {
  readonly threshold: ThresholdConfig;
  readonly postProcess: PostProcess;
  /** As `WindowOptions`. */
  readonly minTissue: number;
  readonly calibrateAbove: number;
}

/**
 * The rule that serves the images best: Platt's sigmoid over all patches with enough tissue, each image with the same weight, then
 * the threshold with the highest  mean S - falseWeight * mean false share. `objective` is that value.
 */
export function chooseRule(
  judged: readonly Judged[],
  options: RuleOptions,
): DecisionRule & { readonly objective: number } {
  const calibration = calibrate(judged, options);
  return { calibration, ...chooseThreshold(judged, (one) => confidenceGrid(one, calibration), options) };
}

/**
 * The threshold with the highest  mean S - falseWeight * mean false share  over the images. `gridOf` is asked once for each image, so that
 * one grid at a time is held.
 */
export function chooseThreshold<T extends { readonly image: HeldOutImage }>(
  images: readonly T[],
  gridOf: (one: T) => ConfidenceGrid,
  { threshold: config, postProcess }: Pick<RuleOptions, "threshold" | "postProcess">,
): { readonly threshold: number; readonly objective: number } {
  const thresholds = thresholdGrid(config.from, config.to, config.count);
  const positives = images.filter(({ image }) => isPositiveImage(truthShare(image)));
  const curves = images.map((one) => {
    const confidences = gridOf(one);
    const isPositive = positives.includes(one);
    const share = isPositive ? images.length / positives.length : images.length / (images.length - positives.length);
    return Float64Array.from(thresholds, (threshold) => {
      const { score, predictedFraction } = scoreAt(one.image, confidences, threshold, postProcess);
      return share * (isPositive ? score : -config.falseWeight * predictedFraction);
    });
  });
  const best = bestThreshold(thresholds, curves, config.smooth);
  return { threshold: best.threshold, objective: best.mean };
}

export function scoreWithRule(judged: Judged, rule: DecisionRule, postProcess: PostProcess): ImageScore {
  return scoreAt(judged.image, confidenceGrid(judged, rule.calibration), rule.threshold, postProcess);
}

/** What the analysis would find with this rule, on the grid of its confidences. */
export function foundMask(
  judged: Judged,
  rule: DecisionRule,
  postProcess: PostProcess,
): { readonly mask: CellMask; readonly grid: ConfidenceGrid } {
  const grid = confidenceGrid(judged, rule.calibration);
  return { mask: necrosisMask(grid, rule.threshold, postProcess, judged.image.pixelSize), grid };
}

/** How the confidences of the map's cells with this rule compare with what of them is of the class. */
export function reliabilityWithRule(judged: Judged, rule: DecisionRule): ReliabilityBins {
  return cellReliability(confidenceGrid(judged, rule.calibration).values, judged.image.cells);
}

function scoreAt(image: HeldOutImage, grid: ConfidenceGrid, threshold: number, postProcess: PostProcess): ImageScore {
  return scoreMask(necrosisMask(grid, threshold, postProcess, image.pixelSize), image.cells);
}

function calibrate(judged: readonly Judged[], { minTissue, calibrateAbove }: RuleOptions): Calibration {
  const decisions: number[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  for (const { image, decisions: all } of judged) {
    const positions = tissuePatches(image.patches, minTissue).filter((at) => !Number.isNaN(all[at]!));
    labels.push(...labelsAt(image.patches, positions, calibrateAbove));
    for (const at of positions) {
      decisions.push(all[at]!);
      weights.push(1 / positions.length);
    }
  }
  const perRow = decisions.length / judged.length;
  const scaled = Float64Array.from(weights, (weight) => weight * perRow);
  return fitSigmoid(Float64Array.from(decisions), Uint8Array.from(labels), scaled);
}

function confidenceGrid({ image, decisions }: Judged, calibration: Calibration): ConfidenceGrid {
  return gridOfCells(image, cellConfidences(confidencesOfDecisions(decisions, calibration), image.lattice));
}

/** Values of an image's cells, row-major, as a map. */
export function gridOfCells(
  { lattice, tissue }: Pick<HeldOutImage, "lattice" | "tissue">,
  values: Float32Array<ArrayBuffer>,
): ConfidenceGrid {
  const { cols, rows, stride0X, stride0Y, width0, height0 } = lattice;
  return { cols, rows, stride0X, stride0Y, width0, height0, values, tissue };
}

function truthShare({ cells }: HeldOutImage): { truthFraction: number } {
  return { truthFraction: cells.positiveArea0 / Math.max(cells.tissueArea0, 1) };
}
