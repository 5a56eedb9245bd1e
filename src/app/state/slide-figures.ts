import type { AnalysisResult } from "../../engine/analysis/types.ts";
import type { SlideFigures } from "../../engine/annotations/slides-csv.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import type { FiguresOptions } from "../../engine/resultfile/slide-figures.ts";

/** As `figuresOf` of the engine, whose code is fetched with the first result. */
export async function figuresOf(
  result: AnalysisResult | ClassificationResult,
  options: FiguresOptions,
): Promise<SlideFigures> {
  const engine = await import("../../engine/resultfile/slide-figures.ts");
  return engine.figuresOf(result, options);
}
