/**
 * For each cell the Euclidean distance from its centre to the centre of the nearest marked one, exact, with cells of `width` x `height`; infinite
 * where nothing is marked. Row-major as `marked`.
 *
 * Squared distances along the columns by two sweeps, then along the rows the lower envelope of parabolas: P. Felzenszwalb and D. Huttenlocher,
 * "Distance Transforms of Sampled Functions", Theory of Computing 8 (2012), 415-428, with the columns' step as the unit. O(cells).
 */
export function distanceTransform(
  marked: Uint8Array,
  size: { readonly cols: number; readonly rows: number },
  cell: { readonly width: number; readonly height: number },
): Float32Array<ArrayBuffer> {
  const { cols, rows } = size;
  const distance = rowsToNearest(marked, cols, rows);
  const heights = new Float64Array(cols);
  const envelope = { vertex: new Int32Array(cols), from: new Float64Array(cols + 1) };
  // In units of a cell's width, so that the parabolas stand on whole numbers.
  const ratio = cell.height / cell.width;
  for (let row = 0; row < rows; row++) {
    const offset = row * cols;
    for (let col = 0; col < cols; col++) heights[col] = (distance[offset + col]! * ratio) ** 2;
    const parabolas = lowerEnvelope(heights, envelope);
    let at = 0;
    for (let col = 0; col < cols; col++) {
      if (parabolas === 0) {
        distance[offset + col] = Number.POSITIVE_INFINITY;
        continue;
      }
      while (at + 1 < parabolas && envelope.from[at + 1]! < col) at++;
      const vertex = envelope.vertex[at]!;
      distance[offset + col] = Math.sqrt((col - vertex) ** 2 + heights[vertex]!) * cell.width;
    }
  }
  return distance;
}

/** Rows from each cell to the nearest marked one of its column; infinite without one. */
function rowsToNearest(marked: Uint8Array, cols: number, rows: number): Float32Array<ArrayBuffer> {
  const distance = new Float32Array(cols * rows);
  const far = Number.POSITIVE_INFINITY;
  for (let i = 0; i < distance.length; i++) {
    distance[i] = marked[i] === 1 ? 0 : i < cols ? far : distance[i - cols]! + 1;
  }
  for (let i = distance.length - cols - 1; i >= 0; i--) {
    const below = distance[i + cols]! + 1;
    if (below < distance[i]!) distance[i] = below;
  }
  return distance;
}

interface Envelope {
  /** Where each parabola of the envelope has its lowest point. */
  readonly vertex: Int32Array;
  /** From where on it is the lowest. */
  readonly from: Float64Array;
}

/** Parabolas (x - v)^2 + heights[v] of which the lowest envelope is made, left to right; returns how many. Infinite ones take no part. */
function lowerEnvelope(heights: Float64Array, { vertex, from }: Envelope): number {
  let count = 0;
  for (let v = 0; v < heights.length; v++) {
    const height = heights[v]! + v * v;
    if (height === Number.POSITIVE_INFINITY) continue;
    let start = Number.NEGATIVE_INFINITY;
    while (count > 0) {
      const last = vertex[count - 1]!;
      start = (height - (heights[last]! + last * last)) / (2 * (v - last));
      if (start > from[count - 1]!) break;
      count--;
      start = Number.NEGATIVE_INFINITY;
    }
    vertex[count] = v;
    from[count] = start;
    count++;
  }
  return count;
}
