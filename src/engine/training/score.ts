import { type ReliabilityBins, reliabilityBins } from "../evaluation/reliability.ts";
import type { CellMask } from "../heatmap/types.ts";
import type { Lattice } from "../patches/types.ts";
import type { Truth } from "./truth.ts";

/** Truth on the cells of a lattice, row-major, level-0 pixels squared. */
export interface CellTruth {
  readonly tissue: Float64Array;
  readonly positive: Float64Array;
  readonly tissueArea0: number;
  readonly positiveArea0: number;
}

/** How a mask compares with the truth; everything is counted within the tissue of the truth. */
export interface ImageScore {
  /** S = 2 |P n G| / (|P| + |G|) of the paper (Dice); 1 when both are empty. */
  readonly score: number;
  /** |P| / tissue. */
  readonly predictedFraction: number;
  /** |G| / tissue. */
  readonly truthFraction: number;
  /** |P n G|, |P|, |G| in level-0 pixels squared. */
  readonly commonArea0: number;
  readonly predictedArea0: number;
  readonly truthArea0: number;
}

/** Images whose truth holds less of the tissue than this count for their false share instead of their score. */
export const MIN_TRUTH_FRACTION = 0.01;

type Cells = Pick<Lattice, "cols" | "rows" | "stride0X" | "stride0Y">;

export function cellTruth(truth: Truth, cells: Cells): CellTruth {
  const { cols, rows, stride0X, stride0Y } = cells;
  const tissue = new Float64Array(cols * rows);
  const positive = new Float64Array(cols * rows);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const areas = truth.areas(col * stride0X, row * stride0Y, (col + 1) * stride0X, (row + 1) * stride0Y);
      tissue[row * cols + col] = areas.tissue;
      positive[row * cols + col] = areas.positive;
    }
  }
  return { tissue, positive, tissueArea0: truth.tissueArea0, positiveArea0: truth.positiveArea0 };
}

export function scoreMask(mask: CellMask, truth: CellTruth): ImageScore {
  let predicted = 0;
  let common = 0;
  for (let i = 0; i < mask.data.length; i++) {
    if (mask.data[i] !== 1) continue;
    predicted += truth.tissue[i]!;
    common += truth.positive[i]!;
  }
  const both = predicted + truth.positiveArea0;
  const tissue = Math.max(truth.tissueArea0, 1);
  return {
    score: both === 0 ? 1 : (2 * common) / both,
    predictedFraction: predicted / tissue,
    truthFraction: truth.positiveArea0 / tissue,
    commonArea0: common,
    predictedArea0: predicted,
    truthArea0: truth.positiveArea0,
  };
}

/** Confidences of the cells against what of their tissue is of the class, each cell with the area of its tissue. */
export function cellReliability(confidences: Float32Array, { tissue, positive }: CellTruth): ReliabilityBins {
  const cells = Array.from(tissue, (weight, cell) => {
    return { confidence: confidences[cell]!, weight, positive: positive[cell]! };
  });
  return reliabilityBins(cells);
}

/** Means over images: of S where the truth holds at least 1 %, of the falsely found share of the tissue elsewhere; null without such images. */
export function meanScores(scores: readonly ImageScore[]): {
  readonly meanScore: number | null;
  readonly meanFalsePositiveFraction: number | null;
} {
  const [positive, negative] = [scores.filter(isPositiveImage), scores.filter((score) => !isPositiveImage(score))];
  return {
    meanScore: mean(positive.map(({ score }) => score)),
    meanFalsePositiveFraction: mean(negative.map(({ predictedFraction }) => predictedFraction)),
  };
}

export function isPositiveImage({ truthFraction }: Pick<ImageScore, "truthFraction">): boolean {
  return truthFraction >= MIN_TRUTH_FRACTION;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
