import type { MeasureRange } from "../modelpack/types.ts";

/** How far a value lies outside of a range, in widths of the range; 0 within. */
export function beyond(value: number, [low, , high]: MeasureRange): number {
  // A range of one image, or of alike ones, has no width to count in.
  const width = Math.max(high - low, 0.05 * Math.abs(high), 1e-9);
  return Math.max(0, low - value, value - high) / width;
}
