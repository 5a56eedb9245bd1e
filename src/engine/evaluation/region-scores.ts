import { connectedRuns } from "../base/components.ts";

/** Truth and what was found on one raster, row-major, 1 inside. */
export interface ComparedRaster {
  readonly cols: number;
  readonly rows: number;
  readonly truth: Uint8Array;
  readonly found: Uint8Array;
  /** Area of a point; areas below are in its unit. */
  readonly pointArea: number;
}

/** How well one connected region of the truth was found. */
export interface RegionScore {
  readonly area: number;
  /** Share of its area that was found, 0 to 1. */
  readonly foundShare: number;
  /** S = 2|P n R| / (|P| + |R|), P what was found nearer to this region than to any other. */
  readonly score: number;
}

/**
 * A score for every 4-connected region of the truth of at least `minArea`, largest first. What was found counts for the region nearest to it,
 * by city-block distance (of equally near ones, the one whose front comes first): the raster is parted among the regions as in
 * Jaus et al., "Every Component Counts" (AAAI 2025), so that a large region cannot hide that small ones are missed. Specks of
 * the truth below `minArea` count neither as found rightly nor falsely. Without regions the answer is empty. O(points).
 */
export function regionScores(raster: ComparedRaster, minArea: number): RegionScore[] {
  const { cols, rows, truth, found, pointArea } = raster;
  const { label, areas } = labelled(raster, minArea);
  if (areas.length === 0) return [];
  const nearest = nearestLabel(label, cols, rows);
  const foundPoints = new Float64Array(areas.length);
  const commonPoints = new Float64Array(areas.length);
  for (let i = 0; i < label.length; i++) {
    if (found[i] !== 1) continue;
    const own = label[i]!;
    if (own > 0) commonPoints[own - 1]!++;
    if (own > 0 || truth[i] === 0) foundPoints[nearest[i]! - 1]!++;
  }
  return areas
    .map((points, region) => ({
      area: points * pointArea,
      foundShare: commonPoints[region]! / points,
      score: (2 * commonPoints[region]!) / (foundPoints[region]! + points),
    }))
    .sort((a, b) => b.area - a.area);
}

/** Labels from 1 on the regions that are large enough, 0 elsewhere, and the points of each. */
function labelled({ cols, rows, truth, pointArea }: ComparedRaster, minArea: number) {
  const runs = connectedRuns(truth, { cols, rows }, 1);
  const points = new Float64Array(runs.count);
  for (let run = 0; run < runs.row.length; run++) points[runs.label[run]!]! += runs.end[run]! - runs.start[run]!;
  const areas: number[] = [];
  const labelOf = Array.from(points, (count) => (count * pointArea >= minArea ? areas.push(count) : 0));
  const label = new Int32Array(cols * rows);
  for (let run = 0; run < runs.row.length; run++) {
    const offset = runs.row[run]! * cols;
    label.fill(labelOf[runs.label[run]!]!, offset + runs.start[run]!, offset + runs.end[run]!);
  }
  return { label, areas };
}

/** The label of the nearest labelled point, by a front that grows from all of them at once. */
function nearestLabel(label: Int32Array, cols: number, rows: number): Int32Array {
  const nearest = label.slice();
  const queue = new Int32Array(label.length);
  let end = 0;
  for (let i = 0; i < label.length; i++) if (label[i]! > 0) queue[end++] = i;
  for (let next = 0; next < end; next++) {
    const at = queue[next]!;
    const col = at % cols;
    if (col > 0) reach(at - 1, at);
    if (col < cols - 1) reach(at + 1, at);
    if (at >= cols) reach(at - cols, at);
    if (at < cols * (rows - 1)) reach(at + cols, at);
  }
  return nearest;

  function reach(to: number, from: number): void {
    if (nearest[to] !== 0) return;
    nearest[to] = nearest[from]!;
    queue[end++] = to;
  }
}
