import { sourceReader } from "../analysis/extractor-executor.ts";
import { throwIfAborted } from "../base/errors.ts";
import { readKeptPatches } from "../classification/patch-executor.ts";
import { layPatches } from "../classification/patch-grid.ts";
import { planPatchTasks } from "../classification/patch-task.ts";
import { bagSampling } from "../classification-training/config.ts";
import { type BagJudge, bagJudge } from "../classification-training/cross-validate-bags.ts";
import { poolBag } from "../features/bag.ts";
import { resizePatch } from "../features/patch-pixels.ts";
import type { RgbaImage } from "../slide/types.ts";
import { exclusionKey, exclusions } from "../training/cross-validate.ts";
import { streamFor } from "../training/training-image.ts";
import { type BagStudy, forEachSeen, type SeenImage } from "./bag-study.ts";
import { type Codebook, drawDescriptors, joined, learnCodebook } from "./codebook.ts";
import { denseSift } from "./dense-sift.ts";
import { greyImage } from "./grey.ts";
import { countWords, MANUAL_VALUES, manualImage, manualRows } from "./manual-features.ts";
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
    const fold = foldOf[seen.image]!;
    // A jittered view of an image is never judged, and not trained on where its fold is left out.
    const wanted = [...sets.keys()].filter((k) => seen.isPlain || !sets[k]!.includes(fold));
    const rows = new Map(wanted.map((k) => [k, [] as Float32Array[]]));
    await forEachPatch(study, seen, (patch) => {
      const manual = manualImage(patch, patch.width);
      const whole = [{ x: 0, y: 0, size: patch.width }];
      for (const k of wanted) rows.get(k)!.push(manualRows(manual, countWords(manual, codebooks[k]!), whole));
    });
    for (const k of wanted) {
      const features = joined(rows.get(k)!);
      const bag = { features, rows: features.length / MANUAL_VALUES, cols: MANUAL_VALUES };
      pooled[k]!.add(seen.image, seen.isPlain, poolBag(bag, config.p));
    }
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
    const ofPatches: Float32Array[] = [];
    await forEachPatch(study, seen, (patch) => ofPatches.push(denseSift(greyImage(patch)).data));
    const share = Math.ceil(DRAWN / ofPatches.length);
    const descriptors = joined(ofPatches.map((one) => drawDescriptors(one, share, random)));
    drawn.push({ image: seen.image, descriptors });
  });
  return sets.map((set, index) => {
    throwIfAborted(study.signal);
    study.onStep?.(`codebook ${index + 1} of ${sets.length}`);
    const seen = drawn.filter(({ image }) => !set.includes(foldOf[image]!)).map(({ descriptors }) => descriptors);
    return learnCodebook(seen, streamFor(config.seed, "codebook", CODEBOOK_STREAM));
  });
}

/** The patches that the network would see; larger ones are brought to the network's size. */
async function forEachPatch(study: BagStudy, seen: SeenImage, use: (patch: RgbaImage) => void): Promise<void> {
  const { slide, pixelSize, drawn } = seen;
  const sampling = bagSampling(study.config);
  const { width0, height0 } = slide.info;
  const grid = layPatches({ width0, height0, pixelSize, sampling });
  const side = Math.min(sampling.patch, sampling.resizeTo);
  for (const task of planPatchTasks(grid)) {
    const { patches } = await readKeptPatches(sourceReader(slide, grid), grid, task, study.signal);
    for (const patch of patches) use(resizePatch(drawn.change(patch), side));
  }
}
