/**
 * Which pixels of a finer axis make up one pixel of the new axis, and how much each. Depends on the pixel's own index
 * alone, never on where a read begins: any way to cut an image gives the same numbers.
 */
export interface AxisTaps {
  /** Index of the first finer pixel of each new pixel. */
  readonly first: Int32Array;
  /** `width` weights for each new pixel, adding up to 1; those past the end of a run are 0. */
  readonly weights: Float64Array;
  /** Weights per new pixel. */
  readonly width: number;
}

/**
 * Taps of the new pixels [start, start + count), where new pixel i covers [i * ratio, (i + 1) * ratio) of the finer
 * axis. Shrinking (ratio >= 1): each finer pixel weighs by the length of it that is covered (box filter, exact area).
 * Enlarging (ratio < 1): Keys' cubic convolution with a = -0.5 (Catmull-Rom; R. Keys, IEEE TASSP 29, 1981) around
 * the pixel's centre (i + 0.5) * ratio - 0.5, which reads two pixels to each side.
 */
export function axisTaps(ratio: number, start: number, count: number): AxisTaps {
  return ratio >= 1 ? boxTaps(ratio, start, count) : cubicTaps(ratio, start, count);
}

function boxTaps(ratio: number, start: number, count: number): AxisTaps {
  const width = Math.ceil(ratio) + 1;
  const first = new Int32Array(count);
  const weights = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    const from = snap((start + i) * ratio);
    const to = snap((start + i + 1) * ratio);
    const begin = Math.floor(from);
    first[i] = begin;
    for (let k = 0; k < width; k++) {
      const covered = Math.min(to, begin + k + 1) - Math.max(from, begin + k);
      if (covered > 0) weights[i * width + k] = covered / (to - from);
    }
  }
  return { first, weights, width };
}

function cubicTaps(ratio: number, start: number, count: number): AxisTaps {
  const first = new Int32Array(count);
  const weights = new Float64Array(count * 4);
  for (let i = 0; i < count; i++) {
    const centre = (start + i + 0.5) * ratio - 0.5;
    const base = Math.floor(centre);
    const t = centre - base;
    first[i] = base - 1;
    weights[i * 4] = ((-0.5 * t + 1) * t - 0.5) * t;
    weights[i * 4 + 1] = (1.5 * t - 2.5) * t * t + 1;
    weights[i * 4 + 2] = ((-1.5 * t + 2) * t + 0.5) * t;
    weights[i * 4 + 3] = (0.5 * t - 0.5) * t * t;
  }
  return { first, weights, width: 4 };
}

/** An edge that is a whole pixel but for the rounding of the product is that pixel. */
function snap(edge: number): number {
  const whole = Math.round(edge);
  return Math.abs(edge - whole) < 1e-7 ? whole : edge;
}

/** RGBA pixels of a finer grid of which (left, top) is the first. */
export interface FinerPixels {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/**
 * New pixels from finer ones, rows after columns, in float64, rounded once at the end. Where taps reach beyond the
 * finer pixels the outermost ones are repeated, so give all that the taps name, or the slide's true edge.
 * Cost: columns.width * rows.width sums per pixel at most; memory: one row of float64 per finer row in use.
 */
export function resample(finer: FinerPixels, columns: AxisTaps, rows: AxisTaps): Uint8ClampedArray<ArrayBuffer> {
  const width = columns.first.length;
  const height = rows.first.length;
  const output = new Uint8ClampedArray(width * height * 4);
  const kept = new Map<number, Float64Array>();
  const sums = new Float64Array(width * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const first = rows.first[y]!;
    for (const row of kept.keys()) if (row < clampIndex(first - finer.top, finer.height)) kept.delete(row);
    for (let k = 0; k < rows.width; k++) {
      const weight = rows.weights[y * rows.width + k]!;
      if (weight === 0) continue;
      const row = clampIndex(first + k - finer.top, finer.height);
      let across = kept.get(row);
      if (!across) {
        across = resampleRow(finer, row, columns);
        kept.set(row, across);
      }
      for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + weight * across[i]!;
    }
    for (let x = 0, at = y * width * 4, i = 0; x < width; x++, at += 4, i += 3) {
      output[at] = Math.floor(sums[i]! + 0.5);
      output[at + 1] = Math.floor(sums[i + 1]! + 0.5);
      output[at + 2] = Math.floor(sums[i + 2]! + 0.5);
      output[at + 3] = 255;
    }
  }
  return output;
}

function resampleRow(finer: FinerPixels, row: number, columns: AxisTaps): Float64Array {
  const count = columns.first.length;
  const across = new Float64Array(count * 3);
  const { data } = finer;
  const rowStart = row * finer.width;
  for (let x = 0; x < count; x++) {
    const first = columns.first[x]! - finer.left;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = 0; k < columns.width; k++) {
      const weight = columns.weights[x * columns.width + k]!;
      if (weight === 0) continue;
      const at = (rowStart + clampIndex(first + k, finer.width)) * 4;
      red += weight * data[at]!;
      green += weight * data[at + 1]!;
      blue += weight * data[at + 2]!;
    }
    across[x * 3] = red;
    across[x * 3 + 1] = green;
    across[x * 3 + 2] = blue;
  }
  return across;
}

function clampIndex(index: number, length: number): number {
  return index < 0 ? 0 : index >= length ? length - 1 : index;
}
