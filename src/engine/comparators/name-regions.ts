import { RUN_FEATURES } from "./run-lengths.ts";

/** A region whose truth is known. */
export interface KnownRegion {
  /** RUN_FEATURES values. */
  readonly features: ArrayLike<number>;
  /** Cells of tissue that it covers. */
  readonly area: number;
  /** Share of them that is of the positive class, 0 to 1. */
  readonly positive: number;
}

/** Known regions that a new one is named by. */
export const NEIGHBOURS = 5;

/**
 * How much of the truth under regions like this one is of the positive class, 0 to 1: the share of the NEIGHBOURS known regions with the
 * nearest features, each by its area. Features are standardised by the known regions, so that all four count alike.
 */
export function likelyShare(features: ArrayLike<number>, known: readonly KnownRegion[]): number {
  const scale = deviations(known);
  const near = known
    .map((region, index) => ({ region, index, distance: distanceTo(region.features) }))
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .slice(0, NEIGHBOURS);
  const area = near.reduce((sum, { region }) => sum + region.area, 0);
  if (area === 0) return 0;
  return near.reduce((sum, { region }) => sum + region.area * region.positive, 0) / area;

  function distanceTo(other: ArrayLike<number>): number {
    let squares = 0;
    for (let j = 0; j < RUN_FEATURES; j++) squares += ((features[j]! - other[j]!) * scale[j]!) ** 2;
    return squares;
  }
}

/** One over the deviation of each feature; 0 where it never changes. */
function deviations(known: readonly KnownRegion[]): Float64Array {
  return Float64Array.from({ length: RUN_FEATURES }, (_, j) => {
    const mean = known.reduce((sum, { features }) => sum + features[j]!, 0) / known.length;
    const variance = known.reduce((sum, { features }) => sum + (features[j]! - mean) ** 2, 0) / known.length;
    return variance > 0 ? 1 / Math.sqrt(variance) : 0;
  });
}
