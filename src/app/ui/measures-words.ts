import type { FociOfSize, ThresholdRange } from "../../engine/heatmap/measures.ts";
import { formatInteger, formatMm2 } from "../report/numbers.ts";
import { t } from "../words/words.ts";

/** "16.0 to 21.3 %": the smaller first, whichever threshold gave it, and the unit once; one number where both are written alike. */
export function rangeWords(range: ThresholdRange, format: (value: number) => string): string {
  const [low = "", high = ""] = range.toSorted((a, b) => a - b).map(format);
  if (low === high) return low;
  const unit = high.slice(high.lastIndexOf(" "));
  return t`${high.includes(" ") && low.endsWith(unit) ? low.slice(0, -unit.length) : low} to ${high}`;
}

export function fociWords(count: number): string {
  return count === 1 ? t`1 focus` : t`${formatInteger(count)} foci`;
}

/** In the status, where programs look for the word. */
export function regionsWords(count: number): string {
  return count === 1 ? t`1 region` : t`${formatInteger(count)} regions`;
}

/** "0.1 to 0.3 mm²", "below 0.01 mm²", "100 mm² or more" */
export function sizeWords({ fromMm2, toMm2 }: FociOfSize): string {
  if (toMm2 === null) return t`${formatMm2(fromMm2)} or more`;
  return fromMm2 === 0 ? t`below ${formatMm2(toMm2)}` : t`${formatMm2(fromMm2)} to ${formatMm2(toMm2)}`;
}
