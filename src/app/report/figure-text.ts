import type { FinishedResult } from "../state/result.ts";
import { ASSUMED_MARK, formatMm2, formatPercent, formatPixelSize, formatThreshold, isAssumed } from "./numbers.ts";

/** What a figure says above the picture: heading and one line of facts. It names no file, because figures travel. */
export function figureText(result: FinishedResult): { readonly heading: string; readonly facts: string } {
  const { findings, pack, pixelSize } = result;
  const { summary } = findings;
  const regions = summary.regionCount === 1 ? "1 region" : `${summary.regionCount} regions`;
  const parts = [
    summary.necrosisMm2 === null ? null : formatMm2(summary.necrosisMm2),
    regions,
    `threshold ${formatThreshold(summary.threshold)}`,
    `model ${pack.id}`,
    `pixel ${formatPixelSize(pixelSize)}${isAssumed(pixelSize) ? ` (${ASSUMED_MARK})` : ""}`,
    result.slide.isDemo ? "synthetic slide" : null,
  ];
  return {
    heading: `Necrosis ${formatPercent(summary.fraction)} of tissue`,
    facts: parts.filter((part) => part !== null).join("  ·  "),
  };
}
