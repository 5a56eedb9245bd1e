import { sourceReader } from "../analysis/extractor-executor.ts";
import { AppError, isAppError, throwIfAborted } from "../base/errors.ts";
import { type GatheredBag, gatherBag } from "../classification/gather.ts";
import { readKeptPatches } from "../classification/patch-executor.ts";
import { layPatches, type PatchGrid, patchCount } from "../classification/patch-grid.ts";
import { type PatchRows, planPatchTasks } from "../classification/patch-task.ts";
import { type Bag, poolBag } from "../features/bag.ts";
import { featuresOfPatches } from "../features/patchwise.ts";
import type { Session } from "../features/types.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { PixelSize, RgbaImage, Slide } from "../slide/types.ts";
import type { RowStore } from "../training/kept-rows.ts";
import { streamFor } from "../training/training-image.ts";
import { drawView, isPlainView } from "./bag-view.ts";
import { ColourSums } from "./colour-sums.ts";
import type { BagView, ClassificationConfig } from "./config.ts";
import type { LabelledImage } from "./labelled-image.ts";

/** What every step over the images needs. */
export interface BagScene {
  readonly images: readonly LabelledImage[];
  readonly config: ClassificationConfig;
  readonly pack: Pick<ModelPack, "backbone" | "sampling">;
  readonly session: Session;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: string) => void;
  /** Is handed every bag before it is pooled, in the order of the set's rows. */
  readonly onBag?: (bag: Bag) => void;
}

/** The pooled images under all views. */
export interface PooledSet {
  /** Row-major, rows x cols: a row per image and view. */
  readonly features: Float32Array;
  readonly cols: number;
  /** Index of the image, per row. */
  readonly images: Int32Array;
  /** 1 where the row shows its image as it is. Every image has one such row. */
  readonly isPlain: Uint8Array;
}

export interface CollectedBags {
  readonly set: PooledSet;
  /** Patches of the plain views, in all and those that are not blank. */
  readonly patches: { readonly laid: number; readonly kept: number };
  /** Of the patches that were kept, plain views. */
  readonly rgbMean: readonly [number, number, number];
  readonly rgbStd: readonly [number, number, number];
  /** Of each image, micrometres per level-0 pixel. */
  readonly mpp: readonly number[];
}

/**
 * Pools every image under every view. An image is always seen as it is, too, since that is what it is judged by. Throws
 * `training/bad-data` for an image without a pixel size or with blank patches only, and what reading and running throw, with the name.
 */
export async function collectBags(scene: BagScene): Promise<CollectedBags> {
  const { images, config } = scene;
  const views = viewsOf(config);
  const rows: Float64Array[] = [];
  const imageOf: number[] = [];
  const plain: number[] = [];
  const mpp: number[] = [];
  const colour = new ColourSums();
  const patches = { laid: 0, kept: 0 };
  for (const [index, image] of images.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(`features of ${image.name} (${index + 1} of ${images.length})`);
    const slide = await named(image, () => image.openSlide());
    try {
      const pixelSize = pixelSizeOf(image, slide);
      mpp.push(Math.sqrt(pixelSize.mppX * pixelSize.mppY));
      for (const [number, view] of views.entries()) {
        const drawn = drawView(view, streamFor(config.seed, image.name, number));
        const isPlain = isPlainView(view);
        const seen = { pixelSize: enlarged(pixelSize, drawn.scale), change: drawn.change };
        const store = image.storeFor?.({ ...drawnFrom(scene, image, number, view), pixelSize, ...cutFrom(scene) });
        const { bag, laid } = await named(image, () => keptBag(scene, slide, seen, store));
        if (isPlain) await named(image, () => addColours(colour, slide, pixelSize, scene));
        if (bag.rows === 0) throw allBlank(image);
        if (isPlain) {
          patches.laid += laid;
          patches.kept += bag.rows;
        }
        scene.onBag?.(bag);
        rows.push(poolBag(bag, config.p));
        imageOf.push(index);
        plain.push(isPlain ? 1 : 0);
      }
    } finally {
      slide.close();
    }
  }
  const cols = scene.pack.backbone.channels;
  const features = new Float32Array(rows.length * cols);
  rows.forEach((row, k) => {
    features.set(row, k * cols);
  });
  const set = { features, cols, images: Int32Array.from(imageOf), isPlain: Uint8Array.from(plain) };
  return { set, patches, ...colour.result(), mpp };
}

const PLAIN = { stain: null, scale: null, turn: false };

/** The configured views, and the plain one where they lack it. */
export function viewsOf({ views }: Pick<ClassificationConfig, "views">): readonly BagView[] {
  return views.some(isPlainView) ? views : [PLAIN, ...views];
}

/** All that chance depends on; of a plain view nothing. */
function drawnFrom({ config }: BagScene, { name }: LabelledImage, number: number, view: BagView) {
  return isPlainView(view) ? {} : { seed: config.seed, name, number, view };
}

/** How patches are cut. */
function cutFrom({ pack: { sampling } }: BagScene) {
  const { mpp, patch, stride, resizeTo } = sampling;
  return { mpp, patch, stride, resizeTo };
}

/** A slide as one view shows it. */
interface SeenSlide {
  readonly pixelSize: PixelSize;
  readonly change: (patch: RgbaImage) => RgbaImage;
}

/** The bag from the store, where it is whole or not at all, else made and kept there. */
async function keptBag(scene: BagScene, slide: Slide, seen: SeenSlide, store: RowStore | undefined) {
  const { channels } = scene.pack.backbone;
  const kept = await store?.load(channels);
  const laid = patchCount(gridOf(slide, seen.pixelSize, scene));
  if (kept && kept.positions.length > 0) {
    return { bag: { features: kept.rows, rows: kept.positions.length, cols: channels }, laid };
  }
  const bag = await seenBag(scene, slide, seen);
  if (bag.rows > 0) await store?.append({ positions: bag.kept, rows: bag.features });
  return { bag, laid };
}

/** The features of the patches that are not blank, each as `change` shows it; a few patches are held at a time. */
async function seenBag(scene: BagScene, slide: Slide, { pixelSize, change }: SeenSlide): Promise<GatheredBag> {
  const { backbone, sampling } = scene.pack;
  const grid = gridOf(slide, pixelSize, scene);
  const tasks = planPatchTasks(grid);
  const found = new Map<number, PatchRows>();
  for (const task of tasks) {
    const { kept, patches } = await readKeptPatches(sourceReader(slide, grid), grid, task, scene.signal);
    const { data } = await featuresOfPatches(scene.session, backbone, sampling.resizeTo, patches.map(change));
    found.set(task.id, { kept, data });
  }
  return gatherBag(found, tasks, backbone.channels);
}

async function addColours(colour: ColourSums, slide: Slide, pixelSize: PixelSize, scene: BagScene): Promise<void> {
  const grid = gridOf(slide, pixelSize, scene);
  for (const task of planPatchTasks(grid)) {
    const { patches } = await readKeptPatches(sourceReader(slide, grid), grid, task, scene.signal);
    for (const patch of patches) colour.add(patch);
  }
}

function gridOf(slide: Slide, pixelSize: PixelSize, scene: BagScene): PatchGrid {
  const { width0, height0 } = slide.info;
  return layPatches({ width0, height0, pixelSize, sampling: scene.pack.sampling });
}

/** Enlarging by s is done by claiming pixels s times as large. */
export function enlarged(pixelSize: PixelSize, scale: number): PixelSize {
  return { ...pixelSize, mppX: pixelSize.mppX * scale, mppY: pixelSize.mppY * scale };
}

/** What the table says, else what the file says. Throws `training/bad-data`. */
export function pixelSizeOf(image: LabelledImage, slide: Slide): PixelSize {
  const size = image.pixelSize ?? slide.info.pixelSize;
  if (size) return size;
  throw new AppError(
    "training/bad-data",
    `Expected a pixel size for the image ${image.name}, found none in the table or in the file; add a column mpp to the table.`,
  );
}

function allBlank(image: LabelledImage): AppError {
  return new AppError(
    "training/bad-data",
    `Expected tissue on the image ${image.name}, found only almost white patches (every channel above 200); take it out of the table.`,
  );
}

/** Names the image in whatever reading it throws. */
export async function named<T>(image: LabelledImage, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isAppError(cause) || cause.message.startsWith(`${image.name}: `)) throw cause;
    throw new AppError(cause.code, `${image.name}: ${cause.message}`, cause.details, { cause });
  }
}
