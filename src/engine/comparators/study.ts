import { AppError } from "../base/errors.ts";
import type { CellMask } from "../heatmap/types.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { RgbaImage, Slide } from "../slide/types.ts";
import { tissueCells } from "../tissue/cells.ts";
import { detectTissue } from "../tissue/detect.ts";
import { packSampling } from "../training/assemble-pack.ts";
import type { TrainingScene } from "../training/collect.ts";
import type { TrainingConfig } from "../training/config.ts";
import type { HeldOutImage } from "../training/held-out.ts";
import { patchTruth } from "../training/sample-windows.ts";
import type { ImageScore } from "../training/score.ts";
import { cellTruth } from "../training/score.ts";
import type { ImageView } from "../training/training-image.ts";
import type { Truth } from "../training/truth.ts";

/** What every segmentation method is given: the same images, truth, lattice, folds and options. No network. */
export type StudyScene = Omit<TrainingScene, "session">;

/** What a method made of the images, each judged by choices that never saw its fold. */
export interface MethodOutcome {
  readonly images: readonly JudgedMask[];
  /** What each fold chose on the others, for the record. */
  readonly choices: readonly Readonly<Record<string, number>>[];
}

export interface JudgedMask {
  readonly image: HeldOutImage;
  readonly fold: number;
  readonly mask: CellMask;
  readonly score: ImageScore;
}

/** The lattice's part of a pack for methods without a network: patches one by one, at the size and stride of the training file. */
export function studyPack(config: TrainingConfig, mpp: number): Pick<ModelPack, "backbone" | "sampling" | "pooling"> {
  const sampling = packSampling(config, mpp, config.folds.stride || config.sampling.stride);
  return {
    backbone: { ...config.backbone, kind: "vector", sha256: "" },
    sampling: { ...sampling, mode: "patchwise", windows: [sampling.patch] },
    pooling: { kind: "mean" },
  };
}

/** Pixels of an image that methods on whole images hold at once. */
const MAX_PIXELS = 2 ** 26;

/** All pixels that the lattice's patches cover, from its first position on; white beyond the slide. Throws `training/bad-data`. */
export async function readLattice({ lattice, readSource }: ImageView): Promise<RgbaImage> {
  const { cols, rows, stride, patchStrides } = lattice;
  const width = Math.max(cols, patchStrides) * stride;
  const height = Math.max(rows, patchStrides) * stride;
  if (width * height > MAX_PIXELS) {
    throw new AppError(
      "training/bad-data",
      `Expected images of at most 67 million pixels to compare methods on, found ${width} x ${height}; cut them into pieces of one group.`,
    );
  }
  return await readSource(0, 0, width, height);
}

/** As the analysis sees the image, with its truth. */
export async function heldOutImage(
  name: string,
  slide: Slide,
  truth: Truth,
  { lattice, pixelSize }: ImageView,
  signal: AbortSignal | undefined,
): Promise<HeldOutImage> {
  const tissue = tissueCells(await detectTissue(slide, signal ? { signal } : {}), lattice);
  return { name, lattice, pixelSize, tissue, patches: patchTruth(truth, lattice), cells: cellTruth(truth, lattice) };
}
