import type {
  MeasureRange,
  RangeName,
  ReferenceRanges,
  ReferenceStatistics,
} from "../../src/engine/modelpack/types.ts";
import { featureDistance } from "../../src/engine/trust/feature-distance.ts";
import { median, quantile } from "../../src/engine/trust/measures.ts";
import { angleBetween, type StainVector, unitVector } from "../../src/engine/trust/stain-vectors.ts";
import type { MeasuredImage } from "./measured-image.ts";

/** Percentiles that a range spans. */
const [LOW, HIGH] = [0.025, 0.975];

/** How the images vary; the distance of features is that of each image from the statistics without its group. */
export function rangesOf(images: readonly MeasuredImage[], reference: ReferenceStatistics): ReferenceRanges {
  const haematoxylin = middleDirection(images, "haematoxylin");
  const eosin = middleDirection(images, "eosin");
  const range = (values: readonly number[]): MeasureRange => [
    short(quantile(values, LOW)),
    short(median(values)),
    short(quantile(values, HIGH)),
  ];
  const each = (value: (image: MeasuredImage) => number | null) =>
    range(images.map(value).filter((one) => one !== null));
  const measures: Record<RangeName, MeasureRange> = {
    haematoxylinDeg: each(({ measures: { stains } }) => stains && angleBetween(stains.haematoxylin, haematoxylin)),
    eosinDeg: each(({ measures: { stains } }) => stains && angleBetween(stains.eosin, eosin)),
    red: each(({ measures }) => measures.rgbMean[0]),
    green: each(({ measures }) => measures.rgbMean[1]),
    blue: each(({ measures }) => measures.rgbMean[2]),
    fineness: each(({ measures }) => median(measures.fineness)),
    colourfulness: each(({ measures }) => measures.colourfulness),
    foldPercent: each(({ measures }) => 100 * measures.foldShare),
    featureDistance: range(heldOutDistances(images, reference)),
  };
  return { images: images.length, haematoxylin: shortVector(haematoxylin), eosin: shortVector(eosin), measures };
}

/** Of each image, in order, from the pack's statistics less the share that its group has in them. */
export function heldOutDistances(images: readonly MeasuredImage[], reference: ReferenceStatistics): number[] {
  return images.flatMap((image) => {
    const own = images.filter(({ group }) => group === image.group);
    return featureDistance(image.rows, withoutGroup(reference, own, own.length / images.length)) ?? [];
  });
}

/**
 * Mean and standard deviation of a mixture without one part of it, of weight `share`: mu' = (mu - w mu_g) / (1 - w), and likewise for the second
 * moments. No spread falls below half of what it was, since the part's moments come from a few patches.
 */
export function withoutGroup(
  { featureMean, featureStd }: Pick<ReferenceStatistics, "featureMean" | "featureStd">,
  group: readonly MeasuredImage[],
  share: number,
): Pick<ReferenceStatistics, "featureMean" | "featureStd"> {
  const rows = group.flatMap((image) => image.rows);
  if (rows.length === 0 || share >= 1) return { featureMean, featureStd };
  const parts = featureMean.map((mean, k) => {
    const own = rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length;
    const ownSquares = rows.reduce((sum, row) => sum + row[k]! ** 2, 0) / rows.length;
    const rest = (mean - share * own) / (1 - share);
    const restSquares = (featureStd[k]! ** 2 + mean ** 2 - share * ownSquares) / (1 - share);
    const variance = Math.max(featureStd[k]! ** 2 / 4, restSquares - rest ** 2);
    return { mean: rest, std: Math.sqrt(variance) };
  });
  return { featureMean: parts.map(({ mean }) => mean), featureStd: parts.map(({ std }) => std) };
}

function middleDirection(images: readonly MeasuredImage[], stain: "haematoxylin" | "eosin"): StainVector {
  const vectors = images.flatMap(({ measures }) => (measures.stains ? [measures.stains[stain]] : []));
  const sum = [0, 1, 2].map((channel) => vectors.reduce((total, vector) => total + vector[channel]!, 0));
  return unitVector([sum[0]!, sum[1]!, sum[2]!]);
}

function shortVector([r, g, b]: StainVector): StainVector {
  return [short(r), short(g), short(b)];
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
