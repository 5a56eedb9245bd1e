import type { Random } from "../base/random.ts";
import { kMeans, nearestCentres } from "./k-means.ts";
import type { LabImage } from "./lab.ts";

/** Kinds of component, darkest first. */
export const COMPONENTS = ["nuclei", "stroma", "empty"] as const;

/** Pixels that the clusters are learned from, at most. */
const LEARNED_FROM = 20_000;
const PASSES = 50;

/**
 * The kind of each pixel, an index into COMPONENTS: k-means with three clusters over L*a*b* of evenly drawn pixels, every pixel to its
 * nearest centre, clusters named by their lightness. Row-major.
 */
export function tissueComponents({ lightness, a, b }: LabImage, random: Random): Uint8Array<ArrayBuffer> {
  const colours = new Float32Array(lightness.length * 3);
  for (let i = 0, to = 0; i < lightness.length; i++, to += 3) {
    colours[to] = lightness[i]!;
    colours[to + 1] = a[i]!;
    colours[to + 2] = b[i]!;
  }
  const count = Math.min(LEARNED_FROM, lightness.length);
  const drawn = new Float32Array(count * 3);
  for (let k = 0; k < count; k++) {
    const at = Math.floor(random() * lightness.length) * 3;
    drawn.set(colours.subarray(at, at + 3), k * 3);
  }
  const options = { clusters: COMPONENTS.length, maxPasses: PASSES, random };
  const centres = kMeans({ data: drawn, cols: 3 }, options);
  const byLightness = [0, 1, 2].sort((one, other) => centres[one * 3]! - centres[other * 3]!);
  const rank = [0, 1, 2].map((cluster) => byLightness.indexOf(cluster));
  const clusters = nearestCentres({ data: colours, cols: 3 }, centres);
  const kinds = new Uint8Array(clusters.length);
  for (let i = 0; i < kinds.length; i++) kinds[i] = rank[clusters[i]!]!;
  return kinds;
}
