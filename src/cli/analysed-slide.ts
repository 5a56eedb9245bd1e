import { extractorExecutor } from "../engine/analysis/extractor-executor.ts";
import { runAnalysis } from "../engine/analysis/run.ts";
import type { AnalysisOptions, AnalysisResult } from "../engine/analysis/types.ts";
import { openExtractor } from "../engine/features/extractor.ts";
import type { Backend } from "../engine/features/types.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";
import type { Slide } from "../engine/slide/types.ts";

/** Runs the pack on a slide in this process. Throws as `runAnalysis`. */
export function analyzeHere(
  backend: Backend,
  loaded: LoadedPack,
  slide: Slide,
  options: AnalysisOptions,
): Promise<AnalysisResult> {
  return runAnalysis({
    slide,
    loaded,
    openExecutor: async (lattice) =>
      extractorExecutor({
        slide,
        lattice,
        extractor: await openExtractor({ backend, loaded }),
        backend: backend.info,
      }),
    options,
  });
}
