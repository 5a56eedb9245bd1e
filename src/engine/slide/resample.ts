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
  const places = columnPlaces(finer, columns);
  const kept = new Map<number, Float64Array>();
  const free: Float64Array[] = [];
  const sums = new Float64Array(width * 3);
  for (let y = 0; y < height; y++) {
    const first = rows.first[y]! - finer.top;
    for (const [row, across] of kept) {
      if (row >= clampIndex(first, finer.height)) break;
      kept.delete(row);
      free.push(across);
    }
    sums.fill(0);
    for (let k = 0; k < rows.width; k++) {
      const weight = rows.weights[y * rows.width + k]!;
      if (weight === 0) continue;
      const row = clampIndex(first + k, finer.height);
      let across = kept.get(row);
      if (!across) {
        across = free.pop() ?? new Float64Array(width * 3);
        resampleRow(finer.data, row * finer.width * 4, columns, places, across);
        kept.set(row, across);
      }
      for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + weight * across[i]!;
    }
    for (let at = y * width * 4, i = 0; i < sums.length; at += 4, i += 3) {
      output[at] = Math.floor(sums[i]! + 0.5);
      output[at + 1] = Math.floor(sums[i + 1]! + 0.5);
      output[at + 2] = Math.floor(sums[i + 2]! + 0.5);
      output[at + 3] = 255;
    }
  }
  return output;
}

/** Byte position within a row of the finer pixel behind each weight. */
function columnPlaces(finer: FinerPixels, columns: AxisTaps): Int32Array {
  const places = new Int32Array(columns.weights.length);
  for (let i = 0; i < places.length; i++) {
    const x = Math.floor(i / columns.width);
    places[i] = clampIndex(columns.first[x]! - finer.left + (i % columns.width), finer.width) * 4;
  }
  return places;
}

function resampleRow(
  data: Uint8ClampedArray,
  rowStart: number,
  columns: AxisTaps,
  places: Int32Array,
  across: Float64Array,
): void {
  const { weights, width } = columns;
  for (let tap = 0, to = 0; tap < weights.length; to += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = 0; k < width; k++, tap++) {
      const weight = weights[tap]!;
      const at = rowStart + places[tap]!;
      red += weight * data[at]!;
      green += weight * data[at + 1]!;
      blue += weight * data[at + 2]!;
    }
    across[to] = red;
    across[to + 1] = green;
    across[to + 2] = blue;
  }
}

function clampIndex(index: number, length: number): number {
  return index < 0 ? 0 : index >= length ? length - 1 : index;
}
