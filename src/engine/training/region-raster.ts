import type { ComparedRaster } from "../evaluation/region-scores.ts";
import type { CellMask, ConfidenceGrid } from "../heatmap/types.ts";
import type { Truth } from "./truth.ts";

/** Points of the raster's longer side, at most; up to that it has one point per pixel. */
const RASTER_SIDE = 2048;

/**
 * Truth and mask on one raster over the image, each point as at its centre, so that regions do not depend on the pack's lattice. What
 * was found where the truth has no tissue is left out, as in the score. `mm2PerPixel0`: square millimetres per level-0 pixel.
 */
export function regionRaster(
  grid: Pick<ConfidenceGrid, "cols" | "rows" | "stride0X" | "stride0Y">,
  mask: CellMask,
  truth: Truth,
  mm2PerPixel0: number,
): ComparedRaster {
  const { width0, height0 } = truth;
  const shrink = Math.max(1, Math.max(width0, height0) / RASTER_SIDE);
  const cols = Math.max(1, Math.floor(width0 / shrink));
  const rows = Math.max(1, Math.floor(height0 / shrink));
  const positives = new Uint8Array(cols * rows);
  const found = new Uint8Array(cols * rows);
  for (let y = 0; y < rows; y++) {
    const y0 = Math.floor(((y + 0.5) * height0) / rows);
    const row = Math.min(grid.rows - 1, Math.floor((y0 + 0.5) / grid.stride0Y));
    for (let x = 0; x < cols; x++) {
      const x0 = Math.floor(((x + 0.5) * width0) / cols);
      const col = Math.min(grid.cols - 1, Math.floor((x0 + 0.5) / grid.stride0X));
      if (truth.isPositive(x0, y0)) positives[y * cols + x] = 1;
      if (mask.data[row * grid.cols + col] === 1 && truth.isTissue(x0, y0)) found[y * cols + x] = 1;
    }
  }
  return { cols, rows, truth: positives, found, pointArea: ((width0 * height0) / (cols * rows)) * mm2PerPixel0 };
}
