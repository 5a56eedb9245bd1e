import { rasterize } from "../annotations/rasterize.ts";
import type { Polygon } from "../annotations/rings.ts";
import type { CellMask, ConfidenceGrid } from "../heatmap/types.ts";
import type { RgbaImage } from "../slide/types.ts";
import { OVERLAY_COLOURS } from "../training/overlay.ts";
import { type CellTruth, type ImageScore, scoreMask } from "../training/score.ts";
import type { MaskColour, Truth } from "../training/truth.ts";
import { isWhite } from "./mask-colours.ts";

type Grid = Pick<ConfidenceGrid, "cols" | "rows" | "stride0X" | "stride0Y" | "width0" | "height0">;

/** Outlines or a mask on a fine raster whose pixels divide the cells of a grid, so that slides of any size can be compared. */
export interface TruthRaster extends Pick<Truth, "width0" | "height0" | "isPositive" | "isTissue"> {
  /** Pixels of the raster per side of a cell. */
  readonly perCell: number;
  readonly cols: number;
  readonly rows: number;
  /** Row-major, 1 where the class is. */
  readonly positive: Uint8Array<ArrayBuffer>;
  /** Row-major, 1 where what is found counts: on the slide, and for masks of several classes where it is not white. */
  readonly tissue: Uint8Array<ArrayBuffer>;
}

/** How what was found compares with the truth. */
export interface Comparison extends ImageScore {
  /** Of what was found what is right; null when nothing was found. */
  readonly precision: number | null;
  /** Of what is there what was found; null when there is nothing. */
  readonly recall: number | null;
}

/** Pixels along the raster's longer side, at most. */
const LONGEST_SIDE = 2048;

/** Everything on the slide counts. */
export function truthOfPolygons(polygons: readonly Polygon[], grid: Grid): TruthRaster {
  const frame = frameOf(grid);
  return rasterOf(grid, rasterize(polygons, frame), () => 1);
}

/** A painted mask over the whole slide, whatever its size. White does not count, unless white is the class or all there is beside it. */
export function truthOfPicture(mask: RgbaImage, positive: MaskColour, colours: number, grid: Grid): TruthRaster {
  const { cols, rows, cell0X, cell0Y } = frameOf(grid);
  const inside = new Uint8Array(cols * rows);
  const hasBackground = colours > 2 && !isWhite(positive);
  const tissue = new Uint8Array(cols * rows);
  for (let row = 0; row < rows; row++) {
    const y = Math.min(mask.height - 1, Math.floor(((row + 0.5) * cell0Y * mask.height) / grid.height0));
    for (let col = 0; col < cols; col++) {
      const x = Math.min(mask.width - 1, Math.floor(((col + 0.5) * cell0X * mask.width) / grid.width0));
      const at = (y * mask.width + x) * 4;
      const colour = [mask.data[at]!, mask.data[at + 1]!, mask.data[at + 2]!] as const;
      if (colour.every((value, i) => value === positive[i])) inside[row * cols + col] = 1;
      if (!hasBackground || !isWhite(colour)) tissue[row * cols + col] = 1;
    }
  }
  return rasterOf(grid, inside, (at) => tissue[at]!);
}

/** S, precision and recall of a mask over the grid that the raster was made for. */
export function compareMask(mask: CellMask, truth: CellTruth): Comparison {
  const score = scoreMask(mask, truth);
  const share = (of: number) => (of === 0 ? null : score.commonArea0 / of);
  return { ...score, precision: share(score.predictedArea0), recall: share(score.truthArea0) };
}

/** The truth on the cells of its grid, in level-0 pixels squared. */
export function cellTruthOf(raster: TruthRaster, grid: Grid): CellTruth {
  const { cols, perCell } = raster;
  const area0 = (grid.stride0X / perCell) * (grid.stride0Y / perCell);
  const tissue = new Float64Array(grid.cols * grid.rows);
  const positive = new Float64Array(grid.cols * grid.rows);
  raster.tissue.forEach((counts, at) => {
    if (counts === 0) return;
    const cell = Math.floor(Math.floor(at / cols) / perCell) * grid.cols + Math.floor((at % cols) / perCell);
    tissue[cell]! += area0;
    if (raster.positive[at] === 1) positive[cell]! += area0;
  });
  const sum = (areas: Float64Array) => areas.reduce((all, area) => all + area, 0);
  return { tissue, positive, tissueArea0: sum(tissue), positiveArea0: sum(positive) };
}

/** One pixel per pixel of the raster in the colours of `OVERLAY_COLOURS`, clear where there is neither class nor finding. */
export function paintComparison(raster: TruthRaster, grid: Grid, mask: CellMask): RgbaImage {
  const { cols, rows, perCell, positive, tissue } = raster;
  const data = new Uint8ClampedArray(cols * rows * 4);
  for (let row = 0; row < rows; row++) {
    const cells = Math.floor(row / perCell) * grid.cols;
    for (let col = 0; col < cols; col++) {
      const at = row * cols + col;
      if (tissue[at] === 0) continue;
      const isFound = mask.data[cells + Math.floor(col / perCell)] === 1;
      const isThere = positive[at] === 1;
      if (!isFound && !isThere) continue;
      data.set(OVERLAY_COLOURS[isFound ? (isThere ? "found" : "false") : "missed"], at * 4);
      data[at * 4 + 3] = 255;
    }
  }
  return { width: cols, height: rows, data };
}

function frameOf({ cols, rows, stride0X, stride0Y }: Grid) {
  const perCell = Math.max(1, Math.floor(LONGEST_SIDE / Math.max(cols, rows)));
  return {
    perCell,
    cols: cols * perCell,
    rows: rows * perCell,
    cell0X: stride0X / perCell,
    cell0Y: stride0Y / perCell,
  };
}

/** Pixels whose centre lies beyond the slide's edge are neither. */
function rasterOf(grid: Grid, inside: Uint8Array<ArrayBuffer>, counts: (at: number) => number): TruthRaster {
  const { width0, height0 } = grid;
  const { perCell, cols, rows, cell0X, cell0Y } = frameOf(grid);
  const tissue = new Uint8Array(cols * rows);
  const positive = new Uint8Array(cols * rows);
  for (let at = 0; at < tissue.length; at++) {
    const isOnSlide = ((at % cols) + 0.5) * cell0X < width0 && (Math.floor(at / cols) + 0.5) * cell0Y < height0;
    tissue[at] = isOnSlide ? counts(at) : 0;
    positive[at] = tissue[at] === 1 ? inside[at]! : 0;
  }
  const pixelAt = (x0: number, y0: number) =>
    Math.min(rows - 1, Math.floor(y0 / cell0Y)) * cols + Math.min(cols - 1, Math.floor(x0 / cell0X));
  return {
    width0,
    height0,
    perCell,
    cols,
    rows,
    positive,
    tissue,
    isPositive: (x0, y0) => positive[pixelAt(x0, y0)] === 1,
    isTissue: (x0, y0) => tissue[pixelAt(x0, y0)] === 1,
  };
}
