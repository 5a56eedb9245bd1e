import type { ReferenceStatistics } from "../modelpack/types.ts";
import { median } from "./measures.ts";

/** Features whose spread in training is below this share of the largest tell nothing when they differ. */
const LEAST_SPREAD = 1e-3;

/**
 * How far a slide's features lie from those of training: for each row the root of the mean square of (feature - mean) / standard
 * deviation, then the middle of the rows. About 1 for what training has seen; correlations between features are not taken into account. Null
 * without a row or where the numbers do not fit.
 */
export function featureDistance(
  rows: readonly Float32Array[],
  { featureMean, featureStd }: Pick<ReferenceStatistics, "featureMean" | "featureStd">,
): number | null {
  const size = featureMean.length;
  if (rows.length === 0 || rows.some((row) => row.length !== size) || featureStd.length !== size) return null;
  const least = LEAST_SPREAD * featureStd.reduce((a, b) => Math.max(a, b), 0);
  const distances = rows.map((row) => {
    let sum = 0;
    let count = 0;
    for (let k = 0; k < size; k++) {
      if (featureStd[k]! <= least) continue;
      sum += ((row[k]! - featureMean[k]!) / featureStd[k]!) ** 2;
      count++;
    }
    return Math.sqrt(sum / Math.max(1, count));
  });
  return median(distances);
}
