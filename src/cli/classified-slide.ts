import { openPatchExecutor } from "../engine/classification/patch-executor.ts";
import { classifySlide } from "../engine/classification/run.ts";
import type { ClassificationOptions, ClassificationResult } from "../engine/classification/types.ts";
import type { Backend } from "../engine/features/types.ts";
import type { LoadedPack, ModelPack } from "../engine/modelpack/types.ts";
import type { PixelSize, Slide } from "../engine/slide/types.ts";

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
