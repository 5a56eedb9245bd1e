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
export function binaryPatterns({ width, height, data }: GreyImage): Uint8Array {
  const labels = new Uint8Array(width * height);
  const ring = Array.from({ length: NEIGHBOURS }, (_, k) => neighbour((2 * Math.PI * k) / NEIGHBOURS));
  const lit = new Uint8Array(NEIGHBOURS);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const centre = data[y * width + x]!;
      for (let k = 0; k < NEIGHBOURS; k++) lit[k] = sample(x, y, ring[k]!) >= centre ? 1 : 0;
      labels[y * width + x] = labelOf(lit);
    }
  }
  return labels;

  function sample(x: number, y: number, { col, row, fx, fy }: Neighbour): number {
    const left = x + col;
    const top = y + row;
    const upper = fx === 0 ? pixel(left, top) : pixel(left, top) * (1 - fx) + pixel(left + 1, top) * fx;
    if (fy === 0) return upper;
    const below = fx === 0 ? pixel(left, top + 1) : pixel(left, top + 1) * (1 - fx) + pixel(left + 1, top + 1) * fx;
    return upper * (1 - fy) + below * fy;
  }

  function pixel(x: number, y: number): number {
    return x < 0 || y < 0 || x >= width || y >= height ? 0 : data[y * width + x]!;
  }
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
