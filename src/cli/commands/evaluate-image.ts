import { extractorExecutor } from "../../engine/analysis/extractor-executor.ts";
import { runAnalysis } from "../../engine/analysis/run.ts";
import type { AnalysisResult } from "../../engine/analysis/types.ts";
import { AppError, isAppError } from "../../engine/base/errors.ts";
import { type RegionScore, regionScores } from "../../engine/evaluation/region-scores.ts";
import { type ReliabilityBins, reliabilityBins } from "../../engine/evaluation/reliability.ts";
import { REGION_SIZES_MM2 } from "../../engine/evaluation/segmentation-figures.ts";
import type { Extractor } from "../../engine/features/extractor.ts";
import type { BackendInfo } from "../../engine/features/types.ts";
import { gridOfClass } from "../../engine/heatmap/class-labels.ts";
import { necrosisMask } from "../../engine/heatmap/mask.ts";
import type { CellMask } from "../../engine/heatmap/types.ts";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import type { PixelSize, Slide } from "../../engine/slide/types.ts";
import { regionRaster } from "../../engine/training/region-raster.ts";
import { cellReliability, cellTruth, type ImageScore, scoreMask } from "../../engine/training/score.ts";
import type { MaskColour, Truth } from "../../engine/training/truth.ts";

/** What an evaluation needs to know of the pack and its network, opened once for all images. */
export interface Evaluator {
  readonly loaded: LoadedPack;
  readonly extractor: Extractor;
  readonly backend: BackendInfo;
  /** Of a pack of several classes, the one whose map is scored. */
  readonly classIndex?: number;
}

/** A pack with the class whose map is scored; `classIndex` as in `Evaluator`. */
export type ScoredPack = Pick<Evaluator, "loaded" | "classIndex">;

/**
 * The pack for the class of a mask colour: of several classes the one that was painted so, at its own threshold; of two the pack's
 * positive class, whatever the colour. Throws `cli/usage` when no class has the colour.
 */
export function scoredPack(loaded: LoadedPack, positive: MaskColour): ScoredPack {
  const { classDetails, classes, svms } = loaded.pack;
  if (svms.length < 2 || !classDetails) return { loaded };
  const classIndex = classDetails.findIndex(({ maskColour }) => maskColour.join() === positive.join());
  const detail = classDetails[classIndex];
  if (detail) return { classIndex, loaded: { ...loaded, pack: { ...loaded.pack, threshold: detail.threshold } } };
  const colours = classDetails.map(({ maskColour }, k) => `${maskColour.join()} (${classes[k]})`);
  throw new AppError(
    "cli/usage",
    `Expected a mask colour of the pack after --positive, one of ${colours.join(", ")}, found ${positive.join()}.`,
  );
}

/** An image's score, with the mask that was scored; null where the analysis found no tissue, so that nothing is found. */
export interface EvaluatedImage {
  readonly score: ImageScore;
  readonly found: { readonly result: AnalysisResult; readonly mask: CellMask } | null;
  /** Of the truth's regions, areas in mm². */
  readonly regions: readonly RegionScore[];
  /** Confidence of the map's cells against what of them is of the class. */
  readonly reliability: ReliabilityBins;
}

/** Runs the analysis as a person would and compares its mask, at the pack's threshold and post-processing, with the truth. */
export async function evaluateImage(
  evaluator: Evaluator,
  slide: Slide,
  truth: Truth,
  pixelSize: PixelSize,
): Promise<EvaluatedImage> {
  const result = await analyzeImage(evaluator, slide, pixelSize);
  const { threshold, postProcess } = evaluator.loaded.pack;
  const grid = result?.grid ?? { cols: 1, rows: 1, stride0X: truth.width0, stride0Y: truth.height0 };
  const mask = result
    ? necrosisMask(result.grid, threshold, postProcess, pixelSize)
    : { cols: 1, rows: 1, data: new Uint8Array(1) };
  const cells = cellTruth(truth, grid);
  const mm2PerPixel0 = (pixelSize.mppX * pixelSize.mppY) / 1e6;
  return {
    score: scoreMask(mask, cells),
    found: result ? { result, mask } : null,
    regions: regionScores(regionRaster(grid, mask, truth, mm2PerPixel0), REGION_SIZES_MM2[0]),
    reliability: result ? cellReliability(result.grid.values, cells) : reliabilityBins([]),
  };
}

/** Null where no tissue was found. */
export async function analyzeImage(
  evaluator: Evaluator,
  slide: Slide,
  pixelSize: PixelSize,
): Promise<AnalysisResult | null> {
  const { loaded, backend } = evaluator;
  // The run closes its executor; the network stays open for the next image.
  const extractor = { ...evaluator.extractor, close: async () => {} };
  try {
    const result = await runAnalysis({
      slide,
      loaded,
      openExecutor: async (lattice) => extractorExecutor({ slide, lattice, extractor, backend }),
      options: { pixelSize },
    });
    const { classIndex } = evaluator;
    return classIndex === undefined ? result : { ...result, grid: gridOfClass(result.grid, classIndex) };
  } catch (error) {
    if (isAppError(error, "tissue/none-found")) return null;
    throw error;
  }
}
