/** Direction of a stain in optical density of red, green, blue; length 1. */
export type StainVector = readonly [number, number, number];

export interface StainVectors {
  readonly haematoxylin: StainVector;
  readonly eosin: StainVector;
}

/** Density below which a pixel is too pale to tell stains apart; Macenko et al. (ISBI 2009) take 0.15 of the decadic logarithm. */
const LEAST_DENSITY = 0.15 * Math.LN10;

/** Share of the angles that is left out at each end, as Macenko et al. */
const OUTLIERS = 0.01;

/** Pixels that are enough to see two directions in. */
const LEAST_PIXELS = 500;

/**
 * The two directions between which the densities of stained pixels lie (Macenko et al., ISBI 2009): the plane of the two largest
 * principal directions, and in it the 1st and 99th percentile of the angle. The one that swallows more red is haematoxylin. Null
 * where too few pixels are stained. `density`: as `tissueDensity`. O(n log n).
 */
export function stainVectors(density: Float32Array): StainVectors | null {
  const stained = stainedPixels(density);
  const count = stained.length / 3;
  if (count < LEAST_PIXELS) return null;
  const [first, second] = principalDirections(stained);
  const angles = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    angles[i] = Math.atan2(along(stained, i, second), along(stained, i, first));
  }
  angles.sort();
  const low = angles[Math.floor(OUTLIERS * (count - 1))]!;
  const high = angles[Math.ceil((1 - OUTLIERS) * (count - 1))]!;
  const [a, b] = [direction(first, second, low), direction(first, second, high)];
  return a[0] > b[0] ? { haematoxylin: a, eosin: b } : { haematoxylin: b, eosin: a };
}

/** Degrees between two directions. */
export function angleBetween(a: StainVector, b: StainVector): number {
  const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}

/** Of length 1. Throws `RangeError` for no direction at all. */
export function unitVector([r, g, b]: StainVector): StainVector {
  const length = Math.hypot(r, g, b);
  if (!(length > 0)) throw new RangeError("a direction of length 0");
  return [r / length, g / length, b / length];
}

function stainedPixels(density: Float32Array): Float32Array {
  const stained = new Float32Array(density.length);
  let to = 0;
  for (let at = 0; at < density.length; at += 3) {
    const [r, g, b] = [density[at]!, density[at + 1]!, density[at + 2]!];
    if ((r + g + b) / 3 < LEAST_DENSITY) continue;
    stained[to++] = r;
    stained[to++] = g;
    stained[to++] = b;
  }
  return stained.subarray(0, to);
}

function along(values: Float32Array, pixel: number, axis: StainVector): number {
  const at = pixel * 3;
  return values[at]! * axis[0] + values[at + 1]! * axis[1] + values[at + 2]! * axis[2];
}

/** A direction in the plane, with densities that are not negative. */
function direction(first: StainVector, second: StainVector, angle: number): StainVector {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const at = (i: 0 | 1 | 2) => Math.max(0, c * first[i] + s * second[i]);
  return unitVector([at(0), at(1), at(2)]);
}

/** The two directions of the largest second moments about 0 of three-valued rows, the first pointing to positive densities. */
function principalDirections(values: Float32Array): readonly [StainVector, StainVector] {
  const m = [0, 0, 0, 0, 0, 0];
  for (let at = 0; at < values.length; at += 3) {
    const [r, g, b] = [values[at]!, values[at + 1]!, values[at + 2]!];
    m[0]! += r * r;
    m[1]! += r * g;
    m[2]! += r * b;
    m[3]! += g * g;
    m[4]! += g * b;
    m[5]! += b * b;
  }
  const first = dominant(m);
  const weight = rayleigh(m, first);
  // What the first direction explains is taken away; the second is the largest of the rest.
  const rest = m.map((value, i) => value - weight * first[ROW[i]!]! * first[COL[i]!]!);
  return [first, dominant(rest)];
}

const ROW = [0, 0, 0, 1, 1, 2] as const;
const COL = [0, 1, 2, 1, 2, 2] as const;

function times(m: readonly number[], v: StainVector): StainVector {
  const [a, b, c, d, e, f] = m as [number, number, number, number, number, number];
  return [a * v[0] + b * v[1] + c * v[2], b * v[0] + d * v[1] + e * v[2], c * v[0] + e * v[1] + f * v[2]];
}

function rayleigh(m: readonly number[], v: StainVector): number {
  const u = times(m, v);
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

/** Power iteration on a symmetric 3 x 3 matrix, from the axis on which it is largest. */
function dominant(m: readonly number[]): StainVector {
  const diagonal = [m[0]!, m[3]!, m[5]!];
  const axis = diagonal.indexOf(Math.max(...diagonal));
  let v: StainVector = [axis === 0 ? 1 : 0.1, axis === 1 ? 1 : 0.1, axis === 2 ? 1 : 0.1];
  for (let step = 0; step < 200; step++) {
    const next = times(m, v);
    if (Math.hypot(...next) === 0) break;
    v = unitVector(next);
  }
  return unitVector(v);
}
