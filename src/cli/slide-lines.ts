import { basename } from "node:path";
import type { AnalysisResult } from "../engine/analysis/types.ts";
import type { SlideLine } from "../engine/annotations/slides-csv.ts";
import { isAppError } from "../engine/base/errors.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";
import { resultModelOf } from "../engine/resultfile/model.ts";
import { figuresOf } from "../engine/resultfile/slide-figures.ts";
import type { SlideInfo } from "../engine/slide/types.ts";

export interface AnalysedLine {
  readonly slide: SlideInfo;
  readonly fingerprint: string;
  readonly result: AnalysisResult;
  readonly loaded: LoadedPack;
  readonly threshold: number | null;
  readonly appVersion: string;
}

/** A line of the table of a batch. */
export function doneLine({ slide, fingerprint, result, loaded, threshold, appVersion }: AnalysedLine): SlideLine {
  const model = resultModelOf(loaded);
  return {
    name: slide.name,
    fingerprint,
    byteSize: slide.byteSize,
    size: slide,
    pixelSize: result.pixelSize,
    state: "done",
    errorCode: null,
    figures: figuresOf(result, { model, threshold, appVersion }),
  };
}

/** Of a slide that could not be analyzed; why, is its code. */
export function failedLine(path: string, error: unknown): SlideLine {
  return {
    name: basename(path),
    fingerprint: null,
    byteSize: null,
    size: null,
    pixelSize: null,
    state: "failed",
    errorCode: isAppError(error) ? error.code : null,
    figures: null,
  };
}
