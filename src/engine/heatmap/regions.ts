import { connectedRuns } from "../base/components.ts";
import type { PixelSize } from "../slide/types.ts";
import { type CellEdges, cellEdges } from "./cell-edges.ts";
import { type CellCorner, hasUntracedEdge, outlinePlane, traceOutline } from "./outline.ts";
import type { CellMask, ConfidenceGrid, NecrosisSummary, Region } from "./types.ts";

/**
 * The 4-connected regions of a mask, largest first, outlined exactly along the cells' edges in level-0 pixels (the last cells
 * end with the slide), with collinear points merged. Seen as plain x and y the outer rings run counter-clockwise and holes
 * clockwise, as GeoJSON asks. `area0` is the polygons' area and the mask's alike. The mask must hold no corner-to-corner
 * contacts (`necrosisMask`, `withoutDiagonals`): with one, an outline touches itself. O(cells + points).
 */
export function findRegions(grid: ConfidenceGrid, mask: CellMask): Region[] {
  const edges = cellEdges(grid);
  const runs = connectedRuns(mask.data, mask, 1);
  const found = Array.from({ length: runs.count }, newRegion);
  const plane = outlinePlane(mask);
  for (let run = 0; run < runs.row.length; run++) {
    const region = found[runs.label[run]!]!;
    const row = runs.row[run]!;
    addRun(region, grid, edges, { row, start: runs.start[run]!, end: runs.end[run]! });
    for (let col = runs.start[run]!; col < runs.end[run]!; col++) {
      if (hasUntracedEdge(plane, col, row)) addOutline(region, edges, traceOutline(plane, { col, row }));
    }
  }
  return found.map(finished).sort((a, b) => b.area0 - a.area0);
}

/** What stands by the slider. `regions` are those of the mask; threshold and pixel size those it was made with. */
export function summarize(
  grid: ConfidenceGrid,
  mask: CellMask,
  regions: readonly Region[],
  made: { readonly threshold: number; readonly pixelSize: PixelSize | null },
): NecrosisSummary {
  const edges = cellEdges(grid);
  const tissueArea0 = maskedArea0(grid.tissue, edges);
  const necrosisArea0 = maskedArea0(mask.data, edges);
  const mm2PerPixel0 = made.pixelSize === null ? null : (made.pixelSize.mppX * made.pixelSize.mppY) / 1e6;
  return {
    threshold: made.threshold,
    tissueArea0,
    necrosisArea0,
    fraction: tissueArea0 > 0 ? necrosisArea0 / tissueArea0 : 0,
    regionCount: regions.length,
    tissueMm2: mm2PerPixel0 === null ? null : tissueArea0 * mm2PerPixel0,
    necrosisMm2: mm2PerPixel0 === null ? null : necrosisArea0 * mm2PerPixel0,
  };
}

type Ring = (readonly [number, number])[];

interface GrowingRegion {
  outer: Ring;
  readonly holes: Ring[];
  area0: number;
  /** Area with a known confidence, and the confidence summed over it. */
  knownArea0: number;
  confidenceArea0: number;
  maxConfidence: number;
}

interface Run {
  readonly row: number;
  readonly start: number;
  readonly end: number;
}

function newRegion(): GrowingRegion {
  return { outer: [], holes: [], area0: 0, knownArea0: 0, confidenceArea0: 0, maxConfidence: 0 };
}

function finished(region: GrowingRegion): Region {
  return {
    outer: region.outer,
    holes: region.holes,
    area0: region.area0,
    meanConfidence: region.knownArea0 > 0 ? region.confidenceArea0 / region.knownArea0 : 0,
    maxConfidence: region.maxConfidence,
  };
}

function addRun(region: GrowingRegion, grid: ConfidenceGrid, edges: CellEdges, run: Run): void {
  const height0 = edges.y0[run.row + 1]! - edges.y0[run.row]!;
  region.area0 += height0 * (edges.x0[run.end]! - edges.x0[run.start]!);
  // All cells of a run are equally wide, but for the grid's last column.
  const lastCol = grid.cols - 1;
  addConfidences(region, grid, { ...run, end: Math.min(run.end, lastCol) }, height0 * edges.x0[1]!);
  if (run.end === grid.cols) {
    const lastWidth0 = edges.x0[grid.cols]! - edges.x0[lastCol]!;
    addConfidences(region, grid, { ...run, start: lastCol }, height0 * lastWidth0);
  }
}

function addConfidences(region: GrowingRegion, grid: ConfidenceGrid, run: Run, cellArea0: number): void {
  const offset = run.row * grid.cols;
  let sum = 0;
  let known = 0;
  let max = region.maxConfidence;
  for (let i = offset + run.start; i < offset + run.end; i++) {
    const confidence = grid.values[i]!;
    if (Number.isNaN(confidence)) continue;
    known++;
    sum += confidence;
    if (confidence > max) max = confidence;
  }
  region.knownArea0 += known * cellArea0;
  region.confidenceArea0 += sum * cellArea0;
  region.maxConfidence = max;
}

function addOutline(region: GrowingRegion, edges: CellEdges, corners: readonly CellCorner[]): void {
  const ring: Ring = corners.map(({ col, row }) => [edges.x0[col]!, edges.y0[row]!]);
  if (signedArea(ring) > 0) region.outer = ring;
  else region.holes.push(ring);
}

/** Shoelace formula, positive for counter-clockwise rings of x right and y up. */
function signedArea(ring: Ring): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x, y] = ring[i]!;
    const [beforeX, beforeY] = ring[i - 1]!;
    twice += beforeX * y - x * beforeY;
  }
  return twice / 2;
}

/** Area in level-0 pixels squared; the last cells count as far as they lie on the slide. */
export function maskedArea0(data: Uint8Array, edges: CellEdges): number {
  const cols = edges.x0.length - 1;
  const rows = edges.y0.length - 1;
  let area0 = 0;
  for (let row = 0; row < rows; row++) {
    const last = (row + 1) * cols - 1;
    let whole = 0;
    for (let i = row * cols; i < last; i++) whole += data[i]!;
    const lastWidth0 = edges.x0[cols]! - edges.x0[cols - 1]!;
    area0 += (whole * edges.x0[1]! + data[last]! * lastWidth0) * (edges.y0[row + 1]! - edges.y0[row]!);
  }
  return area0;
}
