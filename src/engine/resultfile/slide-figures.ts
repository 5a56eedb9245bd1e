import type { AnalysisResult } from "../analysis/types.ts";
import type { SlideFigures } from "../annotations/slides-csv.ts";
import type { ClassificationResult } from "../classification/types.ts";
import { classMap } from "../heatmap/class-map.ts";
import { measureMap } from "../heatmap/measure-map.ts";
import type { TrustReport } from "../trust/types.ts";
import type { ResultModel } from "./types.ts";

export interface FiguresOptions {
  readonly model: ResultModel;
  /** Where the slider stood; null: where the model says. */
  readonly threshold: number | null;
  /** Of the Palisade that computed the result. */
  readonly appVersion: string;
}

/** The numbers of a finished result, for lists of many slides: what is left of it where its map is not at hand. O(cells). */
export function figuresOf(
  result: AnalysisResult | ClassificationResult,
  { model, threshold, appVersion }: FiguresOptions,
): SlideFigures {
  const { pixelSize, backend, startedAt, seconds } = result;
  const common = {
    packId: model.id,
    packName: model.name,
    packSha256: model.sha256,
    appVersion,
    backend: backend.name,
    startedAt,
    seconds,
    pixelSize,
    measures: null,
    classes: [],
    found: null,
    trust: result.trust ? { light: result.trust.light, reasons: reasonsOf(result.trust) } : null,
  };
  if ("predicted" in result) {
    const { predicted, classes, probabilities } = result;
    return { ...common, found: { name: predicted, probability: probabilities[classes.indexOf(predicted)] ?? 0 } };
  }
  const { grid } = result;
  if (model.classes && grid.classes) {
    const { areas } = classMap(grid, model.classes, pixelSize);
    return { ...common, classes: areas.map(({ name, fraction, mm2 }) => ({ name, fraction, mm2 })) };
  }
  const { postProcess } = model;
  const { measures } = measureMap({ grid, postProcess, pixelSize }, threshold ?? model.threshold);
  return { ...common, measures };
}

/** What speaks against the slide, in English. */
export function reasonsOf({ checks }: Pick<TrustReport, "checks">): string[] {
  return checks.filter(({ light }) => light !== "green").map(({ reason }) => reason);
}
