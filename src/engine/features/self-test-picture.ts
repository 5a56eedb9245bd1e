import type { RgbaImage } from "../slide/types.ts";

/** Side of the squares whose corners hold a random colour. */
const BLOB = 16;

/**
 * A picture that a seed fixes to the bit on every machine: colour blobs the size of nuclei, on pink, with fine grain. Whole
 * numbers only; random corner colours every 16 pixels, joined bilinearly (value noise), plus 4 bits of noise a pixel.
 */
export function selfTestPicture(seed: number, width: number, height: number): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grain = (hash(seed, x, y, 3) >>> 28) - 8;
      data[to++] = 110 + blob(seed, x, y, 0) + grain;
      data[to++] = 40 + blob(seed, x, y, 1) + grain;
      data[to++] = 90 + blob(seed, x, y, 2) + grain;
      data[to++] = 255;
    }
  }
  return { width, height, data };
}

/** 0 to 127: the bilinear mean of four corners, weights in sixteenths. */
function blob(seed: number, x: number, y: number, channel: number): number {
  const col = Math.floor(x / BLOB);
  const row = Math.floor(y / BLOB);
  const right = x % BLOB;
  const down = y % BLOB;
  const corner = (i: number, j: number) => hash(seed, col + i, row + j, channel) >>> 25;
  const top = corner(0, 0) * (BLOB - right) + corner(1, 0) * right;
  const bottom = corner(0, 1) * (BLOB - right) + corner(1, 1) * right;
  return (top * (BLOB - down) + bottom * down) >>> 8;
}

/** 32 mixed bits of four whole numbers; the finaliser of MurmurHash3 (A. Appleby, public domain). */
function hash(seed: number, x: number, y: number, channel: number): number {
  let h =
    (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(x + 1, 0x85ebca77) ^ Math.imul(y + 1, 0xc2b2ae3d)) +
    channel * 0x27d4eb2f;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
