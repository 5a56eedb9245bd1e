import { sourceReader } from "../analysis/extractor-executor.ts";
import { throwIfAborted } from "../base/errors.ts";
import { readKeptPatches } from "../classification/patch-executor.ts";
import { layPatches } from "../classification/patch-grid.ts";
import { planPatchTasks } from "../classification/patch-task.ts";
import { bagSampling } from "../classification-training/config.ts";
import { type BagJudge, bagJudge } from "../classification-training/cross-validate-bags.ts";
import { poolBag } from "../features/bag.ts";
import { resizePatch } from "../features/patch-pixels.ts";
import { exclusionKey, exclusions } from "../training/cross-validate.ts";
import { streamFor } from "../training/training-image.ts";
import { type BagStudy, forEachSeen, type SeenImage } from "./bag-study.ts";
import { type Codebook, drawDescriptors, learnCodebook } from "./codebook.ts";
import { countWords, MANUAL_VALUES, type ManualImage, manualImage, manualRows } from "./manual-features.ts";
import { PooledRows } from "./pooled-rows.ts";

/** Descriptors drawn of each image and view for the codebooks. */
const DRAWN = 500;

/** Numbers the streams for codebooks apart from those for views. */
const CODEBOOK_STREAM = 1000;

/**
 * SVM on manual features for whole images (SVM-MF of the paper): the same patches, pooling, selection, SVM and folds as with the network's
 * features. A codebook is learned for each set of folds that is left out, so that the pooled rows differ between them.
 */
export async function manualJudges(study: BagStudy): Promise<(excluded: readonly number[]) => BagJudge> {
  const { config, foldOf } = study;
  const sets = exclusions(Math.max(...foldOf) + 1);
  const codebooks = await learnCodebooks(study, sets);
  const pooled = sets.map(() => new PooledRows());
  await forEachSeen(study, "manual features", async (seen) => {
    const bag = sets.map((): Float32Array[] => []);
    await forEachPatch(study, seen, (patch) => {
      const whole = [{ x: 0, y: 0, size: patch.cell }];
      codebooks.forEach((codebook, k) => {
        bag[k]!.push(manualRows(patch, countWords(patch, codebook), whole));
      });
    });
    bag.forEach((rows, k) => {
      const features = new Float32Array(rows.length * MANUAL_VALUES);
      rows.forEach((row, i) => {
        features.set(row, i * MANUAL_VALUES);
      });
      pooled[k]!.add(seen.image, seen.isPlain, poolBag({ features, rows: rows.length, cols: MANUAL_VALUES }, config.p));
    });
  });
  const setOf = new Map(sets.map((set, k) => [exclusionKey(set), pooled[k]!.result(MANUAL_VALUES)]));
  return (excluded) => bagJudge(setOf.get(exclusionKey(excluded))!, foldOf, excluded, study.fit);
}

async function learnCodebooks(study: BagStudy, sets: readonly (readonly number[])[]): Promise<Codebook[]> {
  const { images, config, foldOf } = study;
  const drawn: { image: number; descriptors: Float32Array }[] = [];
  let view = 0;
  await forEachSeen(study, "manual descriptors", async (seen) => {
    view = drawn.at(-1)?.image === seen.image ? view + 1 : 0;
    const random = streamFor(config.seed, images[seen.image]!.name, CODEBOOK_STREAM + view);
    const patches: ManualImage[] = [];
    await forEachPatch(study, seen, (patch) => patches.push(patch));
    const share = Math.ceil(DRAWN / patches.length);
    const parts = patches.map(({ sift }) => drawDescriptors(sift, share, random));
    const descriptors = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      descriptors.set(part, at);
      at += part.length;
    }
    drawn.push({ image: seen.image, descriptors });
  });
  return sets.map((set, index) => {
    throwIfAborted(study.signal);
    study.onStep?.(`codebook ${index + 1} of ${sets.length}`);
    const seen = drawn.filter(({ image }) => !set.includes(foldOf[image]!)).map(({ descriptors }) => descriptors);
    return learnCodebook(seen, streamFor(config.seed, "codebook", CODEBOOK_STREAM));
  });
}

/** The patches that the network would see, each as one manual image of one cell; larger ones are brought to the network's size. */
async function forEachPatch(study: BagStudy, seen: SeenImage, use: (patch: ManualImage) => void): Promise<void> {
  const { slide, pixelSize, drawn } = seen;
  const sampling = bagSampling(study.config);
  const { width0, height0 } = slide.info;
  const grid = layPatches({ width0, height0, pixelSize, sampling });
  const side = Math.min(sampling.patch, sampling.resizeTo);
  for (const task of planPatchTasks(grid)) {
    const { patches } = await readKeptPatches(sourceReader(slide, grid), grid, task, study.signal);
    for (const patch of patches) use(manualImage(resizePatch(drawn.change(patch), side), side));
  }
}
