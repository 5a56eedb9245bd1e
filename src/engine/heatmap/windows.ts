import type { Calibration } from "../modelpack/types.ts";
import type { Lattice } from "../patches/types.ts";
import { type BoxMeansOptions, boxMeans, slidingBoxes } from "./box-means.ts";

/** How many patches stand side by side and one above another: lattice size less patch plus one, at least 1. */
export function patchPositions(lattice: Lattice): { readonly cols: number; readonly rows: number } {
  return {
    cols: Math.max(1, lattice.cols - lattice.patchStrides + 1),
    rows: Math.max(1, lattice.rows - lattice.patchStrides + 1),
  };
}

/**
 * Mean over the feature cells of one window around the patch at every patch position.
 *
 * `plane` holds a value per lattice position (row-major, lattice.cols x lattice.rows; NaN where not computed), the result one
 * per patch position (`patchPositions`). The window of n feature cells around a patch of m starts (n - m) / 2 feature cells
 * before the patch; cells at positions outside the lattice do not count. A window with a missing cell is NaN, unless
 * `partial`. Throws `RangeError` when window and patch cannot be concentric on the lattice.
 */
export function windowMeans(
  plane: Float32Array,
  lattice: Lattice,
  windowIndex: number,
  options: BoxMeansOptions = {},
): Float32Array<ArrayBuffer> {
  const count = lattice.windowCells[windowIndex];
  const own = lattice.windowCells[0];
  if (count === undefined || own === undefined) {
    throw new RangeError(`windowMeans expects a window below ${lattice.windowCells.length}, got ${windowIndex}`);
  }
  const spacing = lattice.cellStrides;
  const before = ((count - own) * spacing) / 2;
  if (!Number.isInteger(before)) {
    throw new RangeError(
      `a window of ${count} cells cannot be concentric with a patch of ${own} at ${spacing} strides`,
    );
  }
  const positions = patchPositions(lattice);
  const box = { offset: -before, count, spacing };
  return boxMeans(
    { data: plane, cols: lattice.cols, rows: lattice.rows, spacing },
    slidingBoxes(positions.cols, { ...box, size: lattice.cols }),
    slidingBoxes(positions.rows, { ...box, size: lattice.rows }),
    options,
  );
}

/**
 * Decision value per patch position (row-major, `patchPositions`), NaN where a value it needs is missing.
 *
 * Dense: one plane per window, d = bias + sum over windows of the window's mean. Patch by patch (`windowCells` empty): the one
 * plane already holds decisions with their bias, which are taken over as they are and `bias` is not added again.
 */
export function patchDecisions(
  planes: readonly Float32Array[],
  lattice: Lattice,
  bias: number,
  options: BoxMeansOptions = {},
): Float32Array<ArrayBuffer> {
  const expected = Math.max(1, lattice.windowCells.length);
  if (planes.length !== expected) {
    throw new RangeError(`patchDecisions expects ${expected} planes, got ${planes.length}`);
  }
  if (lattice.windowCells.length === 0) return croppedToPatches(planes[0]!, lattice);
  const positions = patchPositions(lattice);
  const sums = new Float64Array(positions.cols * positions.rows).fill(bias);
  planes.forEach((plane, windowIndex) => {
    const means = windowMeans(plane, lattice, windowIndex, options);
    for (let i = 0; i < sums.length; i++) sums[i]! += means[i]!;
  });
  return Float32Array.from(sums);
}

/** Platt's sigmoid, 1 / (1 + exp(a d + b)), value by value; NaN stays NaN. */
export function confidencesOfDecisions(decisions: Float32Array, calibration: Calibration): Float32Array<ArrayBuffer> {
  const confidences = new Float32Array(decisions.length);
  for (let i = 0; i < decisions.length; i++) {
    confidences[i] = 1 / (1 + Math.exp(calibration.a * decisions[i]! + calibration.b));
  }
  return confidences;
}

/**
 * Confidence per lattice cell (row-major, lattice.cols x lattice.rows): the mean over all patches that cover the cell. NaN
 * where one of them is missing; with `partial` the mean of the known ones.
 */
export function cellConfidences(
  patchConfidences: Float32Array,
  lattice: Lattice,
  options: BoxMeansOptions = {},
): Float32Array<ArrayBuffer> {
  const { cols, rows } = patchPositions(lattice);
  const box = { offset: 1 - lattice.patchStrides, count: lattice.patchStrides, spacing: 1 };
  return boxMeans(
    { data: patchConfidences, cols, rows, spacing: 1 },
    slidingBoxes(lattice.cols, { ...box, size: cols }),
    slidingBoxes(lattice.rows, { ...box, size: rows }),
    options,
  );
}

/**
 * A map to look at after a coarse pass: every patch position without a value takes that of the nearest position whose column and row
 * are multiples of `step` (halfway: the right or lower one), or stays NaN where that one is missing too. Known values stay.
 */
export function coarseDecisions(decisions: Float32Array, lattice: Lattice, step: number): Float32Array<ArrayBuffer> {
  const { cols, rows } = patchPositions(lattice);
  if (decisions.length !== cols * rows) {
    throw new RangeError(`coarseDecisions expects ${cols} x ${rows} values, got ${decisions.length}`);
  }
  const nearestCol = nearestMultiples(cols, step);
  const nearestRow = nearestMultiples(rows, step);
  const spread = Float32Array.from(decisions);
  for (let row = 0; row < rows; row++) {
    const from = nearestRow[row]! * cols;
    for (let col = 0; col < cols; col++) {
      const at = row * cols + col;
      if (Number.isNaN(decisions[at]!)) spread[at] = decisions[from + nearestCol[col]!]!;
    }
  }
  return spread;
}

function nearestMultiples(positions: number, step: number): Int32Array {
  const largest = Math.floor((positions - 1) / step);
  return Int32Array.from({ length: positions }, (_, i) => Math.min(largest, Math.round(i / step)) * step);
}

function croppedToPatches(plane: Float32Array, lattice: Lattice): Float32Array<ArrayBuffer> {
  const { cols, rows } = patchPositions(lattice);
  const cropped = new Float32Array(cols * rows);
  for (let row = 0; row < rows; row++) {
    const start = row * lattice.cols;
    cropped.set(plane.subarray(start, start + cols), row * cols);
  }
  return cropped;
}
