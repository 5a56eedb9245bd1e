import type { PixelSize } from "../slide/types.ts";
import { distanceTransform } from "./distance-transform.ts";
import type { ConfidenceGrid } from "./types.ts";

/**
 * For each cell the shortest straight distance from its own edge to that of the nearest cell of glass, in micrometres: 0 for cells that touch glass
 * by a side or a corner; infinite where the grid holds no glass. Glass is every cell that is not tissue; what lies beyond the grid is unknown and
 * is none. Depends on the tissue alone, so that one serves all thresholds. O(cells).
 */
export function glassDistanceUm(
  grid: Pick<ConfidenceGrid, "cols" | "rows" | "stride0X" | "stride0Y" | "tissue">,
  { mppX, mppY }: PixelSize,
): Float32Array<ArrayBuffer> {
  const cell = { width: grid.stride0X * mppX, height: grid.stride0Y * mppY };
  // The gap between two cells is the distance between the centre of one and of the other's neighbour that is next to it.
  return distanceTransform(grownGlass(grid), grid, cell);
}

/** 1 for glass and its eight neighbours. */
function grownGlass({ cols, rows, tissue }: Pick<ConfidenceGrid, "cols" | "rows" | "tissue">): Uint8Array {
  const across = new Uint8Array(tissue.length);
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * cols - 1;
    for (let i = row * cols; i <= end; i++) {
      if (tissue[i] === 1) continue;
      across[i] = 1;
      if (i > row * cols) across[i - 1] = 1;
      if (i < end) across[i + 1] = 1;
    }
  }
  const grown = across.slice();
  for (let i = 0; i < across.length; i++) {
    if (across[i] === 0) continue;
    if (i >= cols) grown[i - cols] = 1;
    if (i + cols < grown.length) grown[i + cols] = 1;
  }
  return grown;
}
