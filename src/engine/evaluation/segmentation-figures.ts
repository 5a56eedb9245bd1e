import { type Agreement, limitsOfAgreement } from "./agreement.ts";
import { type BootstrapOptions, type Estimate, groupBootstrap, type Statistic } from "./bootstrap.ts";
import type { RegionScore } from "./region-scores.ts";

/** What was recorded of one image; areas within the tissue of the truth, level-0 pixels squared. */
export interface SegmentedImage {
  readonly name: string;
  readonly group: string;
  /** False where the truth holds too little of the class for a score; the falsely found share counts instead. */
  readonly hasClass: boolean;
  readonly score: number;
  readonly predictedFraction: number;
  readonly truthFraction: number;
  readonly commonArea0: number;
  readonly predictedArea0: number;
  readonly truthArea0: number;
  /** Square millimetres per level-0 pixel; null where no scale is known. */
  readonly mm2PerPixel0: number | null;
  /** Of the truth's regions, areas in mm²; empty where no scale is known. */
  readonly regions: readonly RegionScore[];
}

/** Found less true area: bias and limits between which 95 % of the images lie. */
export interface AreaBias {
  readonly bias: Estimate;
  readonly lowerLimit: Estimate;
  readonly upperLimit: Estimate;
}

export interface AreaBiases {
  /** Percent of the tissue (percentage points). */
  readonly percentOfTissue: AreaBias;
  /** Null where an image has no scale. */
  readonly mm2: AreaBias | null;
}

export interface RegionSizeFigures {
  readonly fromMm2: number;
  /** Null: no upper end. */
  readonly toMm2: number | null;
  readonly regions: number;
  readonly images: number;
  /** Share of the regions of which at least half was found. */
  readonly detected: Estimate;
  /** Mean over the regions, as `RegionScore`. */
  readonly score: Estimate;
}

export interface SegmentationFigures {
  /** Means over the images with the class. Precision leaves out those on which nothing was found. */
  readonly score: Estimate;
  readonly precision: Estimate;
  readonly recall: Estimate;
  /** Falsely found share of the tissue, mean over the images without the class. */
  readonly falsePositiveFraction: Estimate;
  readonly areaBias: { readonly allImages: AreaBiases; readonly withClass: AreaBiases };
  readonly byRegionSize: readonly RegionSizeFigures[];
}

/** Ends of the bins of region sizes, mm²; regions below the first are specks of the painting and count nowhere. */
export const REGION_SIZES_MM2 = [0.01, 0.1, 1, 10] as const;

/** A region counts as detected when at least this share of it was found. */
export const DETECTED_SHARE = 0.5;

/** Every figure of a segmentation with its interval by group bootstrap; all see the same resamples. */
export function segmentationFigures(
  images: readonly SegmentedImage[],
  options: BootstrapOptions = {},
): SegmentationFigures {
  const hasScale = images.every(({ mm2PerPixel0 }) => mm2PerPixel0 !== null);
  const statistics: Statistics = {
    score: meanOver(withClass, ({ score }) => score),
    precision: meanOver(withClass, precisionOf),
    recall: meanOver(withClass, recallOf),
    falsePositiveFraction: meanOver(withoutClass, ({ predictedFraction }) => predictedFraction),
    ...areaStatistics("all", (drawn) => drawn),
    ...areaStatistics("with", (drawn) => drawn.filter(withClass)),
    ...regionStatistics(),
  };
  const found = groupBootstrap(images, ({ group }) => group, statistics, options);
  const biases = (of: "all" | "with"): AreaBiases => ({
    percentOfTissue: areaBias(found, `${of} percent`),
    mm2: hasScale ? areaBias(found, `${of} mm2`) : null,
  });
  return {
    score: found["score"]!,
    precision: found["precision"]!,
    recall: found["recall"]!,
    falsePositiveFraction: found["falsePositiveFraction"]!,
    areaBias: { allImages: biases("all"), withClass: biases("with") },
    byRegionSize: REGION_SIZES_MM2.map((fromMm2, bin) => ({
      fromMm2,
      toMm2: REGION_SIZES_MM2[bin + 1] ?? null,
      regions: images.flatMap((image) => regionsIn(image, bin)).length,
      images: images.filter((image) => regionsIn(image, bin).length > 0).length,
      detected: found[`detected ${bin}`]!,
      score: found[`score ${bin}`]!,
    })),
  };
}

/** Share of what was found that is of the class; null where nothing was found. */
export function precisionOf({ commonArea0, predictedArea0 }: SegmentedImage): number | null {
  return predictedArea0 > 0 ? commonArea0 / predictedArea0 : null;
}

/** Share of the class that was found; null where there is none. */
export function recallOf({ commonArea0, truthArea0 }: SegmentedImage): number | null {
  return truthArea0 > 0 ? commonArea0 / truthArea0 : null;
}

type Statistics = Record<string, Statistic<SegmentedImage>>;

function withClass({ hasClass }: SegmentedImage): boolean {
  return hasClass;
}

function withoutClass({ hasClass }: SegmentedImage): boolean {
  return !hasClass;
}

function meanOver(
  belongs: (image: SegmentedImage) => boolean,
  value: (image: SegmentedImage) => number | null,
): Statistic<SegmentedImage> {
  return (images) => mean(images.filter(belongs).map(value));
}

function areaStatistics(of: string, chosen: (images: readonly SegmentedImage[]) => readonly SegmentedImage[]) {
  const units: Record<string, (image: SegmentedImage) => number> = {
    percent: ({ predictedFraction, truthFraction }) => (predictedFraction - truthFraction) * 100,
    mm2: ({ predictedArea0, truthArea0, mm2PerPixel0 }) => (predictedArea0 - truthArea0) * (mm2PerPixel0 ?? Number.NaN),
  };
  const statistics: Statistics = {};
  for (const [unit, difference] of Object.entries(units)) {
    for (const end of ["bias", "lower", "upper"] as const satisfies readonly (keyof Agreement)[]) {
      statistics[`${of} ${unit} ${end}`] = (images) => limitsOfAgreement(chosen(images).map(difference))?.[end] ?? null;
    }
  }
  return statistics;
}

function areaBias(found: Readonly<Record<string, Estimate>>, of: string): AreaBias {
  return { bias: found[`${of} bias`]!, lowerLimit: found[`${of} lower`]!, upperLimit: found[`${of} upper`]! };
}

function regionStatistics(): Statistics {
  const statistics: Statistics = {};
  REGION_SIZES_MM2.forEach((_, bin) => {
    const regions = (images: readonly SegmentedImage[]) => images.flatMap((image) => regionsIn(image, bin));
    statistics[`detected ${bin}`] = (images) =>
      mean(regions(images).map(({ foundShare }) => (foundShare >= DETECTED_SHARE ? 1 : 0)));
    statistics[`score ${bin}`] = (images) => mean(regions(images).map(({ score }) => score));
  });
  return statistics;
}

function regionsIn({ regions }: SegmentedImage, bin: number): RegionScore[] {
  const from = REGION_SIZES_MM2[bin]!;
  const to = REGION_SIZES_MM2[bin + 1] ?? Number.POSITIVE_INFINITY;
  return regions.filter(({ area }) => area >= from && area < to);
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
