/** Where the values of a channel lie. */
export interface ValueRange {
  /** Between these the channel is shown at first. */
  readonly low: number;
  readonly high: number;
  /** Of the values looked at. */
  readonly least: number;
  readonly most: number;
}

/** Shares of the pixels that may be darker than black and brighter than the full colour: 1 % and 0.2 %. */
const LOW_SHARE = 0.01;
const HIGH_SHARE = 0.998;

/**
 * `low` and `high` are the 1st and the 99.8th percentile, as values that occur: of n sorted ones those at
 * floor(0.01 (n - 1)) and ceil(0.998 (n - 1)); where they are equal, the least and the greatest value. Null where all
 * values are equal or none is there. Sorts `values` in place; NaN must not be among them.
 */
export function percentileRange(values: Float64Array): ValueRange | null {
  if (values.length === 0) return null;
  values.sort();
  const last = values.length - 1;
  const low = values[Math.floor(LOW_SHARE * last)]!;
  const high = values[Math.ceil(HIGH_SHARE * last)]!;
  const least = values[0]!;
  const most = values[last]!;
  if (high > low) return { low, high, least, most };
  return most > least ? { low: least, high: most, least, most } : null;
}
