import type { Random } from "../base/random.ts";

/** Points, row-major, rows x cols. */
export interface PointBlock {
  readonly data: Float32Array;
  readonly cols: number;
}

export interface KMeansOptions {
  readonly clusters: number;
  /** Passes at most; it stops earlier when no point changes its cluster. */
  readonly maxPasses: number;
  readonly random: Random;
}

/**
 * Centres of k-means (Lloyd), row-major clusters x cols, from k-means++ seeds (Arthur, Vassilvitskii, SODA 2007). The same points
 * in the same order and the same random stream give the same centres. A cluster that loses all its points keeps its centre; with fewer
 * different points than clusters some centres are equal. O(passes * points * clusters * cols).
 */
export function kMeans(points: PointBlock, options: KMeansOptions): Float32Array {
  const { data, cols } = points;
  const count = data.length / cols;
  if (count < 1) throw new RangeError("k-means of no points");
  const { clusters, maxPasses, random } = options;
  let centres = seeds(points, clusters, random);
  const labels = new Int32Array(count).fill(-1);
  for (let pass = 0; pass < maxPasses; pass++) {
    const found = nearestCentres(points, centres);
    let changed = 0;
    for (let i = 0; i < count; i++) if (labels[i] !== found[i]) changed++;
    if (changed === 0) break;
    labels.set(found);
    centres = means(points, labels, centres);
  }
  return centres;
}

/** Index of the nearest centre of each point; of equally near ones the first. */
export function nearestCentres({ data, cols }: PointBlock, centres: Float32Array): Uint16Array {
  const clusters = centres.length / cols;
  const halfNorms = Float64Array.from({ length: clusters }, (_, k) => halfSquare(centres, k * cols, cols));
  const labels = new Uint16Array(data.length / cols);
  for (let i = 0, from = 0; i < labels.length; i++, from += cols) {
    let best = 0;
    let least = Infinity;
    for (let k = 0, centre = 0; k < clusters; k++, centre += cols) {
      // |x - c|^2 / 2 less |x|^2 / 2, which is the same for all centres.
      const distance = halfNorms[k]! - product(data, from, centres, centre, cols);
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    labels[i] = best;
  }
  return labels;
}

function seeds({ data, cols }: PointBlock, clusters: number, random: Random): Float32Array {
  const count = data.length / cols;
  const centres = new Float32Array(clusters * cols);
  const distances = new Float64Array(count).fill(Infinity);
  let chosen = Math.min(count - 1, Math.floor(random() * count));
  for (let k = 0; k < clusters; k++) {
    centres.set(data.subarray(chosen * cols, (chosen + 1) * cols), k * cols);
    let total = 0;
    for (let i = 0; i < count; i++) {
      let distance = 0;
      for (let j = 0; j < cols; j++) distance += (data[i * cols + j]! - centres[k * cols + j]!) ** 2;
      if (distance < distances[i]!) distances[i] = distance;
      total += distances[i]!;
    }
    let left = random() * total;
    chosen = 0;
    while (chosen < count - 1 && left >= distances[chosen]!) left -= distances[chosen++]!;
  }
  return centres;
}

function means({ data, cols }: PointBlock, labels: Int32Array, before: Float32Array): Float32Array {
  const sums = new Float64Array(before.length);
  const counts = new Int32Array(before.length / cols);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    counts[label]!++;
    for (let j = 0; j < cols; j++) sums[label * cols + j]! += data[i * cols + j]!;
  }
  return before.map((old, at) => {
    const size = counts[Math.floor(at / cols)]!;
    return size > 0 ? sums[at]! / size : old;
  });
}

function halfSquare(values: Float32Array, offset: number, length: number): number {
  let sum = 0;
  for (let j = offset; j < offset + length; j++) sum += values[j]! * values[j]!;
  return sum / 2;
}

/** Four sums side by side, which the processor can overlap. */
function product(x: Float32Array, offset: number, y: Float32Array, start: number, length: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let j = 0;
  for (const end = length - 3; j < end; j += 4) {
    a += x[offset + j]! * y[start + j]!;
    b += x[offset + j + 1]! * y[start + j + 1]!;
    c += x[offset + j + 2]! * y[start + j + 2]!;
    d += x[offset + j + 3]! * y[start + j + 3]!;
  }
  for (; j < length; j++) a += x[offset + j]! * y[start + j]!;
  return a + b + (c + d);
}
