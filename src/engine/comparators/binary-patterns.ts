import type { GreyImage } from "./grey.ts";

/** Labels of uniform patterns: 0 to 8 lit neighbours in one arc, 9 for all other patterns. */
export const BINARY_PATTERNS = 10;

const NEIGHBOURS = 8;

/**
 * Rotation-invariant uniform local binary patterns, LBP(8, 1) riu2: eight neighbours on a circle of radius 1, each lit when at
 * least as bright as the centre; a ring with at most two changes gets its number of lit neighbours, any other ring 9. Neighbours between
 * pixels are interpolated bilinearly, those outside of the image are 0.
 * Ojala, Pietikäinen, Mäenpää, "Multiresolution gray-scale and rotation invariant texture classification with local binary patterns",
 * IEEE TPAMI 24(7), 2002. Row-major, one label a pixel.
 */
export function binaryPatterns(grey: GreyImage): Uint8Array {
  const { width, height } = grey;
  // A margin of 0 about the image spares every read the question whether it is inside.
  const wide = width + 2 * MARGIN;
  const data = new Float32Array(wide * (height + 2 * MARGIN));
  for (let y = 0; y < height; y++) {
    data.set(grey.data.subarray(y * width, (y + 1) * width), (y + MARGIN) * wide + MARGIN);
  }
  const ring = Array.from({ length: NEIGHBOURS }, (_, k) => neighbour((2 * Math.PI * k) / NEIGHBOURS));
  const offsets = Int32Array.from(ring, ({ col, row }) => row * wide + col);
  const labels = new Uint8Array(width * height);
  const lit = new Uint8Array(NEIGHBOURS);
  for (let y = 0, to = 0; y < height; y++) {
    for (let at = (y + MARGIN) * wide + MARGIN, end = at + width; at < end; at++, to++) {
      const centre = data[at]!;
      for (let k = 0; k < NEIGHBOURS; k++) {
        const { fx, fy } = ring[k]!;
        const left = at + offsets[k]!;
        const isOnAxis = fx === 0 && fy === 0;
        lit[k] = (isOnAxis ? data[left]! : between(data, left, wide, fx, fy)) >= centre ? 1 : 0;
      }
      labels[to] = labelOf(lit);
    }
  }
  return labels;
}

/** Rows and columns that a neighbour's pixels reach beyond the centre's. */
const MARGIN = 1;

/** Bilinear, in the order in which it is done along x, then y. */
function between(data: Float32Array, at: number, wide: number, fx: number, fy: number): number {
  const upper = data[at]! * (1 - fx) + data[at + 1]! * fx;
  const lower = data[at + wide]! * (1 - fx) + data[at + wide + 1]! * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Whole and fractional part of an offset. */
interface Neighbour {
  readonly col: number;
  readonly row: number;
  readonly fx: number;
  readonly fy: number;
}

/** Offsets to five digits, so that those along the axes are whole. */
function neighbour(angle: number): Neighbour {
  const dx = Number(Math.cos(angle).toFixed(5));
  const dy = Number((-Math.sin(angle)).toFixed(5));
  const col = Math.floor(dx);
  const row = Math.floor(dy);
  return { col, row, fx: dx - col, fy: dy - row };
}

function labelOf(lit: Uint8Array): number {
  let changes = 0;
  let count = 0;
  for (let k = 0; k < NEIGHBOURS; k++) {
    if (lit[k] !== lit[(k + 1) % NEIGHBOURS]) changes++;
    count += lit[k]!;
  }
  return changes <= 2 ? count : BINARY_PATTERNS - 1;
}
