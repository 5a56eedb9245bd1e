import { type Random, seededRandom } from "../base/random.ts";
import type { ReadSource } from "../features/source-reader.ts";
import type { ModelPack } from "../modelpack/types.ts";
import { planLattice } from "../patches/lattice.ts";
import type { Lattice } from "../patches/types.ts";
import { cropImage } from "../slide/pixels.ts";
import { readScaled } from "../slide/scaled.ts";
import type { PixelSize, RgbaImage, Slide } from "../slide/types.ts";
import type { ViewConfig } from "./config.ts";
import type { RowStore } from "./kept-rows.ts";
import { jitterSharpness, SHARPNESS_REACH } from "./sharpness-jitter.ts";
import { drawStainJitter, jitterStain } from "./stain-jitter.ts";

/** An image with its painted mask; both are opened when their turn comes. */
export interface TrainingImage {
  readonly name: string;
  /** Images of one group (a tissue block, a patient) never lie in two folds. */
  readonly group: string;
  /** Closed by whoever asked for it. */
  openSlide(): Promise<Slide>;
  readMask(): Promise<RgbaImage>;
  /** Keeps the image's features, as it is, between runs. Default: nothing is kept. */
  readonly store?: RowStore | undefined;
}

/** An image as one view shows it: its lattice and its pixels. */
export interface ImageView {
  readonly lattice: Lattice;
  readonly pixelSize: PixelSize;
  readonly readSource: ReadSource;
}

/** A view that is the image as it is. */
export const PLAIN_VIEW: ViewConfig = { stain: null, scale: null, sharpness: 0 };

/** Draws what the view leaves to chance. Enlarging by s is done by claiming pixels s times as large. */
export function openView(
  slide: Slide,
  view: ViewConfig,
  pack: Pick<ModelPack, "backbone" | "sampling">,
  pixelSize: PixelSize,
  random: Random,
): ImageView {
  const jitter = view.stain && drawStainJitter(view.stain, random);
  const scale = view.scale ? drawScale(view.scale, random) : 1;
  const sharpness = view.sharpness > 0 ? (random() * 2 - 1) * view.sharpness : 0;
  const seen: PixelSize = { ...pixelSize, mppX: pixelSize.mppX * scale, mppY: pixelSize.mppY * scale };
  const { width0, height0 } = slide.info;
  const lattice = planLattice({ width0, height0, pixelSize: seen, pack });
  const { downsampleX, downsampleY } = lattice;
  const readPlain: ReadSource = (x, y, width, height) =>
    readScaled(slide, { x, y, width, height, downsampleX, downsampleY });
  const readStained: ReadSource = jitter ? async (...box) => jitterStain(await readPlain(...box), jitter) : readPlain;
  const readSource = sharpness === 0 ? readStained : sharpenedReader(readStained, sharpness);
  return { lattice, pixelSize: seen, readSource };
}

/** Reads a margin as well, so that pixels do not depend on how the image is cut. */
function sharpenedReader(read: ReadSource, amount: number): ReadSource {
  const margin = SHARPNESS_REACH;
  return async (x, y, width, height) => {
    const wide = await read(x - margin, y - margin, width + 2 * margin, height + 2 * margin);
    return cropImage(jitterSharpness(wide, amount), { x: margin, y: margin, width, height });
  };
}

/** A stream of its own for each image and view, which does not depend on the other images. FNV-1a over the names. */
export function streamFor(seed: number, name: string, view: number): Random {
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${view}/${name}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return seededRandom(hash);
}

function drawScale([low, high]: readonly [number, number], random: Random): number {
  return Math.exp(Math.log(low) + random() * (Math.log(high) - Math.log(low)));
}
