import { cellEdges } from "../heatmap/cell-edges.ts";
import { withoutSmallRegions } from "../heatmap/mask.ts";
import type { PostProcess } from "../modelpack/types.ts";
import type { CandidateBlock } from "./collect.ts";
import { type DecisionRule, foundMask, type Judged } from "./held-out.ts";
import type { HardRegionConfig } from "./refinements.ts";

/** Label that the patches of a cell lack: 1 where a region of the truth was missed, 0 where one was found falsely, -1 elsewhere. Row-major. */
export type HardCells = Int8Array;

/**
 * Where a model that did not see the image goes wrong: the connected regions of tissue, of at least `minRegionUm2`, that are positive in
 * the truth (more than half of the cell's tissue) and not in the mask of the analysis, or the other way round.
 */
export function hardCells(
  judged: Judged,
  rule: DecisionRule,
  postProcess: PostProcess,
  { minRegionUm2 }: Pick<HardRegionConfig, "minRegionUm2">,
): HardCells {
  const { mask, grid } = foundMask(judged, rule, postProcess);
  const { cells, pixelSize, tissue } = judged.image;
  const missed = new Uint8Array(mask.data.length);
  const falselyFound = new Uint8Array(mask.data.length);
  const halfCell = (grid.stride0X * grid.stride0Y) / 2;
  for (let i = 0; i < mask.data.length; i++) {
    if (tissue[i] !== 1 || cells.tissue[i]! < halfCell) continue;
    const isPositive = cells.positive[i]! * 2 > cells.tissue[i]!;
    if (isPositive && mask.data[i] === 0) missed[i] = 1;
    if (!isPositive && mask.data[i] === 1) falselyFound[i] = 1;
  }
  const edges = cellEdges(grid);
  const minArea0 = minRegionUm2 / (pixelSize.mppX * pixelSize.mppY);
  const { data: largeMissed } = withoutSmallRegions({ ...mask, data: missed }, edges, minArea0);
  const { data: largeFalse } = withoutSmallRegions({ ...mask, data: falselyFound }, edges, minArea0);
  return Int8Array.from(largeMissed, (isMissed, i) => (isMissed === 1 ? 1 : largeFalse[i] === 1 ? 0 : -1));
}

/**
 * The first `perImage` candidates of each view whose centre lies in a hard cell and whose label is the one that was lacking there;
 * candidates stand in the order in which the seed drew them. Ascending within a view; those in `taken` are passed over.
 */
export function drawHard(
  candidates: readonly CandidateBlock[],
  labels: Uint8Array,
  hard: HardCells,
  cells: { readonly cols: number; readonly rows: number; readonly stride0X: number; readonly stride0Y: number },
  { perImage, taken }: Pick<HardRegionConfig, "perImage"> & { readonly taken: ReadonlySet<number> },
): number[] {
  return candidates.flatMap(({ firstRow, x0, y0 }) => {
    const rows: number[] = [];
    for (let k = 0; k < x0.length && rows.length < perImage; k++) {
      const col = Math.floor(x0[k]! / cells.stride0X);
      const row = Math.floor(y0[k]! / cells.stride0Y);
      if (col >= cells.cols || row >= cells.rows) continue;
      if (hard[row * cells.cols + col] === labels[firstRow + k] && !taken.has(firstRow + k)) rows.push(firstRow + k);
    }
    return rows;
  });
}
