import { isAppError, throwIfAborted } from "../base/errors.ts";
import type { Lattice } from "../patches/types.ts";
import type { Slide } from "../slide/types.ts";
import { tissueCells } from "../tissue/cells.ts";
import { detectTissue } from "../tissue/detect.ts";
import { type TrainingScene, withImage } from "./collect.ts";
import { exclusionKey, exclusions, type FoldedImage, modelsFor } from "./cross-validate.ts";
import { type FeatureView, featureView, type LinearModel } from "./feature-view.ts";
import { type FittedModel, fitPath, rowsOf, type WindowSet } from "./fit.ts";
import type { HeldOutImage } from "./held-out.ts";
import { patchTruth } from "./sample-windows.ts";
import { cellTruth } from "./score.ts";
import { openView, PLAIN_VIEW } from "./training-image.ts";

export interface ExclusionOptions {
  /** Folds left out at once, at most. */
  readonly size: number;
  /** Rows that are added to the training set, by the folds left out (`exclusionKey`). */
  readonly added: ReadonlyMap<string, Iterable<number>>;
}

/**
 * Models by the folds that were left out of their training (`exclusionKey`), each one per C. Where more than a pair is left out and the
 * rest holds one class alone there is none.
 */
export function fitExclusions(
  scene: TrainingScene,
  windows: WindowSet,
  foldOf: Int32Array,
  { size, added }: ExclusionOptions,
): ReadonlyMap<string, readonly FittedModel[]> {
  const models = new Map<string, readonly FittedModel[]>();
  const sets = exclusions(Math.max(...foldOf) + 1, size);
  for (const [index, set] of sets.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(
      `training without fold ${set.map((fold) => fold + 1).join(" and ")} (${index + 1} of ${sets.length})`,
    );
    const key = exclusionKey(set);
    const rows = rowsOf(windows, (image) => !set.includes(foldOf[image]!), added.get(key));
    try {
      models.set(key, fitPath(windows, rows, scene.config.svm, scene.config.seed));
    } catch (error) {
      if (set.length <= 2 || !isAppError(error) || error.code !== "svm/one-class") throw error;
    }
  }
  return models;
}

/** An image as it is, with its truth and the decisions of some models at every patch position. */
export type JudgingViews = (
  index: number,
  models: readonly LinearModel[],
) => Promise<{ readonly image: HeldOutImage; readonly decisions: readonly Float32Array[] }>;

/** Feature values that views may hold between passes over the images, all together: 2 GB. */
const MAX_KEPT_VALUES = 2 ** 29;

/** Opens the images in turn. With `isKept`, what the network made of an image is held for the next time, as far as memory allows. */
export function judgingViews(scene: TrainingScene, isKept: boolean): JudgingViews {
  const kept = new Map<number, { readonly image: HeldOutImage; readonly features: FeatureView }>();
  let free = isKept ? MAX_KEPT_VALUES : 0;
  const decide = async (image: HeldOutImage, features: FeatureView, models: readonly LinearModel[]) => ({
    image,
    decisions: await features.decisions(models, image.tissue),
  });
  return async (index, models) => {
    const known = kept.get(index);
    if (known) return decide(known.image, known.features, models);
    const one = scene.images[index]!;
    return withImage(scene, one, async (slide, truth) => {
      const view = openView(slide, PLAIN_VIEW, scene.pack, scene.pixelSize, () => 0);
      const { lattice, pixelSize } = view;
      const tissue = await tissueOn(slide, lattice, scene.signal);
      const patches = patchTruth(truth, lattice);
      const image = { name: one.name, lattice, pixelSize, tissue, patches, cells: cellTruth(truth, lattice) };
      const features = featureView({ ...scene, ...view, store: one.store });
      const values = lattice.cols * lattice.rows * scene.pack.backbone.channels;
      if (values <= free) {
        free -= values;
        kept.set(index, { image, features });
      }
      return decide(image, features, models);
    });
  };
}

/** Every image, as it is, with the decisions of all models that did not see it. */
export async function judgeImages(
  scene: TrainingScene,
  views: JudgingViews,
  models: ReadonlyMap<string, readonly FittedModel[]>,
  foldOf: Int32Array,
): Promise<FoldedImage[]> {
  const judged: FoldedImage[] = [];
  for (const [index, one] of scene.images.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(`maps of ${one.name} (${index + 1} of ${scene.images.length})`);
    const fold = foldOf[index]!;
    const unseen = modelsFor(fold, models);
    const { image, decisions: all } = await views(
      index,
      unseen.flatMap(([, path]) => path),
    );
    let next = 0;
    const decisions = new Map(unseen.map(([key, path]) => [key, path.map(() => all[next++]!)]));
    judged.push({ image, fold, decisions });
  }
  return judged;
}

/** As the analysis finds it, so that figures say what a person will see. */
export async function tissueOn(slide: Slide, lattice: Lattice, signal: AbortSignal | undefined) {
  return tissueCells(await detectTissue(slide, signal ? { signal } : {}), lattice);
}
