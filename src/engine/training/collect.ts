import { AppError, throwIfAborted } from "../base/errors.ts";
import type { Session } from "../features/types.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { PixelSize, RgbaImage, Slide } from "../slide/types.ts";
import type { TrainingConfig } from "./config.ts";
import { featureView } from "./feature-view.ts";
import type { WindowSet } from "./fit.ts";
import { bloodWithin, colourWithin, paintEnclosed } from "./haemorrhage.ts";
import type { HaemorrhageConfig } from "./refinements.ts";
import { labelsAt, patchCentres, patchesAbove, patchTruth, sampleWindows } from "./sample-windows.ts";
import { openView, PLAIN_VIEW, streamFor, type TrainingImage } from "./training-image.ts";
import { type AreaWithin, type MaskColour, readTruth, type Truth } from "./truth.ts";

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
  /** Labels as painted. */
  readonly windows: WindowSet;
  /** 1 where the row's patch is haemorrhage; all 0 unless that was asked for. */
  readonly isHaemorrhage: Uint8Array;
  /** Candidates for rounds of hard regions, one block per view of an image. */
  readonly candidates: readonly CandidateBlock[];
  /** Which rows show their image as it is. */
  readonly isPlain: Uint8Array;
  readonly rgbMean: readonly [number, number, number];
  readonly rgbStd: readonly [number, number, number];
}

/** Rows of `WindowSet` beyond the training set, in the order in which the seed drew them, with the centres of their patches. */
export interface CandidateBlock {
  readonly image: number;
  readonly firstRow: number;
  /** Level-0 pixels. */
  readonly x0: Float64Array;
  readonly y0: Float64Array;
}

/** What one view of an image gave: the windows drawn, then the candidates. */
interface Block {
  readonly rows: Float32Array;
  readonly labels: Uint8Array;
  readonly isHaemorrhage: Uint8Array;
  readonly drawn: number;
  readonly image: number;
  readonly isPlain: boolean;
  readonly candidates: Pick<CandidateBlock, "x0" | "y0">;
}

/** Draws windows from every view of every image and computes their features. Throws `training/bad-data` when no image has tissue. */
export async function collectWindows(scene: TrainingScene): Promise<Collected> {
  const blocks: Block[] = [];
  const { haemorrhage, hardRegions } = scene.config.refinements;
  const colour = new ColourStatistics();
  for (const [image, one] of scene.images.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(`features of ${one.name} (${image + 1} of ${scene.images.length})`);
    await withImage(scene, one, async (slide, truth, mask) => {
      const bloody = haemorrhage && (await haemorrhageOf(scene, slide, mask, haemorrhage));
      for (const [index, view] of scene.config.views.entries()) {
        const random = streamFor(scene.config.seed, one.name, index);
        const seen = openView(slide, view, scene.pack, scene.pixelSize, random);
        const patches = patchTruth(truth, seen.lattice);
        const { windows } = scene.config;
        const { positions: drawn, further } = sampleWindows(patches, windows, random, hardRegions?.pool);
        if (drawn.length === 0) continue;
        const positions = Int32Array.from([...drawn, ...further]);
        const isPlain = !view.stain && !view.scale && view.sharpness === 0;
        const store = isPlain ? one.store : undefined;
        const rows = await featureView({ ...scene, ...seen, store }).rowsAt(positions);
        blocks.push({
          rows,
          labels: labelsAt(patches, positions, windows.positiveAbove),
          isHaemorrhage: bloody
            ? patchesAbove(bloody, seen.lattice, positions, haemorrhage?.share ?? 1)
            : new Uint8Array(positions.length),
          drawn: drawn.length,
          image,
          isPlain,
          candidates: patchCentres(seen.lattice, further),
        });
      }
      await colour.add(slide, truth, scene);
    });
  }
  return { ...joinBlocks(blocks), ...colour.result() };
}

/** Opens an image and its truth for the time of `use`. Haemorrhage of the masks is necrosis where it lies within necrosis. */
export async function withImage<T>(
  scene: Pick<TrainingScene, "positive" | "config">,
  image: TrainingImage,
  use: (slide: Slide, truth: Truth, painted: RgbaImage) => Promise<T>,
): Promise<T> {
  const painted = await image.readMask();
  const colour = scene.config.refinements.haemorrhage?.maskColour;
  const mask = colour ? paintEnclosed(painted, scene.positive, colour) : painted;
  const slide = await image.openSlide();
  try {
    const { width0, height0 } = slide.info;
    return await use(slide, readTruth(mask, scene.positive, width0, height0), painted);
  } finally {
    slide.close();
  }
}

/** By the masks' own colour where there is one, else by the colour rule. */
export async function haemorrhageOf(
  scene: Pick<TrainingScene, "pack" | "pixelSize">,
  slide: Slide,
  painted: RgbaImage,
  { maskColour, rule }: HaemorrhageConfig,
): Promise<AreaWithin> {
  const { width0, height0 } = slide.info;
  if (maskColour) return colourWithin(painted, maskColour, width0, height0);
  const { lattice, readSource } = openView(slide, PLAIN_VIEW, scene.pack, scene.pixelSize, () => 0);
  return bloodWithin(readSource, lattice, rule);
}

/** The training set of all blocks first, then their candidates. */
function joinBlocks(blocks: readonly Block[]): Pick<Collected, "windows" | "isHaemorrhage" | "candidates" | "isPlain"> {
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
  const isHaemorrhage = new Uint8Array(count);
  const candidates: CandidateBlock[] = [];
  let row = 0;
  const add = (block: Block, from: number, to: number) => {
    features.set(block.rows.subarray(from * cols, to * cols), row * cols);
    labels.set(block.labels.subarray(from, to), row);
    isHaemorrhage.set(block.isHaemorrhage.subarray(from, to), row);
    images.fill(block.image, row, row + to - from);
    isPlain.fill(block.isPlain ? 1 : 0, row, row + to - from);
    row += to - from;
  };
  for (const block of blocks) add(block, 0, block.drawn);
  const drawn = row;
  for (const block of blocks) {
    candidates.push({ image: block.image, firstRow: row, ...block.candidates });
    add(block, block.drawn, block.labels.length);
  }
  return { windows: { features, cols, labels, images, drawn }, isHaemorrhage, candidates, isPlain };
}

/** Mean and deviation of the tissue's colour at the pack's pixel size, in bands so that no whole image is held. */
export class ColourStatistics {
  #count = 0;
  readonly #sums = [0, 0, 0];
  readonly #squares = [0, 0, 0];

  async add(
    slide: Slide,
    truth: Pick<Truth, "width0" | "height0" | "isTissue">,
    scene: Pick<TrainingScene, "pack" | "pixelSize">,
  ): Promise<void> {
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
