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

/** `count` descriptors of a block (or all, if it has fewer), evenly drawn, in their order; flat ones (glass) too, since patches hold them. */
export function drawDescriptors(data: Float32Array, count: number, random: Random): Float32Array {
  const order = Int32Array.from({ length: data.length / SIFT_VALUES }, (_, i) => i);
  shuffle(order, random);
  return joined(
    Array.from(order.subarray(0, count).sort(), (at) => data.subarray(at * SIFT_VALUES, (at + 1) * SIFT_VALUES)),
  );
}

/**
 * Learns a codebook from the descriptors drawn of training images, as many of each as the limit allows, so that every image counts alike.
 * The images' order matters, their names and all other images do not.
 */
export function learnCodebook(drawn: readonly Float32Array[], random: Random): Codebook {
  const share = Math.max(1, Math.floor(LEARNED_FROM / Math.max(1, drawn.length)));
  const data = joined(drawn.map((one) => drawDescriptors(one, share, random)));
  return kMeans({ data, cols: SIFT_VALUES }, { clusters: WORDS, maxPasses: PASSES, random });
}

/** Blocks one after another. */
export function joined(blocks: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

/** The nearest word of each descriptor, row-major as the grid. */
export function wordsOf({ data }: SiftGrid, codebook: Codebook): Uint16Array {
  return nearestCentres({ data, cols: SIFT_VALUES }, codebook);
}
