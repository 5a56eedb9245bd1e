import { AppError } from "../base/errors.ts";
import type { RgbaImage } from "../slide/types.ts";
import type { MaskColour } from "../training/truth.ts";

export interface FoundColour {
  readonly colour: MaskColour;
  /** Of the picture, 0 to 1. */
  readonly share: number;
}

/** A painted mask has a colour for each class; more than this and it is a photograph. */
const MOST_COLOURS = 256;
/** Colours of fewer pixels are what scaling made of edges. */
const MIN_SHARE = 1e-4;

/** The flat colours of a painted mask, largest first. Throws `training/bad-data` for a picture that is none. */
export function maskColours({ width, height, data }: RgbaImage): FoundColour[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const key = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (counts.size > MOST_COLOURS) {
      throw new AppError(
        "training/bad-data",
        "Expected a mask of a few flat colours, found a picture of many; save the mask as PNG without smoothing.",
      );
    }
  }
  return [...counts]
    .map(([key, count]) => ({
      colour: [key >> 16, (key >> 8) & 255, key & 255] as const,
      share: count / (width * height),
    }))
    .filter(({ share }) => share >= MIN_SHARE)
    .sort((a, b) => b.share - a.share);
}

/**
 * The colour that a reader most likely means: of black and white (or of two colours) the brighter one, in a mask of several classes on
 * white the darkest.
 */
export function likelyColour(colours: readonly FoundColour[]): MaskColour {
  const [first, ...others] = colours.map(({ colour }) => colour);
  if (!first) return [255, 255, 255];
  const isBrightMeant = colours.length <= 2;
  return others.reduce((best, colour) => {
    const isBrighter = brightness(colour) > brightness(best);
    return isBrighter === isBrightMeant ? colour : best;
  }, first);
}

export function isWhite([red, green, blue]: MaskColour): boolean {
  return red === 255 && green === 255 && blue === 255;
}

function brightness([red, green, blue]: MaskColour): number {
  return red + green + blue;
}
