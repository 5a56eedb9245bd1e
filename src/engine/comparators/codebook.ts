import { type Random, shuffle } from "../base/random.ts";
import { SIFT_VALUES, type SiftGrid } from "./dense-sift.ts";
import { kMeans, nearestCentres } from "./k-means.ts";

/** Words of the codebook. */
export const WORDS = 128;

/** Descriptors that a codebook is learned from, at most: about 100 a word. */
const LEARNED_FROM = 12_800;
const PASSES = 15;

/** Centres of k-means, WORDS x SIFT_VALUES, row-major. */
export type Codebook = Float32Array;

/** Draws `count` descriptors of an image evenly, in the order of the grid; flat ones (glass) too, since patches hold them. */
export function drawDescriptors({ cols, rows, data }: SiftGrid, count: number, random: Random): Float32Array {
  const order = Int32Array.from({ length: cols * rows }, (_, i) => i);
  shuffle(order, random);
  const chosen = order.subarray(0, count).sort();
  const drawn = new Float32Array(chosen.length * SIFT_VALUES);
  chosen.forEach((at, i) => {
    drawn.set(data.subarray(at * SIFT_VALUES, (at + 1) * SIFT_VALUES), i * SIFT_VALUES);
  });
  return drawn;
}

/**
 * Learns a codebook from descriptors drawn from training images, as many of each image as the limit allows, so that every image counts
 * alike. The images' order matters, their names and all other images do not.
 */
export function learnCodebook(drawn: readonly Float32Array[], random: Random): Codebook {
  const share = Math.max(1, Math.floor(LEARNED_FROM / Math.max(1, drawn.length))) * SIFT_VALUES;
  const parts = drawn.map((one) => one.subarray(0, share));
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return kMeans({ data, cols: SIFT_VALUES }, { clusters: WORDS, maxPasses: PASSES, random });
}

/** The nearest word of each descriptor, row-major as the grid. */
export function wordsOf({ data }: SiftGrid, codebook: Codebook): Uint16Array {
  return nearestCentres({ data, cols: SIFT_VALUES }, codebook);
}
