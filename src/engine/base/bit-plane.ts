/**
 * A row-major plane of zeros and ones, 32 cells a word: cell i is bit i % 32 of words[i >> 5]. Eight times smaller than bytes, so that a
 * plane of millions of cells is searched for its few edges in a fraction of a millisecond. Bits after the last cell are 0.
 */
export type BitPlane = Int32Array<ArrayBuffer>;

export function emptyPlane(cells: number): BitPlane {
  return new Int32Array((cells + 31) >> 5);
}

/** `data` holds zeros and ones alone. */
export function packBits(data: Uint8Array): BitPlane {
  const plane = emptyPlane(data.length);
  for (let word = 0, i = 0; word < plane.length; word++) {
    const end = Math.min(data.length, i + 32);
    let bits = 0;
    for (let bit = 0; i < end; bit++, i++) bits |= data[i]! << bit;
    plane[word] = bits;
  }
  return plane;
}

export function bitAt(plane: BitPlane, cell: number): 0 | 1 {
  return ((plane[cell >> 5]! >>> (cell & 31)) & 1) as 0 | 1;
}

/** The 32 cells from one on; of those after the last nothing is to be relied on. */
export function wordAt(plane: BitPlane, cell: number): number {
  const word = cell >> 5;
  const shift = cell & 31;
  // A shift by 32 would be one by 0.
  return shift === 0 ? plane[word]! : (plane[word]! >>> shift) | (plane[word + 1]! << (32 - shift));
}

/** Writes the cells from `from` up to but not `end`. */
export function fillBits(plane: BitPlane, from: number, end: number, value: 0 | 1): void {
  if (end <= from) return;
  const first = from >> 5;
  const last = (end - 1) >> 5;
  const head = -1 << (from & 31);
  const tail = -1 >>> (31 - ((end - 1) & 31));
  if (first === last) {
    writeBits(plane, first, head & tail, value);
    return;
  }
  writeBits(plane, first, head, value);
  plane.fill(value === 1 ? -1 : 0, first + 1, last);
  writeBits(plane, last, tail, value);
}

function writeBits(plane: BitPlane, word: number, bits: number, value: 0 | 1): void {
  if (value === 1) plane[word]! |= bits;
  else plane[word]! &= ~bits;
}

/** Index of the first cell after `from` and before `end` that differs from cell `from`; `end` without one. */
export function nextChange(plane: BitPlane, from: number, end: number): number {
  const same = bitAt(plane, from) === 1 ? -1 : 0;
  let word = from >> 5;
  let different = (plane[word]! ^ same) & (-1 << (from & 31));
  while (different === 0) {
    word++;
    if (word << 5 >= end) return end;
    different = plane[word]! ^ same;
  }
  const lowest = 31 - Math.clz32(different & -different);
  return Math.min(end, (word << 5) + lowest);
}
