import { throwIfAborted } from "../base/errors.ts";
import type { Lattice } from "../patches/types.ts";
import type { Slide } from "../slide/types.ts";
import { tissueCells } from "../tissue/cells.ts";
import { detectTissue } from "../tissue/detect.ts";
import { type TrainingScene, withImage } from "./collect.ts";
import { exclusionKey, exclusions, type FoldedImage, modelsFor } from "./cross-validate.ts";
import { featureView } from "./feature-view.ts";
import { type FittedModel, fitPath, rowsOf, type WindowSet } from "./fit.ts";
import { patchTruth } from "./sample-windows.ts";
import { cellTruth } from "./score.ts";
import { openView, PLAIN_VIEW } from "./training-image.ts";

/** Models by the folds that were left out of their training (`exclusionKey`), each one per C. */
export function fitExclusions(
  scene: TrainingScene,
  windows: WindowSet,
  foldOf: Int32Array,
): ReadonlyMap<string, readonly FittedModel[]> {
  const models = new Map<string, readonly FittedModel[]>();
  const sets = exclusions(Math.max(...foldOf) + 1);
  for (const [index, set] of sets.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(
      `training without fold ${set.map((fold) => fold + 1).join(" and ")} (${index + 1} of ${sets.length})`,
    );
    const rows = rowsOf(windows, (image) => !set.includes(foldOf[image]!));
    models.set(exclusionKey(set), fitPath(windows, rows, scene.config.svm, scene.config.seed));
  }
  return models;
}

/** Every image, as it is, with the decisions of all models that did not see it. */
export async function judgeImages(
  scene: TrainingScene,
  models: ReadonlyMap<string, readonly FittedModel[]>,
  foldOf: Int32Array,
): Promise<FoldedImage[]> {
  const judged: FoldedImage[] = [];
  for (const [index, one] of scene.images.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(`maps of ${one.name} (${index + 1} of ${scene.images.length})`);
    const fold = foldOf[index]!;
    judged.push(
      await withImage(scene, one, async (slide, truth) => {
        const view = openView(slide, PLAIN_VIEW, scene.pack, scene.pixelSize, () => 0);
        const { lattice, pixelSize } = view;
        const unseen = modelsFor(fold, models);
        const tissue = await tissueOn(slide, lattice, scene.signal);
        const flat = unseen.flatMap(([, path]) => path);
        const all = await featureView({ ...scene, ...view, store: one.store }).decisions(flat, tissue);
        let next = 0;
        const decisions = new Map(unseen.map(([key, path]) => [key, path.map(() => all[next++]!)]));
        const image = {
          name: one.name,
          lattice,
          pixelSize,
          tissue,
          patches: patchTruth(truth, lattice),
          cells: cellTruth(truth, lattice),
        };
        return { image, fold, decisions };
      }),
    );
  }
  return judged;
}

/** As the analysis finds it, so that figures say what a person will see. */
async function tissueOn(slide: Slide, lattice: Lattice, signal: AbortSignal | undefined) {
  return tissueCells(await detectTissue(slide, signal ? { signal } : {}), lattice);
}
