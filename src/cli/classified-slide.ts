import { slideDecision } from "../engine/classification/decision-for.ts";
import { strongest } from "../engine/classification/evidence.ts";
import { openPatchExecutor } from "../engine/classification/patch-executor.ts";
import { type PatchBox, patchBox, patchCount } from "../engine/classification/patch-grid.ts";
import { classifySlide } from "../engine/classification/run.ts";
import type { ClassificationOptions, ClassificationResult } from "../engine/classification/types.ts";
import type { Backend } from "../engine/features/types.ts";
import type { LoadedPack, ModelPack } from "../engine/modelpack/types.ts";
import type { PixelSize, Slide } from "../engine/slide/types.ts";

/** Patches of each side that a report lists. */
const LISTED = 10;

/** A listed patch: where it lies in level-0 pixels, and what it adds to the decision for the predicted class. */
export interface ListedPatch extends PatchBox {
  readonly evidence: number;
}

/** Runs the pack on a slide in this process. Throws as `classifySlide`. */
export function classifyHere(
  backend: Backend,
  loaded: LoadedPack,
  slide: Slide,
  options: ClassificationOptions,
): Promise<ClassificationResult> {
  const openExecutor: Parameters<typeof classifySlide>[0]["openExecutor"] = (grid) =>
    openPatchExecutor({ slide, grid, loaded, backend });
  return classifySlide({ slide, loaded, openExecutor, options });
}

/** One number for the slide (`slideDecision`). */
export function decisionOf({ classes, predicted, pairs }: ClassificationResult): number {
  return slideDecision(classes, predicted, pairs);
}

/** The probability of the predicted class. */
export function confidenceOf({ classes, predicted, probabilities }: ClassificationResult): number {
  return probabilities[classes.indexOf(predicted)]!;
}

/** The result as --json prints it; `classes` and `pairs` as in the pack. */
export function classificationRecord(result: ClassificationResult) {
  const { classes, predicted, probabilities, pairs, grid, kept, evidence, ...run } = result;
  const { supporting, opposing } = strongest(evidence, LISTED);
  const listed = (row: number): ListedPatch => ({ ...patchBox(grid, kept[row]!), evidence: evidence[row]! });
  return {
    predicted,
    decision: decisionOf(result),
    confidence: confidenceOf(result),
    probabilities: Object.fromEntries(classes.map((name, index) => [name, probabilities[index]!])),
    pairs,
    patches: { laid: patchCount(grid), used: kept.length },
    supporting: supporting.map(listed),
    opposing: opposing.map(listed),
    ...run,
  };
}

/**
 * The pixel size for an image: the given one, else its file's (null), else that of the images the pack was trained on, for images of
 * the same kind that say nothing, with a note.
 */
export function assumedPixelSize(
  slide: Slide,
  given: number | null,
  pack: ModelPack,
): { readonly pixelSize: PixelSize | null; readonly note: string | null } {
  if (given !== null) return { pixelSize: { mppX: given, mppY: given, origin: "assumed" }, note: null };
  if (slide.info.pixelSize) return { pixelSize: null, note: null };
  const { imageMpp } = pack.training.settings;
  const mpp = typeof imageMpp === "number" && imageMpp > 0 ? imageMpp : pack.sampling.mpp;
  const note = `Images without a pixel size were taken at ${mpp} µm, that of the pack's training images; give --mpp (or a column mpp) to change that.`;
  return { pixelSize: { mppX: mpp, mppY: mpp, origin: "assumed" }, note };
}
