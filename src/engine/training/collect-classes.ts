import { AppError, throwIfAborted } from "../base/errors.ts";
import { NO_CLASS } from "../heatmap/class-labels.ts";
import { isBackground } from "../heatmap/class-palette.ts";
import type { Slide } from "../slide/types.ts";
import { type ClassTruth, patchClasses, readClassTruth } from "./class-truth.ts";
import { ColourStatistics, type TrainingScene } from "./collect.ts";
import { featureView } from "./feature-view.ts";
import type { WindowSet } from "./fit.ts";
import type { MaskClass } from "./mask-classes.ts";
import { type ClassDraw, sampleClasses } from "./sample-classes.ts";
import { openView, streamFor, type TrainingImage } from "./training-image.ts";

/** What every step over the images of several classes needs. */
export interface ClassScene extends Omit<TrainingScene, "positive"> {
  readonly classes: readonly MaskClass[];
}

/** Windows of all images and views; labels are indices of classes. */
export interface ClassWindows extends WindowSet {
  /** As `ClassDraw`, per row. */
  readonly stands: Float64Array;
  /** Per row: 1 where it shows its image as it is. */
  readonly isPlain: Uint8Array;
}

export interface CollectedClasses {
  readonly windows: ClassWindows;
  readonly rgbMean: readonly [number, number, number];
  readonly rgbStd: readonly [number, number, number];
}

interface Block extends ClassDraw {
  readonly rows: Float32Array;
  readonly image: number;
  readonly isPlain: boolean;
}

/** Draws windows of every class from every view of every image and computes their features. Throws `training/bad-data` for a class without any. */
export async function collectClasses(scene: ClassScene): Promise<CollectedClasses> {
  const blocks: Block[] = [];
  const colour = new ColourStatistics();
  const background = scene.classes.findIndex(isBackground);
  const { perClass, majority } = scene.config.classes;
  for (const [image, one] of scene.images.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(`features of ${one.name} (${image + 1} of ${scene.images.length})`);
    await withClassImage(scene, one, async (slide, truth) => {
      for (const [index, view] of scene.config.views.entries()) {
        const random = streamFor(scene.config.seed, one.name, index);
        const seen = openView(slide, view, scene.pack, scene.pixelSize, random);
        const labels = patchClasses(truth, seen.lattice, majority);
        const draw = sampleClasses(labels, scene.classes.length, perClass, random);
        if (draw.positions.length === 0) continue;
        const rows = await featureView({ ...scene, ...seen }).rowsAt(draw.positions);
        blocks.push({ ...draw, rows, image, isPlain: !view.stain && !view.scale && view.sharpness === 0 });
      }
      const isTissue = (x0: number, y0: number) => ![background, NO_CLASS].includes(truth.classAt(x0, y0));
      await colour.add(slide, { width0: truth.width0, height0: truth.height0, isTissue }, scene);
    });
  }
  const windows = joinBlocks(blocks);
  checkClasses(windows.labels, scene.classes);
  return { windows, ...colour.result() };
}

/** Opens an image and its truth for the time of `use`. */
export async function withClassImage<T>(
  scene: Pick<ClassScene, "classes">,
  image: TrainingImage,
  use: (slide: Slide, truth: ClassTruth) => Promise<T>,
): Promise<T> {
  const mask = await image.readMask();
  const slide = await image.openSlide();
  try {
    const { width0, height0 } = slide.info;
    return await use(slide, readClassTruth(mask, scene.classes, width0, height0));
  } finally {
    slide.close();
  }
}

function joinBlocks(blocks: readonly Block[]): ClassWindows {
  const count = blocks.reduce((sum, { labels }) => sum + labels.length, 0);
  const cols = blocks[0] ? blocks[0].rows.length / blocks[0].labels.length : 0;
  const features = new Float32Array(count * cols);
  const labels = new Uint8Array(count);
  const stands = new Float64Array(count);
  const images = new Int32Array(count);
  const isPlain = new Uint8Array(count);
  let row = 0;
  for (const block of blocks) {
    const end = row + block.labels.length;
    features.set(block.rows, row * cols);
    labels.set(block.labels, row);
    stands.set(block.stands, row);
    images.fill(block.image, row, end);
    isPlain.fill(block.isPlain ? 1 : 0, row, end);
    row = end;
  }
  return { features, cols, labels, stands, images, isPlain, drawn: count };
}

function checkClasses(labels: Uint8Array, classes: readonly MaskClass[]): void {
  const absent = classes.filter((_, k) => !labels.includes(k)).map(({ name }) => name);
  if (absent.length === 0) return;
  throw new AppError(
    "training/bad-data",
    `Expected patches of every class, found none that ${absent.join(", ")} holds most of; leave the class out, or take smaller patches.`,
  );
}
