import type { TrustCheck } from "./types.ts";

type Value = number | string;

/** A reason with its numbers: `{0}` in the pattern is the first value. Numbers are cut to three digits. */
export function sentence(
  pattern: string,
  ...values: readonly Value[]
): Pick<TrustCheck, "reason" | "pattern" | "values"> {
  const short = values.map((value) => (typeof value === "number" ? rounded(value) : value));
  return { reason: filled(pattern, short), pattern, values: short };
}

export function filled(pattern: string, values: readonly Value[]): string {
  return pattern.replace(/\{(\d+)\}/g, (all, index: string) => String(values[Number(index)] ?? all));
}

/** To three significant digits, whole from 100 up. */
export function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** A share as percent, in a number of digits that a reader can use. */
export function percent(share: number): number {
  return share > 0 && share < 0.1 ? Number((100 * share).toPrecision(2)) : Math.round(100 * share);
}
