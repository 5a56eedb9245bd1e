import { AppError } from "../../engine/base/errors.ts";
import type { Comparison, TruthRaster } from "../../engine/pictures/truth-raster.ts";
import { evaluationOverlay, truthOverlay } from "../../engine/training/overlay.ts";
import type { FinishedResult } from "../state/result.ts";
import { download } from "./download.ts";
import { type DrawingFormat, drawingFile } from "./drawing-file.ts";
import { type NamingOptions, outputName } from "./naming.ts";
import { readTissue } from "./tissue-picture.ts";

/** Pixels along the longer side of each picture. */
const SIDE = 720;

export interface ComparedResult {
  readonly result: FinishedResult;
  readonly raster: TruthRaster;
  readonly comparison: Comparison;
  /** What the map shows. */
  readonly className: string;
}

/** Hands out the slide, the outlines in grey and the comparison side by side. It names no file, because figures travel. */
export async function exportComparison(
  compared: ComparedResult,
  format: DrawingFormat,
  options: NamingOptions,
): Promise<void> {
  const { result, raster, comparison, className } = compared;
  const canvas = await readTissue(result.slide.client, SIDE);
  const context = canvas.getContext("2d");
  if (!context) {
    throw new AppError("app/unexpected", "The browser could not make a picture; close other tabs and try again.");
  }
  const original = context.getImageData(0, 0, canvas.width, canvas.height);
  const { grid, mask, threshold } = result.findings;
  const row = {
    name: result.slide.isDemo ? "synthetic slide" : "",
    original,
    truth: truthOverlay(original, raster),
    methods: [
      {
        picture: evaluationOverlay(original, grid, mask, raster),
        words: `${comparisonWords(comparison)}, threshold ${threshold.toFixed(2)}`,
      },
    ],
  };
  const { overlayFigure } = await import("../../engine/pictures/overlay-figure.ts");
  const drawing = overlayFigure([row], [result.model.name], className);
  download(await drawingFile(drawing, format), `${await outputName(result.slide, options)}.comparison.${format}`);
}

/** "S 0.83, precision 0.80, recall 0.86". */
export function comparisonWords({ score, precision, recall }: Comparison): string {
  const figure = (value: number | null) => (value === null ? "–" : value.toFixed(2));
  return `S ${figure(score)}, precision ${figure(precision)}, recall ${figure(recall)}`;
}
