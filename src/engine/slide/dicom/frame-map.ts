import type { FocalPlane } from "../types.ts";

/** Which frame shows which tile of a level. Frames count over all parts of the level. */
export interface FrameMap {
  /** Lowest first, at least one. */
  readonly planes: readonly FocalPlane[];
  /** Null where the file has no frame for a tile. */
  frameAt(col: number, row: number, plane: number): number | null;
}

/** Tiles of a level. */
export interface TileGrid {
  readonly cols: number;
  readonly rows: number;
}

/** The plane that is shown when none is asked for. */
export function middlePlane(count: number): number {
  return Math.floor((count - 1) / 2);
}

/**
 * Frames that cover the level row by row, plane by plane, one optical path after the other, of which the first is shown
 * (TILED_FULL, PS3.3 section C.7.6.17.3). `spacingUm` lies between planes; null where the file does not say.
 */
export function fullMap({ cols, rows }: TileGrid, planeCount: number, spacingUm: number | null): FrameMap {
  const middle = middlePlane(planeCount);
  return {
    planes: Array.from({ length: planeCount }, (_, plane) => ({
      offsetUm: spacingUm === null ? null : (plane - middle) * spacingUm,
    })),
    frameAt: (col, row, plane) => (plane * rows + row) * cols + col,
  };
}

/** A frame that says itself where it lies. */
export interface PlacedFrame {
  readonly frame: number;
  readonly col: number;
  readonly row: number;
  /** Micrometres. */
  readonly z: number;
}

/** Numbers of frames stay below this, numbers of tiles below 2^31, so that both fit into one number exactly. */
const FRAME_LIMIT = 2 ** 22;

/**
 * Frames in any order, some tiles without one (TILED_SPARSE). Where tiles have several frames, these are planes of focus:
 * a plane is a height that all share, or, where each tile has heights of its own, a rank. A tile without a frame in
 * the plane shows its nearest one. Memory: two numbers a frame. `count` frames at most are asked of `each`.
 */
export function sparseMap({ cols }: TileGrid, count: number, each: (index: number) => PlacedFrame | null): FrameMap {
  const packed = new Float64Array(count);
  const heights = new Float64Array(count);
  let filled = 0;
  for (let index = 0; index < count; index++) {
    const placed = each(index);
    if (!placed) continue;
    packed[filled++] = (placed.row * cols + placed.col) * FRAME_LIMIT + placed.frame;
    heights[placed.frame] = placed.z;
  }
  const sorted = packed.subarray(0, filled).sort();
  const planes = planesOf(sorted, heights);
  return {
    planes: planes.map((z) => ({ offsetUm: z === null ? null : z - (planes[middlePlane(planes.length)] ?? z) })),
    frameAt(col, row, plane) {
      const cell = row * cols + col;
      const frames: number[] = [];
      for (let i = firstAtLeast(sorted, cell * FRAME_LIMIT); i < sorted.length; i++) {
        if (Math.floor(sorted[i]! / FRAME_LIMIT) !== cell) break;
        frames.push(sorted[i]! % FRAME_LIMIT);
      }
      frames.sort((a, b) => heights[a]! - heights[b]!);
      const z = planes[plane] ?? null;
      if (z === null) return frames[Math.min(plane, frames.length - 1)] ?? null;
      return frames.reduce<number | null>((nearest, frame) => {
        if (nearest === null) return frame;
        return Math.abs(heights[frame]! - z) < Math.abs(heights[nearest]! - z) ? frame : nearest;
      }, null);
    },
  };
}

/** Heights of the planes, lowest first; nulls where each tile has heights of its own. */
function planesOf(sorted: Float64Array, heights: Float64Array): (number | null)[] {
  const distinct = new Set<number>();
  let most = 1;
  for (let i = 0, run = 0, cell = -1; i < sorted.length; i++) {
    const next = Math.floor(sorted[i]! / FRAME_LIMIT);
    run = next === cell ? run + 1 : 1;
    cell = next;
    most = Math.max(most, run);
    distinct.add(heights[sorted[i]! % FRAME_LIMIT]!);
  }
  if (most === 1) return [null];
  if (distinct.size !== most) return new Array<null>(most).fill(null);
  return [...distinct].sort((a, b) => a - b);
}

/** Index of the first number that is not below `value`. */
function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
