import { AppError, throwIfAborted } from "../base/errors.ts";
import type { Session } from "../features/types.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { PixelSize, Slide } from "../slide/types.ts";
import type { TrainingConfig } from "./config.ts";
import { featureView } from "./feature-view.ts";
import type { WindowSet } from "./fit.ts";
import { patchTruth, sampleWindows } from "./sample-windows.ts";
import { openView, PLAIN_VIEW, streamFor, type TrainingImage } from "./training-image.ts";
import { type MaskColour, readTruth, type Truth } from "./truth.ts";

/** What every step over the images needs. */
export interface TrainingScene {
  /** By name. */
  readonly images: readonly TrainingImage[];
  readonly positive: MaskColour;
  readonly pixelSize: PixelSize;
  readonly config: TrainingConfig;
  /** `sampling.stride` is that of training. */
  readonly pack: Pick<ModelPack, "backbone" | "sampling" | "pooling">;
  readonly session: Session;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: string) => void;
}

export interface Collected {
  readonly windows: WindowSet;
  /** Which rows show their image as it is. */
  readonly isPlain: Uint8Array;
  readonly rgbMean: readonly [number, number, number];
  readonly rgbStd: readonly [number, number, number];
}

/** Draws windows from every view of every image and computes their features. Throws `training/bad-data` when no image has tissue. */
export async function collectWindows(scene: TrainingScene): Promise<Collected> {
  const blocks: { rows: Float32Array; labels: Uint8Array; image: number; isPlain: boolean }[] = [];
  const colour = new ColourStatistics();
  for (const [image, one] of scene.images.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(`features of ${one.name} (${image + 1} of ${scene.images.length})`);
    await withImage(scene, one, async (slide, truth) => {
      for (const [index, view] of scene.config.views.entries()) {
        const random = streamFor(scene.config.seed, one.name, index);
        const seen = openView(slide, view, scene.pack, scene.pixelSize, random);
        const chosen = sampleWindows(patchTruth(truth, seen.lattice), scene.config.windows, random);
        if (chosen.positions.length === 0) continue;
        const isPlain = !view.stain && !view.scale && view.sharpness === 0;
        const store = isPlain ? one.store : undefined;
        const rows = await featureView({ ...scene, ...seen, store }).rowsAt(chosen.positions);
        blocks.push({ rows, labels: chosen.labels, image, isPlain });
      }
      await colour.add(slide, truth, scene);
    });
  }
  return { ...joinBlocks(blocks), ...colour.result() };
}

/** Opens an image and its truth for the time of `use`. */
export async function withImage<T>(
  scene: Pick<TrainingScene, "positive">,
  image: TrainingImage,
  use: (slide: Slide, truth: Truth) => Promise<T>,
): Promise<T> {
  const mask = await image.readMask();
  const slide = await image.openSlide();
  try {
    const { width0, height0 } = slide.info;
    return await use(slide, readTruth(mask, scene.positive, width0, height0));
  } finally {
    slide.close();
  }
}

function joinBlocks(
  blocks: readonly { rows: Float32Array; labels: Uint8Array; image: number; isPlain: boolean }[],
): Pick<Collected, "windows" | "isPlain"> {
  const count = blocks.reduce((sum, { labels }) => sum + labels.length, 0);
  const first = blocks[0];
  if (!first) {
    throw new AppError(
      "training/bad-data",
      "Expected tissue in the masks (pixels that are not white), found none; check that masks belong to the images.",
    );
  }
  const cols = first.rows.length / first.labels.length;
  const features = new Float32Array(count * cols);
  const labels = new Uint8Array(count);
  const images = new Int32Array(count);
  const isPlain = new Uint8Array(count);
  let row = 0;
  for (const block of blocks) {
    features.set(block.rows, row * cols);
    labels.set(block.labels, row);
    images.fill(block.image, row, row + block.labels.length);
    isPlain.fill(block.isPlain ? 1 : 0, row, row + block.labels.length);
    row += block.labels.length;
  }
  return { windows: { features, cols, labels, images }, isPlain };
}

/** Mean and deviation of the tissue's colour at the pack's pixel size, in bands so that no whole image is held. */
class ColourStatistics {
  #count = 0;
  readonly #sums = [0, 0, 0];
  readonly #squares = [0, 0, 0];

  async add(slide: Slide, truth: Truth, scene: TrainingScene): Promise<void> {
    const { lattice, readSource } = openView(slide, PLAIN_VIEW, scene.pack, scene.pixelSize, () => 0);
    const width = Math.floor(truth.width0 / lattice.downsampleX);
    const height = Math.floor(truth.height0 / lattice.downsampleY);
    for (let top = 0; top < height; top += 256) {
      const band = await readSource(0, top, width, Math.min(256, height - top));
      for (let at = 0; at < band.width * band.height; at++) {
        const x0 = Math.floor(((at % band.width) + 0.5) * lattice.downsampleX);
        const y0 = Math.floor((top + Math.floor(at / band.width) + 0.5) * lattice.downsampleY);
        if (!truth.isTissue(x0, y0)) continue;
        this.#count++;
        for (let channel = 0; channel < 3; channel++) {
          const value = band.data[at * 4 + channel]!;
          this.#sums[channel]! += value;
          this.#squares[channel]! += value * value;
        }
      }
    }
  }

  result(): Pick<Collected, "rgbMean" | "rgbStd"> {
    const count = Math.max(this.#count, 1);
    const mean = (channel: number) => this.#sums[channel]! / count;
    const std = (channel: number) => Math.sqrt(Math.max(0, this.#squares[channel]! / count - mean(channel) ** 2));
    return { rgbMean: [mean(0), mean(1), mean(2)], rgbStd: [std(0), std(1), std(2)] };
  }
}
