import type { FinishedResult } from "../state/result.ts";
import { inEnglish } from "../words/words.ts";
import { ASSUMED_MARK, formatMm2, formatPercent, formatPixelSize, formatThreshold, isAssumed } from "./numbers.ts";

interface FigureText {
  readonly heading: string;
  readonly facts: string;
  /** Of a picture without its map. */
  readonly tissueFacts: string;
}

/** What a figure says below the picture: heading and one line of facts. It names no file, because figures travel, and is English. */
export function figureText(result: FinishedResult): FigureText {
  return inEnglish(() => textOf(result));
}

function textOf(result: FinishedResult): FigureText {
  const { findings, model, pixelSize, classes } = result;
  const { summary } = findings;
  const ofSlide = [
    `pixel ${formatPixelSize(pixelSize)}${isAssumed(pixelSize) ? ` (${ASSUMED_MARK})` : ""}`,
    result.slide.isDemo ? "synthetic slide" : null,
  ];
  const common = [
    `model ${model.id}`,
    ...ofSlide,
    result.isPartial ? "partial result" : null,
    result.trust ? `trust: ${result.trust.light}${result.trust.isOverruled ? ", analyzed all the same" : ""}` : null,
    `Palisade ${result.appVersion}`,
  ];
  const tissueFacts = joined(ofSlide);
  if (classes?.chosen === null) {
    const tissue = summary.tissueMm2 === null ? null : `${formatMm2(summary.tissueMm2)} of tissue`;
    return { heading: "Classes of tissue", facts: joined([tissue, ...common]), tissueFacts };
  }
  const regions = summary.regionCount === 1 ? "1 region" : `${summary.regionCount} regions`;
  const parts = [
    summary.necrosisMm2 === null ? null : formatMm2(summary.necrosisMm2),
    regions,
    `threshold ${formatThreshold(summary.threshold)}`,
    ...common,
  ];
  return { heading: `${result.title} ${formatPercent(summary.fraction)} of tissue`, facts: joined(parts), tissueFacts };
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(" · ");
}
