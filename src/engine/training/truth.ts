import { AppError } from "../base/errors.ts";
import type { RgbaImage } from "../slide/types.ts";

/** A colour of a mask, 0-255 each. */
export type MaskColour = readonly [red: number, green: number, blue: number];

/** Background of a mask. */
const WHITE: MaskColour = [255, 255, 255];

/** Area of something within [x0, x1) x [y0, y1), cut to the image; edges may be fractions. Level-0 pixels, squared. */
export type AreaWithin = (x0: number, y0: number, x1: number, y1: number) => number;

/** What a person painted: areas of tissue and of the positive class inside any rectangle of the image. */
export interface Truth {
  readonly width0: number;
  readonly height0: number;
  /** Pixels of tissue (not white in the mask). */
  readonly tissueArea0: number;
  /** Pixels of the positive colour. */
  readonly positiveArea0: number;
  /** Areas in level-0 pixels squared within [x0, x1) x [y0, y1), cut to the image; edges may be fractions. */
  areas(x0: number, y0: number, x1: number, y1: number): { readonly tissue: number; readonly positive: number };
  /** 1 where the pixel at (x0, y0) is of the positive class. */
  isPositive(x0: number, y0: number): boolean;
  isTissue(x0: number, y0: number): boolean;
}

/**
 * Reads a painted mask for an image of width0 x height0 pixels; a mask of another size is scaled, nearest pixel.
 * Summed-area tables make every rectangle cost the same: 10 bytes a pixel.
 * Throws `training/bad-data` when the image is too large for that.
 */
export function readTruth(mask: RgbaImage, positive: MaskColour, width0: number, height0: number): Truth {
  if (width0 * height0 > 2 ** 28) {
    throw new AppError(
      "training/bad-data",
      `Expected an image of at most 268 million pixels to compare with its mask, found ${width0} x ${height0}; cut it into pieces.`,
    );
  }
  const positives = new Uint8Array(width0 * height0);
  const tissue = new Uint8Array(width0 * height0);
  const columns = Int32Array.from({ length: width0 }, (_, x) => Math.floor(((x + 0.5) * mask.width) / width0));
  for (let y = 0; y < height0; y++) {
    const line = Math.floor(((y + 0.5) * mask.height) / height0) * mask.width;
    for (let x = 0; x < width0; x++) {
      const at = (line + columns[x]!) * 4;
      if (sameColour(mask.data, at, positive)) positives[y * width0 + x] = 1;
      if (!sameColour(mask.data, at, WHITE)) tissue[y * width0 + x] = 1;
    }
  }
  const tissueWithin = areaWithin(tissue, width0, height0);
  const positiveWithin = areaWithin(positives, width0, height0);
  return {
    width0,
    height0,
    tissueArea0: tissueWithin(0, 0, width0, height0),
    positiveArea0: positiveWithin(0, 0, width0, height0),
    areas: (x0, y0, x1, y1) => ({ tissue: tissueWithin(x0, y0, x1, y1), positive: positiveWithin(x0, y0, x1, y1) }),
    isPositive: (x0, y0) => positives[y0 * width0 + x0] === 1,
    isTissue: (x0, y0) => tissue[y0 * width0 + x0] === 1,
  };
}

export function sameColour(data: Uint8ClampedArray, at: number, [red, green, blue]: MaskColour): boolean {
  return data[at] === red && data[at + 1] === green && data[at + 2] === blue;
}

/** Area of marked pixels within a rectangle, from a summed-area table that is interpolated at fractional edges (exact). */
export function areaWithin(marks: Uint8Array, width: number, height: number): AreaWithin {
  const stride = width + 1;
  const table = new Uint32Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let line = 0;
    for (let x = 0; x < width; x++) {
      line += marks[y * width + x]!;
      table[(y + 1) * stride + x + 1] = table[y * stride + x + 1]! + line;
    }
  }
  return (x0, y0, x1, y1) => {
    const left = clamp(x0, width);
    const right = clamp(x1, width);
    const top = clamp(y0, height);
    const bottom = clamp(y1, height);
    if (right <= left || bottom <= top) return 0;
    return below(right, bottom) - below(left, bottom) - below(right, top) + below(left, top);
  };

  function below(x: number, y: number): number {
    const col = Math.floor(x);
    const row = Math.floor(y);
    const fx = x - col;
    const fy = y - row;
    const at = row * stride + col;
    const upper = table[at]! + (fx > 0 ? fx * (table[at + 1]! - table[at]!) : 0);
    if (fy === 0) return upper;
    const next = at + stride;
    const lower = table[next]! + (fx > 0 ? fx * (table[next + 1]! - table[next]!) : 0);
    return upper + fy * (lower - upper);
  }
}

function clamp(value: number, high: number): number {
  return Math.min(Math.max(value, 0), high);
}
