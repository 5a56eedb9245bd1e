import type { CellRange } from "../patches/region.ts";
import { cellEdges } from "./cell-edges.ts";
import type { CellMask, ConfidenceGrid } from "./types.ts";

/** The numbers of a region: necrosis within it, of the tissue within it whose confidence is known. */
export interface RegionSummary {
  /** Level-0 pixels squared. */
  readonly tissueArea0: number;
  readonly necrosisArea0: number;
  /** 0 to 1; 0 where there is no tissue. */
  readonly fraction: number;
}

/** Counts the cells of a mask within a range, each as far as it lies on the slide. O(cells of the range). */
export function summarizeWithin(grid: ConfidenceGrid, mask: CellMask, range: CellRange): RegionSummary {
  const { x0, y0 } = cellEdges(grid);
  let tissueArea0 = 0;
  let necrosisArea0 = 0;
  for (let row = range.firstRow; row < range.endRow; row++) {
    const height0 = y0[row + 1]! - y0[row]!;
    for (let col = range.firstCol; col < range.endCol; col++) {
      const at = row * grid.cols + col;
      if (grid.tissue[at] !== 1 || Number.isNaN(grid.values[at]!)) continue;
      const area0 = height0 * (x0[col + 1]! - x0[col]!);
      tissueArea0 += area0;
      if (mask.data[at] === 1) necrosisArea0 += area0;
    }
  }
  return { tissueArea0, necrosisArea0, fraction: tissueArea0 > 0 ? necrosisArea0 / tissueArea0 : 0 };
}
