import type { AnalysisResult } from "../../engine/analysis/types.ts";
import type { SlideFigures } from "../../engine/annotations/slides-csv.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import type { ResultModel } from "../../engine/resultfile/types.ts";
import { APP_VERSION } from "../report/app-version.ts";
import { isMapResult } from "./kept.ts";

export interface FiguresOptions {
  readonly model: ResultModel;
  /** Where the slider stood; null: where it starts. */
  readonly threshold: number | null;
  /** Default: this Palisade. */
  readonly appVersion?: string;
}

/** The numbers of a finished result, for lists of many: what is left of it when its map is not in memory. O(cells). */
export async function figuresOf(
  result: AnalysisResult | ClassificationResult,
  { model, threshold, appVersion = APP_VERSION }: FiguresOptions,
): Promise<SlideFigures> {
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
    trust: null,
  };
  if (!isMapResult(result)) {
    const { predicted, classes, probabilities } = result;
    return { ...common, found: { name: predicted, probability: probabilities[classes.indexOf(predicted)] ?? 0 } };
  }
  const { grid } = result;
  if (model.classes && grid.classes) {
    const { classMap } = await import("../../engine/heatmap/class-map.ts");
    const { areas } = classMap(grid, model.classes, pixelSize);
    return { ...common, classes: areas.map(({ name, fraction, mm2 }) => ({ name, fraction, mm2 })) };
  }
  const { measureMap } = await import("../../engine/heatmap/measure-map.ts");
  const { measures } = measureMap(grid, {
    threshold: threshold ?? model.threshold,
    postProcess: model.postProcess,
    pixelSize,
  });
  return { ...common, measures };
}
