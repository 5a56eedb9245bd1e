import { blurred, type GreyImage } from "./grey.ts";

/** Values of a descriptor: 4 x 4 cells of 8 orientations. */
export const SIFT_VALUES = 128;
/** Pixels per side of a descriptor. */
export const SIFT_SIZE = 16;
/** Pixels between descriptors. */
export const SIFT_STEP = 8;

const CELL = 4;
const CELLS = SIFT_SIZE / CELL;
const ORIENTATIONS = 8;
/** Of the blur before gradients, pixels. */
const SIGMA = 1;
/** Length of a descriptor's sums below which it counts as flat, as of one gradient of a quarter grey level everywhere: glass stays near 0. */
const FLAT_LENGTH = 16;
const CLIP = 0.2;

/** Descriptors on a grid: number (col, row) covers the pixels from (col, row) * SIFT_STEP on, SIFT_SIZE a side. */
export interface SiftGrid {
  readonly cols: number;
  readonly rows: number;
  /** Row-major, SIFT_VALUES each: cells row by row, in each the orientations from 0 on, counter-clockwise in steps of 45 degrees. */
  readonly data: Float32Array;
}

/**
 * Dense SIFT: gradients (central differences after a Gaussian of 1 px), shared out linearly between the two nearest of 8
 * orientations, summed over cells of 4 x 4 pixels (flat window, no sharing between cells), 4 x 4 cells a descriptor; scaled to length 1,
 * cut at 0.2, scaled again. D. Lowe, IJCV 60(2), 2004; on a grid as Lazebnik, Schmid, Ponce, CVPR 2006.
 *
 * The grid's step is a whole number of cells, so that cells are summed once for all descriptors. O(pixels).
 */
export function denseSift(grey: GreyImage): SiftGrid {
  const cells = orientationCells(blurred(grey, SIGMA));
  const cols = Math.max(0, Math.floor((grey.width - SIFT_SIZE) / SIFT_STEP) + 1);
  const rows = Math.max(0, Math.floor((grey.height - SIFT_SIZE) / SIFT_STEP) + 1);
  const data = new Float32Array(cols * rows * SIFT_VALUES);
  const stepCells = SIFT_STEP / CELL;
  for (let row = 0, to = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, to += SIFT_VALUES) {
      for (let y = 0; y < CELLS; y++) {
        const from = ((row * stepCells + y) * cells.cols + col * stepCells) * ORIENTATIONS;
        data.set(cells.data.subarray(from, from + CELLS * ORIENTATIONS), to + y * CELLS * ORIENTATIONS);
      }
      normalise(data, to);
    }
  }
  return { cols, rows, data };
}

function orientationCells({ width, height, data }: GreyImage) {
  const cols = Math.floor(width / CELL);
  const rows = Math.floor(height / CELL);
  const sums = new Float32Array(cols * rows * ORIENTATIONS);
  for (let y = 0; y < rows * CELL; y++) {
    const up = Math.max(0, y - 1) * width;
    const down = Math.min(height - 1, y + 1) * width;
    const line = Math.floor(y / CELL) * cols;
    for (let x = 0; x < cols * CELL; x++) {
      const dx = (data[y * width + Math.min(width - 1, x + 1)]! - data[y * width + Math.max(0, x - 1)]!) / 2;
      const dy = (data[up + x]! - data[down + x]!) / 2;
      const magnitude = Math.sqrt(dx * dx + dy * dy);
      if (magnitude === 0) continue;
      const turns = (Math.atan2(dy, dx) / (2 * Math.PI)) * ORIENTATIONS;
      const lower = Math.floor(turns);
      const share = turns - lower;
      const at = (line + Math.floor(x / CELL)) * ORIENTATIONS;
      const first = (lower + ORIENTATIONS) % ORIENTATIONS;
      sums[at + first]! += magnitude * (1 - share);
      sums[at + ((first + 1) % ORIENTATIONS)]! += magnitude * share;
    }
  }
  return { cols, data: sums };
}

function normalise(data: Float32Array, offset: number): void {
  scale(data, offset, FLAT_LENGTH);
  for (let i = offset; i < offset + SIFT_VALUES; i++) if (data[i]! > CLIP) data[i] = CLIP;
  // A flat descriptor stays short; any other still has a value of CLIP.
  scale(data, offset, CLIP);
}

/** Divides by the length, or by `least` where that is larger. */
function scale(data: Float32Array, offset: number, least: number): void {
  let squares = 0;
  for (let i = offset; i < offset + SIFT_VALUES; i++) squares += data[i]! * data[i]!;
  const factor = 1 / Math.max(Math.sqrt(squares), least);
  for (let i = offset; i < offset + SIFT_VALUES; i++) data[i]! *= factor;
}
