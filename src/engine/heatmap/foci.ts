import { type ComponentRuns, connectedRuns } from "../base/components.ts";
import { type CellEdges, cellEdges } from "./cell-edges.ts";
import type { CellMask, ConfidenceGrid } from "./types.ts";

/**
 * The connected regions of a mask in numbers, largest first, in the order of `findRegions`. One value per focus in each array, so that ten thousand
 * cross to another thread at once.
 */
export interface Foci {
  readonly count: number;
  /** Level-0 pixels squared. */
  readonly area0: Float64Array<ArrayBuffer>;
  /** By area, over the cells whose confidence is known; 0 without one. */
  readonly meanConfidence: Float64Array<ArrayBuffer>;
  readonly maxConfidence: Float64Array<ArrayBuffer>;
  /** Row-major index of its most confident cell (of equal ones the first): stays while a focus grows or shrinks with the threshold. */
  readonly peakCell: Int32Array<ArrayBuffer>;
  /** Four a focus: first column, first row, column and row after the last. */
  readonly box: Int32Array<ArrayBuffer>;
  /** Width of the viable rim, see `MapMeasures`; infinite without glass in sight. Null where distances were not asked for. */
  readonly rimUm: Float32Array<ArrayBuffer> | null;
}

/** `glassUm`: from `glassDistanceUm`, or null to leave the rims out. O(cells). */
export function fociOf(grid: ConfidenceGrid, mask: CellMask, glassUm: Float32Array | null = null): Foci {
  return fociOfRuns(grid, connectedRuns(mask.data, mask, 1), glassUm);
}

export function fociOfRuns(grid: ConfidenceGrid, runs: ComponentRuns, glassUm: Float32Array | null): Foci {
  const found = unsortedFoci(grid, runs, cellEdges(grid), glassUm);
  const order = Array.from(found.area0.keys()).sort((a, b) => found.area0[b]! - found.area0[a]!);
  return pickFoci(found, order);
}

/** Those of the given indices, in that order. */
export function pickFoci(foci: Foci, indices: readonly number[]): Foci {
  const pick = (values: Float64Array) => Float64Array.from(indices, (index) => values[index]!);
  return {
    count: indices.length,
    area0: pick(foci.area0),
    meanConfidence: pick(foci.meanConfidence),
    maxConfidence: pick(foci.maxConfidence),
    peakCell: Int32Array.from(indices, (index) => foci.peakCell[index]!),
    box: Int32Array.from({ length: 4 * indices.length }, (_, i) => foci.box[4 * indices[i >> 2]! + (i & 3)]!),
    rimUm: foci.rimUm && Float32Array.from(indices, (index) => foci.rimUm![index]!),
  };
}

function unsortedFoci(grid: ConfidenceGrid, runs: ComponentRuns, edges: CellEdges, glassUm: Float32Array | null): Foci {
  const { count } = runs;
  const { cols, values } = grid;
  const area0 = new Float64Array(count);
  const knownArea0 = new Float64Array(count);
  const confidenceArea0 = new Float64Array(count);
  const maxConfidence = new Float64Array(count).fill(-1);
  const peakCell = new Int32Array(count).fill(-1);
  const box = new Int32Array(4 * count);
  const rimUm = glassUm && new Float32Array(count).fill(Number.POSITIVE_INFINITY);
  const lastCol = cols - 1;
  const width0 = edges.x0[1]! - edges.x0[0]!;
  const lastWidth0 = edges.x0[cols]! - edges.x0[lastCol]!;
  for (let run = 0; run < runs.row.length; run++) {
    const label = runs.label[run]!;
    const row = runs.row[run]!;
    const start = runs.start[run]!;
    const end = runs.end[run]!;
    const height0 = edges.y0[row + 1]! - edges.y0[row]!;
    area0[label]! += (edges.x0[end]! - edges.x0[start]!) * height0;
    growBox(box, 4 * label, row, start, end);
    let known = 0;
    let sum = 0;
    let max = maxConfidence[label]!;
    let peak = peakCell[label]!;
    const offset = row * cols;
    for (let i = offset + start; i < offset + end; i++) {
      const confidence = values[i]!;
      if (Number.isNaN(confidence)) continue;
      const width = i === offset + lastCol ? lastWidth0 : width0;
      known += width;
      sum += confidence * width;
      if (confidence > max) {
        max = confidence;
        peak = i;
      }
    }
    knownArea0[label]! += known * height0;
    confidenceArea0[label]! += sum * height0;
    maxConfidence[label] = max;
    peakCell[label] = peak < 0 ? offset + start : peak;
    if (!glassUm || !rimUm) continue;
    let rim = rimUm[label]!;
    for (let i = offset + start; i < offset + end; i++) if (glassUm[i]! < rim) rim = glassUm[i]!;
    rimUm[label] = rim;
  }
  const meanConfidence = confidenceArea0.map((sum, label) => (knownArea0[label]! > 0 ? sum / knownArea0[label]! : 0));
  return {
    count,
    area0,
    meanConfidence,
    maxConfidence: maxConfidence.map((max) => Math.max(0, max)),
    peakCell,
    box,
    rimUm,
  };
}

function growBox(box: Int32Array, at: number, row: number, start: number, end: number): void {
  // Runs come row by row: the first one of a focus has its first row, and none has an end of 0.
  if (box[at + 2] === 0) {
    box[at] = start;
    box[at + 1] = row;
    box[at + 2] = end;
  }
  if (start < box[at]!) box[at] = start;
  if (end > box[at + 2]!) box[at + 2] = end;
  box[at + 3] = row + 1;
}
