import type { AreaBiases, RegionSizeFigures } from "../../engine/evaluation/segmentation-figures.ts";
import { withInterval } from "../../engine/evaluation/with-interval.ts";
import { isPositiveImage } from "../../engine/training/score.ts";
import type { EvaluationReport, ImageRecord } from "./evaluation-report.ts";

/** A report for a person to read, line by line. */
export function reportLines(report: EvaluationReport): string[] {
  const { images, figures, notes } = report;
  const positives = images.filter(isPositiveImage).length;
  const lines = images.map(imageLine);
  if (report.meanScore !== null) {
    lines.push(
      `mean S of ${positives} images with the class: ${withInterval(figures.score, plain)}`,
      `mean precision ${withInterval(figures.precision, plain)}, mean recall ${withInterval(figures.recall, plain)}`,
    );
  }
  if (report.meanFalsePositiveFraction !== null) {
    const share = withInterval(figures.falsePositiveFraction, (value) => `${(value * 100).toFixed(2)} %`);
    lines.push(`mean false share of ${images.length - positives} images without it: ${share}`);
  }
  const assumed = images.some(({ isAssumedPixelSize }) => isAssumedPixelSize) ? " (assumed pixel size)" : "";
  lines.push(...biasLines("all images", figures.areaBias.allImages, assumed));
  if (positives < images.length) lines.push(...biasLines("images with it", figures.areaBias.withClass, assumed));
  lines.push(...figures.byRegionSize.filter(({ regions }) => regions > 0).map((one) => sizeLine(one, assumed)));
  lines.push(...reliabilityLines(report), bootstrapLine(report.bootstrap), ...notes);
  return lines;
}

/** One image, as it is also shown while the others are still to come. */
export function imageLine(image: Pick<ImageRecord, "name" | "score" | "predictedFraction" | "truthFraction">): string {
  const percent = (fraction: number) => `${(fraction * 100).toFixed(1)} %`;
  const { name, score, predictedFraction, truthFraction } = image;
  const verdict = isPositiveImage({ truthFraction }) ? `S ${score.toFixed(3)}, ` : "";
  return `${name}: ${verdict}found ${percent(predictedFraction)} of the tissue, truth ${percent(truthFraction)}`;
}

function biasLines(of: string, { percentOfTissue, mm2 }: AreaBiases, assumed: string): string[] {
  return [
    { unit: "% of the tissue", bias: percentOfTissue },
    { unit: `mm²${assumed}`, bias: mm2 },
  ].flatMap(({ unit, bias }) => {
    if (bias === null || bias.bias.value === null) return [];
    const limits = `${withInterval(bias.lowerLimit, signed)} to ${withInterval(bias.upperLimit, signed)}`;
    return [`area bias, ${of}, ${unit}: ${withInterval(bias.bias, signed)}, limits of agreement ${limits}`];
  });
}

function sizeLine({ fromMm2, toMm2, regions, detected, score }: RegionSizeFigures, assumed: string): string {
  const size = toMm2 === null ? `${fromMm2} mm² and more` : `${fromMm2} to ${toMm2} mm²`;
  const share = withInterval(detected, (value) => `${(value * 100).toFixed(0)} %`);
  return `${regions} regions of ${size}${assumed}: detected ${share}, mean S ${withInterval(score, plain)}`;
}

function reliabilityLines({ reliability }: EvaluationReport): string[] {
  const { expectedCalibrationError: error, risesThroughout, calibrationRises } = reliability;
  if (error.value === null) return [];
  const rises = risesThroughout ? "rises from bin to bin" : "does not rise in every bin";
  const calibration = calibrationRises ? "" : "; the calibration falls with the decision";
  return [
    `confidence against truth: expected calibration error ${withInterval(error, plain)}, the observed share ${rises}${calibration}`,
  ];
}

/** How the intervals in brackets were made. */
export function bootstrapLine({ by, groups, resamples, seed, level }: EvaluationReport["bootstrap"]): string {
  return `In brackets: ${level * 100} % intervals, ${resamples} resamples of ${groups} ${by}s, seed ${seed}.`;
}

function plain(value: number): string {
  return value.toFixed(3);
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}
