import { type PixelLayer, segmentedLayer, VIRTUAL_TILE } from "./layer.ts";
import { axisTaps, resample } from "./resample.ts";
import { TileCache } from "./tile-cache.ts";
import type { SlideLevel } from "./types.ts";

/** A file whose coarsest level holds more pixels than this gets coarser ones; a viewer would ask for thousands of tiles. */
const LARGEST_OVERVIEW_PIXELS = 100_000_000;
/** Edge of the coarsest level made. */
const OVERVIEW_EDGE = 4096;
const FACTOR = 4;
/** A made level of up to this many bytes is kept whole: to make it once more, all of the file would be decoded again. */
const KEPT_LEVEL_BYTES = 192 * 1024 * 1024;

/** Layers with their geometry, one a level, finest first. */
export interface Levels {
  readonly layers: readonly PixelLayer[];
  readonly levels: readonly SlideLevel[];
}

/** `Levels` with the caches of those that were made, for whoever closes the slide. */
export interface CompletedLevels extends Levels {
  readonly caches: readonly TileCache[];
}

/**
 * Adds levels that the file lacks, each the mean over 4 x 4 pixels of the level before, computed tile by tile when asked
 * and kept: a level of up to 192 MB whole, a larger one as far as `cache` holds it. A tile reads the 2048 x 2048 pixels
 * below it, 16 MB (rows of a stripped file up to 64 MB). A file with a pyramid stays as it is.
 */
export function addMissingLevels(known: Levels, cache: TileCache): CompletedLevels {
  const layers = [...known.layers];
  const levels = [...known.levels];
  const last = levels.at(-1);
  if (!last || last.width * last.height <= LARGEST_OVERVIEW_PIXELS) return { ...known, caches: [] };
  const caches: TileCache[] = [];
  for (;;) {
    const finer = layers.at(-1);
    const level = levels.at(-1);
    if (!finer || !level || Math.max(finer.width, finer.height) <= OVERVIEW_EDGE) return { layers, levels, caches };
    const bytes = Math.ceil(finer.width / FACTOR) * Math.ceil(finer.height / FACTOR) * 4;
    const kept = bytes <= KEPT_LEVEL_BYTES ? new TileCache(bytes) : cache;
    if (kept !== cache) caches.push(kept);
    const layer = reducedLayer(finer, `synthesized ${layers.length}`, kept);
    layers.push(layer);
    levels.push({
      width: layer.width,
      height: layer.height,
      downsampleX: level.downsampleX * FACTOR,
      downsampleY: level.downsampleY * FACTOR,
      tileWidth: layer.tileWidth,
      tileHeight: layer.tileHeight,
    });
  }
}

function reducedLayer(finer: PixelLayer, key: string, cache: TileCache): PixelLayer {
  const width = Math.ceil(finer.width / FACTOR);
  const height = Math.ceil(finer.height / FACTOR);
  const segmentWidth = finer.isRowWise ? width : VIRTUAL_TILE;
  const segmentHeight = finer.isRowWise ? stripRows(finer.width) : VIRTUAL_TILE;
  // One after another: each piece reads many of the file's tiles, and those are decoded side by side.
  const grid = { width, height, segmentWidth, segmentHeight, parallelPieces: 1 };
  return segmentedLayer(grid, key, cache, async (col, row) => {
    const x = col * segmentWidth;
    const y = row * segmentHeight;
    const size = { width: Math.min(segmentWidth, width - x), height: Math.min(segmentHeight, height - y) };
    const left = x * FACTOR;
    const top = y * FACTOR;
    const pixels = await finer.read({
      x: left,
      y: top,
      width: Math.min(size.width * FACTOR, finer.width - left),
      height: Math.min(size.height * FACTOR, finer.height - top),
    });
    const columns = axisTaps(FACTOR, x, size.width);
    const rows = axisTaps(FACTOR, y, size.height);
    return { ...size, data: resample({ ...pixels, left, top }, columns, rows) };
  });
}

/** Rows of a strip of the new level, so that the finer rows under it stay below 64 MB. */
function stripRows(finerWidth: number): number {
  return Math.min(64, Math.max(1, Math.floor((16 * 1024 * 1024) / (finerWidth * FACTOR))));
}
