import type { TrustCheck } from "./types.ts";

/**
 * A reason with its numbers, cut to three digits: `{0}` in the pattern is the first value. The page knows the pattern in other languages
 * (`app/words/de-heard.ts`).
 */
export function sentence(pattern: string, ...values: readonly (number | string)[]): Pick<TrustCheck, "reason"> {
  const shown = values.map((value) => String(typeof value === "number" ? rounded(value) : value));
  return { reason: pattern.replace(/\{(\d+)\}/g, (all, index: string) => shown[Number(index)] ?? all) };
}

/** To three significant digits, whole from 100 up. */
export function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** A share as percent, in a number of digits that a reader can use. */
export function percent(share: number): number {
  return share > 0 && share < 0.1 ? Number((100 * share).toPrecision(2)) : Math.round(100 * share);
}
