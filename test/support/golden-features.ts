import type { FloatTensor } from "../../src/engine/features/types.ts";

/** One case of test/fixtures/features/golden.json. */
export interface GoldenCase {
  readonly name: string;
  readonly model: string;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly seed: number;
  readonly channelStep: number;
  readonly shape: readonly number[];
  readonly firstPixels: readonly number[];
  readonly pixelSum: number;
}

export interface GoldenList {
  readonly relativeTolerance: number;
  readonly cases: readonly GoldenCase[];
}

/** RGB bytes [batch, height, width, 3] by the formula of the fixture's README. */
export function goldenPixels({ batch, height, width, seed }: GoldenCase): Uint8Array {
  const pixels = new Uint8Array(batch * height * width * 3);
  let state = seed;
  for (let at = 0; at < pixels.length; at++) {
    const c = at % 3;
    const x = Math.floor(at / 3) % width;
    const y = Math.floor(at / (3 * width)) % height;
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    pixels[at] = (((3 + c) * x + (5 - c) * y) % 128) + (state >>> 25);
  }
  return pixels;
}

/** Bytes [batch, height, width, 3] as the graphs take them: (value - 127) / 128, [batch, 3, height, width]. */
export function networkInput(pixels: Uint8Array, { batch, height, width }: GoldenCase): FloatTensor {
  const area = height * width;
  const data = new Float32Array(pixels.length);
  pixels.forEach((value, at) => {
    const image = Math.floor(at / (3 * area));
    const place = Math.floor(at / 3) % area;
    data[(image * 3 + (at % 3)) * area + place] = (value - 127) / 128;
  });
  return { data, dims: [batch, 3, height, width] };
}

/** Largest absolute difference over the kept channels, divided by the largest absolute expected value. */
export function relativeDifference(found: FloatTensor, known: GoldenCase, expected: Float32Array): number {
  const [batch = 0, kept = 0, rows = 0, cols = 0] = known.shape;
  const area = rows * cols;
  const [, channels = 0] = found.dims;
  const isSameShape = found.dims[0] === batch && found.dims[2] === rows && found.dims[3] === cols;
  if (!isSameShape) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 0;
  for (let at = 0; at < expected.length; at++) {
    const image = Math.floor(at / (kept * area));
    const channel = (Math.floor(at / area) % kept) * known.channelStep;
    const value = found.data[(image * channels + channel) * area + (at % area)] ?? Number.NaN;
    difference = Math.max(difference, Math.abs(value - expected[at]!));
    largest = Math.max(largest, Math.abs(expected[at]!));
  }
  return difference / largest;
}
