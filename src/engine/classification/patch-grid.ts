import { AppError } from "../base/errors.ts";
import type { Sampling } from "../modelpack/types.ts";
import type { PixelSize } from "../slide/types.ts";

/**
 * Where the patches of one slide stand, in source pixels: pixels at the pack's mpp, anchored at the slide's top left corner.
 * Patch i stands in column i % lefts.length and row floor(i / lefts.length).
 */
export interface PatchGrid {
  /** Side of a patch, source pixels. */
  readonly patch: number;
  /** Left edges, ascending, source pixels. */
  readonly lefts: readonly number[];
  /** Top edges, ascending, source pixels. */
  readonly tops: readonly number[];
  /** Level-0 pixels per source pixel. */
  readonly downsampleX: number;
  readonly downsampleY: number;
  readonly width0: number;
  readonly height0: number;
}

/** A patch in level-0 pixels, cut to the slide. */
export interface PatchBox {
  readonly x0: number;
  readonly y0: number;
  readonly width0: number;
  readonly height0: number;
}

export interface GridRequest {
  readonly width0: number;
  readonly height0: number;
  readonly pixelSize: Pick<PixelSize, "mppX" | "mppY">;
  readonly sampling: Pick<Sampling, "mpp" | "patch" | "stride">;
}

/** A slide of 1 Mi patches would be 200 times a large one at the paper's sizes: its pixel size is wrong. */
const MAX_PATCHES = 2 ** 20;

/** Throws `analysis/out-of-range` when the slide has more patches than can be meant. */
export function layPatches({ width0, height0, pixelSize, sampling }: GridRequest): PatchGrid {
  const { mpp, patch, stride } = sampling;
  const downsampleX = mpp / pixelSize.mppX;
  const downsampleY = mpp / pixelSize.mppY;
  const columns = axisCount(sourceLength(width0, downsampleX), patch, stride);
  const rows = axisCount(sourceLength(height0, downsampleY), patch, stride);
  if (!(columns * rows <= MAX_PATCHES)) {
    throw new AppError(
      "analysis/out-of-range",
      `Expected at most ${MAX_PATCHES} patches on the slide, found ${columns} x ${rows} of ${patch} pixels of ${mpp} µm; check the pixel size.`,
      { columns, rows },
    );
  }
  const lefts = axisPositions(sourceLength(width0, downsampleX), patch, stride);
  const tops = axisPositions(sourceLength(height0, downsampleY), patch, stride);
  return { patch, lefts, tops, downsampleX, downsampleY, width0, height0 };
}

/**
 * Starts of the patches along one axis: multiples of the stride for as long as a patch lies within; then, where a strip of the image
 * is left over, one more that ends with the image and overlaps its neighbour more. So every pixel is seen, none outside of the image,
 * and no patch is smaller than the others. An image shorter than a patch has one patch at 0; what it lacks is white.
 */
export function axisPositions(length: number, patch: number, stride: number): number[] {
  if (length <= patch) return [0];
  const positions: number[] = [];
  for (let at = 0; at + patch <= length; at += stride) positions.push(at);
  if (positions.at(-1)! + patch < length) positions.push(length - patch);
  return positions;
}

export function patchCount(grid: Pick<PatchGrid, "lefts" | "tops">): number {
  return grid.lefts.length * grid.tops.length;
}

/** Top left corner of a patch, source pixels. */
export function patchCorner(grid: Pick<PatchGrid, "lefts" | "tops">, index: number): { x: number; y: number } {
  const x = grid.lefts[index % grid.lefts.length];
  const y = grid.tops[Math.floor(index / grid.lefts.length)];
  if (x === undefined || y === undefined) throw new RangeError(`no patch ${index}`);
  return { x, y };
}

export function patchBox(grid: PatchGrid, index: number): PatchBox {
  const { x, y } = patchCorner(grid, index);
  const x0 = x * grid.downsampleX;
  const y0 = y * grid.downsampleY;
  return {
    x0,
    y0,
    width0: Math.min(grid.patch * grid.downsampleX, grid.width0 - x0),
    height0: Math.min(grid.patch * grid.downsampleY, grid.height0 - y0),
  };
}

/** True where the slide does not fill a single patch. */
export function isSmallerThanPatch({ patch, downsampleX, downsampleY, width0, height0 }: PatchGrid): boolean {
  return sourceLength(width0, downsampleX) < patch || sourceLength(height0, downsampleY) < patch;
}

/** Source pixels whose centre lies on the slide, as `readScaled` fills them; at least one. */
function sourceLength(length0: number, downsample: number): number {
  return Math.max(1, Math.ceil(length0 / downsample - 0.5 - 1e-9));
}

function axisCount(length: number, patch: number, stride: number): number {
  return length <= patch ? 1 : Math.ceil((length - patch) / stride) + 1;
}
