import type { PostProcess } from "../modelpack/types.ts";
import type { PixelSize } from "../slide/types.ts";
import { cellEdges } from "./cell-edges.ts";
import { type Foci, fociOf } from "./foci.ts";
import { glassDistanceUm } from "./glass-distance.ts";
import { necrosisMask } from "./mask.ts";
import { type MapMeasures, measuresOf, RANGE_STEP, type Surroundings } from "./measures.ts";
import { maskedArea0 } from "./regions.ts";
import type { CellMask, ConfidenceGrid } from "./types.ts";

export interface MeasureOptions {
  readonly threshold: number;
  readonly postProcess: PostProcess;
  readonly pixelSize: PixelSize | null;
}

/** What one threshold makes of one grid: all of it belongs together. */
export interface MeasuredMap {
  readonly mask: CellMask;
  readonly foci: Foci;
  readonly measures: MapMeasures;
}

/** Every number of a finished map at a threshold. O(cells). */
export function measureMap(grid: ConfidenceGrid, options: MeasureOptions): MeasuredMap {
  const { threshold, postProcess, pixelSize } = options;
  const edges = cellEdges(grid);
  const mask = necrosisMask(grid, threshold, postProcess, pixelSize);
  const foci = fociOf(grid, mask, pixelSize && glassDistanceUm(grid, pixelSize));
  const surroundings = (other: number): Surroundings => {
    const clamped = Math.min(1, Math.max(0, other));
    const found = fociOf(grid, necrosisMask(grid, clamped, postProcess, pixelSize));
    return { necrosisArea0: found.area0.reduce((sum, area0) => sum + area0, 0), focusCount: found.count };
  };
  const tissueArea0 = maskedArea0(grid.tissue, edges);
  const around = [surroundings(threshold + RANGE_STEP), surroundings(threshold - RANGE_STEP)] as const;
  return { mask, foci, measures: measuresOf({ threshold, pixelSize, tissueArea0, foci, around }) };
}
