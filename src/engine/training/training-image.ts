import { type Random, seededRandom } from "../base/random.ts";
import type { ReadSource } from "../features/source-reader.ts";
import type { ModelPack } from "../modelpack/types.ts";
import { planLattice } from "../patches/lattice.ts";
import type { Lattice } from "../patches/types.ts";
import { readScaled } from "../slide/scaled.ts";
import type { PixelSize, RgbaImage, Slide } from "../slide/types.ts";
import type { ViewConfig } from "./config.ts";
import { drawStainJitter, jitterStain } from "./stain-jitter.ts";

/** An image with its painted mask; both are opened when their turn comes. */
export interface TrainingImage {
  readonly name: string;
  /** Images of one group (a tissue block, a patient) never lie in two folds. */
  readonly group: string;
  /** Closed by whoever asked for it. */
  openSlide(): Promise<Slide>;
  readMask(): Promise<RgbaImage>;
}

/** An image as one view shows it: its lattice and its pixels. */
export interface ImageView {
  readonly lattice: Lattice;
  readonly pixelSize: PixelSize;
  readonly readSource: ReadSource;
}

/** A view that is the image as it is. */
export const PLAIN_VIEW: ViewConfig = { stain: null, scale: null };

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
  const seen: PixelSize = { ...pixelSize, mppX: pixelSize.mppX * scale, mppY: pixelSize.mppY * scale };
  const { width0, height0 } = slide.info;
  const lattice = planLattice({ width0, height0, pixelSize: seen, pack });
  const { downsampleX, downsampleY } = lattice;
  const readSource: ReadSource = async (x, y, width, height) => {
    const picture = await readScaled(slide, { x, y, width, height, downsampleX, downsampleY });
    return jitter ? jitterStain(picture, jitter) : picture;
  };
  return { lattice, pixelSize: seen, readSource };
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
