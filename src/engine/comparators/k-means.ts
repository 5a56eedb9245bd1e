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
  const products = new Float64Array(clusters);
  for (let i = 0, from = 0; i < labels.length; i++, from += cols) {
    fillProducts(data, from, centres, cols, products);
    let best = 0;
    let least = Infinity;
    for (let k = 0; k < clusters; k++) {
      // |x - c|^2 / 2 less |x|^2 / 2, which is the same for all centres.
      const distance = halfNorms[k]! - products[k]!;
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    labels[i] = best;
  }
  return labels;
}

/** x . c of one point with every centre, four centres at a time, so that a value of the point is read once for four. */
function fillProducts(x: Float32Array, from: number, centres: Float32Array, cols: number, to: Float64Array): void {
  let k = 0;
  for (let at = 0; k + 4 <= to.length; k += 4, at += 4 * cols) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let j = 0, one = at, two = at + cols, three = two + cols, four = three + cols; j < cols; j++) {
      const value = x[from + j]!;
      a += value * centres[one + j]!;
      b += value * centres[two + j]!;
      c += value * centres[three + j]!;
      d += value * centres[four + j]!;
    }
    to[k] = a;
    to[k + 1] = b;
    to[k + 2] = c;
    to[k + 3] = d;
  }
  for (; k < to.length; k++) {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += x[from + j]! * centres[k * cols + j]!;
    to[k] = sum;
  }
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
