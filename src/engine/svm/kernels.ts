/** w . row, where the row lies at `offset` in the block; sums in float64, four at a time. */
export function dotRow(w: Float64Array, block: Float32Array, offset: number, length: number): number {
  checkRow(w, block, offset, length);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let j = 0;
  for (const end = length - 3; j < end; j += 4) {
    a += w[j]! * block[offset + j]!;
    b += w[j + 1]! * block[offset + j + 1]!;
    c += w[j + 2]! * block[offset + j + 2]!;
    d += w[j + 3]! * block[offset + j + 3]!;
  }
  for (; j < length; j++) a += w[j]! * block[offset + j]!;
  return a + b + (c + d);
}

/** w += factor * row. */
export function addScaledRow(
  w: Float64Array,
  block: Float32Array,
  offset: number,
  length: number,
  factor: number,
): void {
  checkRow(w, block, offset, length);
  let j = 0;
  for (const end = length - 3; j < end; j += 4) {
    w[j]! += factor * block[offset + j]!;
    w[j + 1]! += factor * block[offset + j + 1]!;
    w[j + 2]! += factor * block[offset + j + 2]!;
    w[j + 3]! += factor * block[offset + j + 3]!;
  }
  for (; j < length; j++) w[j]! += factor * block[offset + j]!;
}

function checkRow(w: Float64Array, block: Float32Array, offset: number, length: number): void {
  if (w.length < length || offset < 0 || offset + length > block.length) {
    throw new RangeError(
      `row at ${offset} of ${length} values leaves ${block.length}, or ${w.length} weights are too few`,
    );
  }
}
