import { AppError, throwIfAborted } from "../base/errors.ts";
import type { ModelPack } from "../modelpack/types.ts";
import { readScaled } from "../slide/scaled.ts";
import type { PixelSize, RgbaImage, Slide, SlideInfo } from "../slide/types.ts";
import { readTissue } from "../tissue/detect.ts";
import type { LowImage } from "../tissue/low-image.ts";
import type { TissueMask } from "../tissue/types.ts";
import { findWhitePoint, type WhitePoint } from "../tissue/white-point.ts";
import { isTissueAt, spreadOnTissue } from "./places.ts";

/** A square of the slide at the pack's pixel size, on tissue. */
export interface TrustPatch {
  readonly image: RgbaImage;
  /** Row-major, 1 where the mask calls the pixel tissue. */
  readonly isTissue: Uint8Array;
}

/** What the checks look at: the whole slide coarsely, and squares of its tissue as the network would see them. */
export interface TrustSample {
  readonly pixelSize: PixelSize;
  readonly mask: TissueMask;
  /** Cell by cell as the mask. */
  readonly low: LowImage;
  /** Colour of the slide's glass. */
  readonly white: WhitePoint;
  readonly patches: readonly TrustPatch[];
}

export interface SampleRequest {
  readonly slide: Slide;
  readonly sampling: Pick<ModelPack["sampling"], "mpp">;
  readonly pixelSize: PixelSize;
  readonly signal?: AbortSignal;
}

/** Pixels a side of a square: 640 µm at 10 µm a pixel, 29 µm at 20x. */
export const PATCH_SIDE = 64;

/** Squares at most: 0.2 million pixels, and a second or two on a slide whose tiles are JPEG. */
const MOST_PATCHES = 48;
const FEWEST_PATCHES = 12;

/** Pixels of the slide that may be read for the squares; a slide with fine levels only gets fewer squares. */
const PATCH_BUDGET = 60e6;

/** Pixels of the coarsest level that may be read to find the tissue: some ten seconds of decoding. */
const LEVEL_BUDGET = 400e6;

/** Whether a slide has no level that is coarse enough to be looked at in a moment. */
export function hasOnlyFineLevels({ levels }: Pick<SlideInfo, "levels">): boolean {
  const coarsest = levels.at(-1);
  return coarsest !== undefined && coarsest.width * coarsest.height > LEVEL_BUDGET;
}

/**
 * Reads what the checks look at; deterministic. Throws `slide/too-large` for a slide without a coarse level, on which tissue cannot be found in a
 * moment, what reading the slide throws, and `AbortError`.
 */
export async function readTrustSample(request: SampleRequest): Promise<TrustSample> {
  const { slide, pixelSize, sampling, signal } = request;
  if (hasOnlyFineLevels(slide.info)) {
    throw new AppError(
      "slide/too-large",
      "Expected a coarse level to look at the slide before a run, found only fine ones; the run itself reads them.",
    );
  }
  const own = signal ? { signal } : {};
  const { mask, image: low } = await readTissue(slide, { pixelSize, ...own });
  const downsampleX = sampling.mpp / pixelSize.mppX;
  const downsampleY = sampling.mpp / pixelSize.mppY;
  const patches: TrustPatch[] = [];
  const count = squaresWithin(slide, downsampleX, downsampleY);
  for (const { x, y } of spreadOnTissue({
    mask,
    info: slide.info,
    downsampleX,
    downsampleY,
    side: PATCH_SIDE,
    count,
  })) {
    throwIfAborted(signal);
    const box = { x, y, width: PATCH_SIDE, height: PATCH_SIDE };
    const image = await readScaled(slide, { ...box, downsampleX, downsampleY }, own);
    patches.push({ image, isTissue: tissueWithin(mask, x, y, downsampleX, downsampleY) });
  }
  return { pixelSize, mask, low, white: findWhitePoint(low.rgb), patches };
}

/** How many squares may be read without reading too much of the slide. */
function squaresWithin({ info }: Slide, downsampleX: number, downsampleY: number): number {
  const level = info.levels.findLast((one) => one.downsampleX <= downsampleX) ?? info.levels[0];
  const each = PATCH_SIDE ** 2 * (level ? (downsampleX / level.downsampleX) * (downsampleY / level.downsampleY) : 1);
  return Math.max(FEWEST_PATCHES, Math.min(MOST_PATCHES, Math.floor(PATCH_BUDGET / each)));
}

function tissueWithin(mask: TissueMask, x: number, y: number, downsampleX: number, downsampleY: number): Uint8Array {
  return Uint8Array.from({ length: PATCH_SIDE ** 2 }, (_, i) => {
    const x0 = (x + (i % PATCH_SIDE) + 0.5) * downsampleX;
    const y0 = (y + Math.floor(i / PATCH_SIDE) + 0.5) * downsampleY;
    return isTissueAt(mask, x0, y0) ? 1 : 0;
  });
}
