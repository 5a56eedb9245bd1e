import type { PlaneSize } from "../tissue/morphology.ts";

/**
 * Squared distance, in pixels, from each pixel's centre to the nearest centre of a pixel that equals `value`; Infinity everywhere
 * when there is none. Exact: lower envelopes of parabolas along columns, then rows.
 * P. Felzenszwalb, D. Huttenlocher, "Distance transforms of sampled functions", Theory of Computing 8, 2012. O(pixels).
 */
export function squaredDistances(marks: Uint8Array, size: PlaneSize, value: 0 | 1): Float64Array {
  const { cols, rows } = size;
  const distances = new Float64Array(marks.length);
  for (let i = 0; i < marks.length; i++) distances[i] = marks[i] === value ? 0 : Infinity;
  const envelope = new Envelope(Math.max(cols, rows));
  for (let x = 0; x < cols; x++) envelope.apply(distances, { start: x, step: cols, length: rows });
  for (let y = 0; y < rows; y++) envelope.apply(distances, { start: y * cols, step: 1, length: cols });
  return distances;
}

/** Opening after closing with a disc, both as thresholds of distances; the outside of the image neither adds nor takes. */
export function smoothedMask(marks: Uint8Array, size: PlaneSize, radius: number): Uint8Array<ArrayBuffer> {
  const closed = shrunk(grown(marks, size, radius), size, radius);
  return grown(shrunk(closed, size, radius), size, radius);
}

function grown(marks: Uint8Array, size: PlaneSize, radius: number): Uint8Array<ArrayBuffer> {
  return within(squaredDistances(marks, size, 1), radius);
}

function shrunk(marks: Uint8Array, size: PlaneSize, radius: number): Uint8Array<ArrayBuffer> {
  const near = within(squaredDistances(marks, size, 0), radius);
  for (let i = 0; i < near.length; i++) near[i] = 1 - near[i]!;
  return near;
}

/** 1 where the distance is at most `radius`. */
function within(distances: Float64Array, radius: number): Uint8Array<ArrayBuffer> {
  const marks = new Uint8Array(distances.length);
  for (let i = 0; i < marks.length; i++) marks[i] = distances[i]! <= radius * radius ? 1 : 0;
  return marks;
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/** Room for one line's parabolas. */
class Envelope {
  readonly #heights: Float64Array;
  readonly #places: Int32Array;
  readonly #bounds: Float64Array;

  constructor(length: number) {
    this.#heights = new Float64Array(length);
    this.#places = new Int32Array(length);
    this.#bounds = new Float64Array(length + 1);
  }

  /** values[q] becomes the minimum over p of (q - p)^2 + values[p]. */
  apply(values: Float64Array, { start, step, length }: Line): void {
    const heights = this.#heights;
    const places = this.#places;
    const bounds = this.#bounds;
    let last = -1;
    for (let q = 0; q < length; q++) {
      const height = values[start + q * step]!;
      heights[q] = height;
      if (height === Infinity) continue;
      let from = -Infinity;
      while (last >= 0) {
        const p = places[last]!;
        from = (height + q * q - (heights[p]! + p * p)) / (2 * (q - p));
        if (from > bounds[last]!) break;
        last--;
        from = -Infinity;
      }
      last++;
      places[last] = q;
      bounds[last] = from;
    }
    if (last < 0) return;
    bounds[last + 1] = Infinity;
    for (let q = 0, k = 0; q < length; q++) {
      while (bounds[k + 1]! < q) k++;
      const p = places[k]!;
      values[start + q * step] = (q - p) ** 2 + heights[p]!;
    }
  }
}
