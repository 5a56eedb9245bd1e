import { throwIfAborted } from "../base/errors.ts";
import { patchPositions } from "../heatmap/windows.ts";
import { decisionValues } from "../svm/predict.ts";
import { withImage } from "../training/collect.ts";
import { exclusionKey, exclusions, type FoldedImage } from "../training/cross-validate.ts";
import { ascending, type FittedModel, fitPath, rowsOf } from "../training/fit.ts";
import { openView, PLAIN_VIEW } from "../training/training-image.ts";
import type { Codebook } from "./codebook.ts";
import { judgeByRules } from "./judge-by-rules.ts";
import { countWords, MANUAL_VALUES, manualImage, manualRows } from "./manual-features.ts";
import { learnCodebooks, manualWindows, patchesAt } from "./manual-windows.ts";
import { heldOutImage, type MethodOutcome, readLattice, type StudyScene } from "./study.ts";

/** Patches whose features are held at once: 12 MB. */
const BATCH = 16_384;

/** Beside those of the training file, which were laid for a network's features: a good C depends on how many features there are. */
const FURTHER_C = [1e-5, 1e-4, 1e-3, 1e-2] as const;

interface ManualModel {
  readonly key: string;
  readonly codebook: Codebook;
  /** One per C, ascending. */
  readonly path: readonly FittedModel[];
}

/**
 * SVM on manual features (SVM-MF of the paper): windows, labels, folds, standardisation, solver, calibration, threshold and
 * post-processing are those of the network's features; only the features differ, and C has more candidates. A codebook is learned, like a model, for each set of
 * folds that is left out.
 */
export async function svmOnManualFeatures(study: StudyScene, foldOf: Int32Array): Promise<MethodOutcome> {
  const { svm } = study.config;
  const config = { ...study.config, svm: { ...svm, c: ascending([...svm.c, ...FURTHER_C]) } };
  const scene = { ...study, config };
  const sets = exclusions(Math.max(...foldOf) + 1);
  const codebooks = await learnCodebooks(scene, sets, foldOf);
  const windows = await manualWindows(scene, sets, codebooks, foldOf);
  const models = sets.map((set, index): ManualModel => {
    throwIfAborted(scene.signal);
    scene.onStep?.(`training on manual features (${index + 1} of ${sets.length})`);
    const rows = rowsOf(windows[index]!, () => true);
    const path = fitPath(windows[index]!, rows, scene.config.svm, scene.config.seed);
    return { key: exclusionKey(set), codebook: codebooks[index]!, path };
  });
  const judged: FoldedImage[] = [];
  for (const [index, one] of scene.images.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(`manual maps of ${one.name} (${index + 1} of ${scene.images.length})`);
    judged.push(await judgeImage(scene, models, one, foldOf[index]!));
  }
  return judgeByRules(judged, foldOf, config);
}

async function judgeImage(
  scene: StudyScene,
  models: readonly ManualModel[],
  one: StudyScene["images"][number],
  fold: number,
): Promise<FoldedImage> {
  return await withImage(scene, one, async (slide, truth) => {
    const view = openView(slide, PLAIN_VIEW, scene.pack, scene.pixelSize, () => 0);
    const image = await heldOutImage(one.name, slide, truth, view, scene.signal);
    const { lattice } = view;
    const manual = manualImage(await readLattice(view), lattice.stride);
    const { cols, rows } = patchPositions(lattice);
    const decisions = new Map<string, readonly Float32Array[]>();
    for (const { key, codebook, path } of models) {
      if (!key.split("+").includes(String(fold))) continue;
      const words = countWords(manual, codebook);
      const all = path.map(() => new Float32Array(cols * rows));
      for (let from = 0; from < cols * rows; from += BATCH) {
        const count = Math.min(BATCH, cols * rows - from);
        const positions = Int32Array.from({ length: count }, (_, i) => from + i);
        const features = manualRows(manual, words, patchesAt(positions, lattice));
        path.forEach((model, index) => {
          all[index]!.set(decisionValues(model, features.subarray(0, count * MANUAL_VALUES)), from);
        });
      }
      decisions.set(key, all);
    }
    return { image, fold, decisions };
  });
}
