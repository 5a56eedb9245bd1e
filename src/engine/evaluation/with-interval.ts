import type { Estimate } from "./bootstrap.ts";

/** A figure with its interval, where it has one: "0.83 (0.71 to 0.90)". */
export function withInterval({ value, low, high }: Estimate, format: (value: number) => string): string {
  if (value === null) return "none";
  return low === null || high === null ? format(value) : `${format(value)} (${format(low)} to ${format(high)})`;
}
