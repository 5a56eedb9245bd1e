import { type Random, seededRandom } from "../../src/engine/base/random.ts";

const directionCount = 256;
const directionX = Float64Array.from({ length: directionCount }, (_, i) =>
  Math.cos((2 * Math.PI * i) / directionCount),
);
const directionY = Float64Array.from({ length: directionCount }, (_, i) =>
  Math.sin((2 * Math.PI * i) / directionCount),
);

/** 32 well-mixed bits for an integer place; the same on every machine (multiply-xorshift finaliser of MurmurHash3). */
export function hashPlace(seed: number, x: number, y: number): number {
  let h = (Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The same bits as a number in [0, 1). */
export function hashUnit(seed: number, x: number, y: number): number {
  return hashPlace(seed, x, y) / 4294967296;
}

/** A stream of its own for one integer place, so that what stands there does not depend on what was drawn before. */
export function placeRandom(seed: number, x: number, y: number): Random {
  return seededRandom(hashPlace(seed, x, y));
}

/** Gradient noise (Perlin 2002, random directions, quintic fade): about -1 to 1, one feature a unit, mean 0. */
export function gradientNoise(seed: number, x: number, y: number): number {
  const col = Math.floor(x);
  const row = Math.floor(y);
  const fx = x - col;
  const fy = y - row;
  const a = slope(seed, col, row, fx, fy);
  const b = slope(seed, col + 1, row, fx - 1, fy);
  const c = slope(seed, col, row + 1, fx, fy - 1);
  const d = slope(seed, col + 1, row + 1, fx - 1, fy - 1);
  const u = fade(fx);
  const top = a + u * (b - a);
  const bottom = c + u * (d - c);
  return 1.5 * (top + fade(fy) * (bottom - top));
}

/** Octaves of gradient noise, each turned by 37 degrees, of half the size and `persistence` of the height; about -1 to 1. */
export function octaveNoise(seed: number, x: number, y: number, octaves: number, persistence = 0.5): number {
  let sum = 0;
  let height = 1;
  let total = 0;
  let px = x;
  let py = y;
  for (let octave = 0; octave < octaves; octave++) {
    sum += height * gradientNoise(seed + octave * 101, px, py);
    total += height;
    height *= persistence;
    const turnedX = 0.7986 * px - 0.6018 * py;
    py = 2 * (0.6018 * px + 0.7986 * py) + 17.3;
    px = 2 * turnedX + 9.1;
  }
  return sum / total;
}

/** 0 below `from`, 1 above `to`, a smooth step between; `from` may exceed `to`. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** A normal deviate (Box-Muller, one of the pair). */
export function normalDeviate(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function slope(seed: number, col: number, row: number, dx: number, dy: number): number {
  const direction = hashPlace(seed, col, row) & (directionCount - 1);
  return directionX[direction]! * dx + directionY[direction]! * dy;
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}
