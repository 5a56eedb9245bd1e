import type { PixelSize } from "../slide/types.ts";
import type { Foci } from "./foci.ts";

/** How far the threshold is moved for the ranges, either way. */
export const RANGE_STEP = 0.1;

/** The same number at a threshold 0.1 higher and at one 0.1 lower (within 0 to 1), in this order. */
export type ThresholdRange = readonly [atHigher: number, atLower: number];

/** Foci of one class of size. */
export interface FociOfSize {
  /** From this area on, up to but not with the next one; null: no limit. */
  readonly fromMm2: number;
  readonly toMm2: number | null;
  readonly count: number;
  /** Of all of them together. */
  readonly areaMm2: number;
}

/**
 * Every number that a map gives at a threshold, post-processing included. All of one grid, one threshold and one pixel size. What is null was not
 * computed or cannot be: without a pixel size there are no mm² and µm, without foci no sizes, and ranges only of finished maps.
 */
export interface MapMeasures {
  readonly threshold: number;
  /** Where the pixel size is from: every number in mm² and µm below rests on it. Null without one. */
  readonly pixelSizeOrigin: PixelSize["origin"] | null;

  readonly tissueMm2: number | null;
  readonly necrosisMm2: number | null;
  readonly necrosisMm2Range: ThresholdRange | null;
  /** Of the tissue, 0 to 1; 0 without tissue. */
  readonly necrosisFraction: number;
  readonly necrosisFractionRange: ThresholdRange | null;
  /** Level-0 pixels squared. */
  readonly tissueArea0: number;
  readonly necrosisArea0: number;

  /** Connected regions, by sides. */
  readonly focusCount: number;
  readonly focusCountRange: ThresholdRange | null;
  readonly largestFocusMm2: number | null;
  readonly medianFocusMm2: number | null;
  /** Of the circle of the same area. */
  readonly largestFocusDiameterUm: number | null;
  readonly medianFocusDiameterUm: number | null;
  /** By classes of area, smallest first, without gaps; empty without foci or pixel size. */
  readonly fociBySize: readonly FociOfSize[];

  /**
   * The viable rim of a focus is the tissue between it and the nearest glass: its width is the shortest straight distance from the focus' outline to
   * the edge of the tissue. These two are the narrowest of all foci and the median; 0: the focus reaches the edge. Null also where no glass is in
   * sight.
   */
  readonly narrowestRimUm: number | null;
  readonly medianRimUm: number | null;
  /** Foci that touch glass and have no rim there; null where `narrowestRimUm` is null. */
  readonly fociAtEdge: number | null;
}

/** What of a mask the numbers are made of. */
export interface MeasuredParts {
  readonly threshold: number;
  readonly pixelSize: PixelSize | null;
  readonly tissueArea0: number;
  readonly foci: Foci;
  /** Of the masks at the higher and the lower threshold; null for a map that still grows. */
  readonly around: readonly [Surroundings, Surroundings] | null;
}

/** What is asked of the mask at another threshold. */
export interface Surroundings {
  readonly necrosisArea0: number;
  readonly focusCount: number;
}

/** Areas at which the classes of size begin, mm²: about three a power of ten. */
const SIZE_EDGES_MM2 = [0, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100] as const;

export function measuresOf({ threshold, pixelSize, tissueArea0, foci, around }: MeasuredParts): MapMeasures {
  const mm2PerPixel0 = pixelSize === null ? null : (pixelSize.mppX * pixelSize.mppY) / 1e6;
  const inMm2 = (area0: number) => (mm2PerPixel0 === null ? null : area0 * mm2PerPixel0);
  const share = (area0: number) => (tissueArea0 > 0 ? area0 / tissueArea0 : 0);
  const necrosisArea0 = foci.area0.reduce((sum, area0) => sum + area0, 0);
  const focusAreasMm2 = mm2PerPixel0 === null ? [] : Array.from(foci.area0, (area0) => area0 * mm2PerPixel0);
  const largestFocusMm2 = focusAreasMm2[0] ?? null;
  // Largest first, so the areas are sorted already.
  const medianFocusMm2 = medianOfSorted(focusAreasMm2);
  const rims = rimsOf(foci);
  return {
    threshold,
    pixelSizeOrigin: pixelSize?.origin ?? null,
    tissueMm2: inMm2(tissueArea0),
    necrosisMm2: inMm2(necrosisArea0),
    necrosisMm2Range:
      around && mm2PerPixel0 !== null
        ? [around[0].necrosisArea0 * mm2PerPixel0, around[1].necrosisArea0 * mm2PerPixel0]
        : null,
    necrosisFraction: share(necrosisArea0),
    necrosisFractionRange: around && [share(around[0].necrosisArea0), share(around[1].necrosisArea0)],
    tissueArea0,
    necrosisArea0,
    focusCount: foci.count,
    focusCountRange: around && [around[0].focusCount, around[1].focusCount],
    largestFocusMm2,
    medianFocusMm2,
    largestFocusDiameterUm: largestFocusMm2 === null ? null : equivalentDiameterUm(largestFocusMm2),
    medianFocusDiameterUm: medianFocusMm2 === null ? null : equivalentDiameterUm(medianFocusMm2),
    fociBySize: fociBySize(focusAreasMm2),
    narrowestRimUm: rims?.[0] ?? null,
    medianRimUm: rims && medianOfSorted(rims),
    fociAtEdge: rims && rims.lastIndexOf(0) + 1,
  };
}

/** Diameter of the circle of an area. */
export function equivalentDiameterUm(areaMm2: number): number {
  return 1000 * Math.sqrt((4 * areaMm2) / Math.PI);
}

/** Sorted; null without foci, or where the distance to glass is not known. */
function rimsOf({ rimUm }: Foci): Float32Array | null {
  if (rimUm === null || rimUm.length === 0 || rimUm[0] === Number.POSITIVE_INFINITY) return null;
  return rimUm.toSorted();
}

/** The middle one, or the mean of the two in the middle; null of none. */
function medianOfSorted(sorted: ArrayLike<number>): number | null {
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** From the class of the smallest focus to that of the largest. `areasMm2` is sorted, largest first. */
function fociBySize(areasMm2: readonly number[]): readonly FociOfSize[] {
  const classes = SIZE_EDGES_MM2.map((fromMm2, k) => ({
    fromMm2,
    toMm2: SIZE_EDGES_MM2[k + 1] ?? null,
    count: 0,
    areaMm2: 0,
  }));
  for (const areaMm2 of areasMm2) {
    const own = classes.findLast(({ fromMm2 }) => areaMm2 >= fromMm2);
    if (!own) continue;
    own.count++;
    own.areaMm2 += areaMm2;
  }
  const first = classes.findIndex(({ count }) => count > 0);
  const last = classes.findLastIndex(({ count }) => count > 0);
  return first < 0 ? [] : classes.slice(first, last + 1);
}
