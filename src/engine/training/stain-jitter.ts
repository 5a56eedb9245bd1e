import type { Random } from "../base/random.ts";
import type { RgbaImage } from "../slide/types.ts";

/** How strong the three stains are made: stain' = gain * stain + offset, per stain (haematoxylin, eosin, the rest). */
export interface StainJitter {
  readonly gains: readonly [number, number, number];
  /** Natural-logarithm optical density along the stain's unit vector. */
  readonly offsets: readonly [number, number, number];
}

export interface StainRange {
  /** Gains are drawn evenly on a logarithmic scale between these two. */
  readonly gain: readonly [number, number];
  /** Offsets are drawn evenly from -offset to +offset. */
  readonly offset: number;
}

/** Haematoxylin, eosin, DAB in optical density of R, G, B: Ruifrok & Johnston, Anal Quant Cytol Histol 23, 2001. */
const STAINS = [
  [0.65, 0.7, 0.29],
  [0.07, 0.99, 0.11],
  [0.27, 0.57, 0.78],
] as const;

type Matrix = readonly [Row, Row, Row];
type Row = readonly [number, number, number];

const TO_DENSITY: Matrix = [unit(STAINS[0]), unit(STAINS[1]), unit(STAINS[2])];
const TO_STAINS: Matrix = inverse(TO_DENSITY);

/** Draws six numbers from `random`. */
export function drawStainJitter(range: StainRange, random: Random): StainJitter {
  const [low, high] = range.gain;
  const gain = () => Math.exp(Math.log(low) + random() * (Math.log(high) - Math.log(low)));
  const offset = () => (random() * 2 - 1) * range.offset;
  return { gains: [gain(), gain(), gain()], offsets: [offset(), offset(), offset()] };
}

/**
 * The picture as if stained differently: optical density -ln(v / 255) is taken apart into stains (colour deconvolution), each
 * stain is scaled and shifted, and the whole put together again. A value of 0 counts as 1, results are rounded and
 * clipped to 0-255, alpha is kept. Returns a new picture. O(pixels).
 */
export function jitterStain(picture: RgbaImage, jitter: StainJitter): RgbaImage {
  const { matrix, shift } = affine(jitter);
  const [[rr, rg, rb], [gr, gg, gb], [br, bg, bb]] = matrix;
  const [sr, sg, sb] = shift;
  const density = Float64Array.from({ length: 256 }, (_, value) => -Math.log(Math.max(value, 1) / 255));
  const { data } = picture;
  const out = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const r = density[data[at]!]!;
    const g = density[data[at + 1]!]!;
    const b = density[data[at + 2]!]!;
    out[at] = 255 * Math.exp(-(rr * r + rg * g + rb * b + sr));
    out[at + 1] = 255 * Math.exp(-(gr * r + gg * g + gb * b + sg));
    out[at + 2] = 255 * Math.exp(-(br * r + bg * g + bb * b + sb));
    out[at + 3] = data[at + 3]!;
  }
  return { width: picture.width, height: picture.height, data: out };
}

/** The jitter as one matrix and shift on densities: d' = matrix d + shift. */
function affine({ gains, offsets }: StainJitter): { matrix: Matrix; shift: Row } {
  const entry = (channel: 0 | 1 | 2, from: 0 | 1 | 2) => {
    let sum = 0;
    for (const stain of [0, 1, 2] as const) sum += TO_STAINS[from][stain] * gains[stain] * TO_DENSITY[stain][channel];
    return sum;
  };
  const row = (channel: 0 | 1 | 2): Row => [entry(channel, 0), entry(channel, 1), entry(channel, 2)];
  const shift = (channel: 0 | 1 | 2) => {
    let sum = 0;
    for (const stain of [0, 1, 2] as const) sum += offsets[stain] * TO_DENSITY[stain][channel];
    return sum;
  };
  return { matrix: [row(0), row(1), row(2)], shift: [shift(0), shift(1), shift(2)] };
}

function unit([r, g, b]: Row): Row {
  const length = Math.hypot(r, g, b);
  return [r / length, g / length, b / length];
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const over = (value: number) => value / determinant;
  return [
    [over(e * i - f * h), over(c * h - b * i), over(b * f - c * e)],
    [over(f * g - d * i), over(a * i - c * g), over(c * d - a * f)],
    [over(d * h - e * g), over(b * g - a * h), over(a * e - b * d)],
  ];
}
