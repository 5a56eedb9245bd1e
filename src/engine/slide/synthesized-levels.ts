import { type PixelLayer, segmentedLayer, VIRTUAL_TILE } from "./layer.ts";
import { copyPixels, type PixelRect, whiteImage } from "./pixels.ts";
import { axisTaps, resample } from "./resample.ts";
import { TileCache } from "./tile-cache.ts";
import type { RgbaImage, SlideLevel } from "./types.ts";

/** A file whose coarsest level holds more pixels than this gets coarser ones; a viewer would ask for thousands of tiles. */
const LARGEST_OVERVIEW_PIXELS = 100_000_000;
/** Edge of the coarsest level made. */
const OVERVIEW_EDGE = 4096;
const FACTOR = 4;
/** Edge of the blocks of a new level that are made or, being empty, left white. */
const BLOCK = 64;
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
 * below it, 16 MB (rows of a stripped file up to 64 MB), but for what the file leaves out. A file with a pyramid stays as it is.
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
  const isFinerEmpty = finer.isEmpty;
  const isEmpty = isFinerEmpty ? (rect: PixelRect) => isFinerEmpty(finerRect(finer, rect)) : null;
  // One after another: each piece reads many of the file's tiles, and those are decoded side by side.
  const grid = { width, height, segmentWidth, segmentHeight, parallelPieces: 1, isEmpty };
  return segmentedLayer(grid, key, cache, async (col, row) => {
    const x = col * segmentWidth;
    const y = row * segmentHeight;
    const size = { width: Math.min(segmentWidth, width - x), height: Math.min(segmentHeight, height - y) };
    return await reduceAround(finer, { x, y, ...size });
  });
}

/** Pixels of the new level; of a piece that is empty in part, block by block what is not. */
async function reduceAround(finer: PixelLayer, rect: PixelRect): Promise<RgbaImage> {
  const blocks = finer.isEmpty ? cutBlocks(rect) : [rect];
  const filled: PixelRect[] = [];
  for (const block of blocks) if (!(await finer.isEmpty?.(finerRect(finer, block)))) filled.push(block);
  if (filled.length === blocks.length) return await reduce(finer, rect);
  const image = whiteImage(rect.width, rect.height);
  for (const block of filled) copyPixels(await reduce(finer, block), image, block.x - rect.x, block.y - rect.y);
  return image;
}

function cutBlocks({ x, y, width, height }: PixelRect): PixelRect[] {
  const blocks: PixelRect[] = [];
  for (let top = 0; top < height; top += BLOCK) {
    for (let left = 0; left < width; left += BLOCK) {
      const size = { width: Math.min(BLOCK, width - left), height: Math.min(BLOCK, height - top) };
      blocks.push({ x: x + left, y: y + top, ...size });
    }
  }
  return blocks;
}

async function reduce(finer: PixelLayer, { x, y, width, height }: PixelRect): Promise<RgbaImage> {
  const under = finerRect(finer, { x, y, width, height });
  const pixels = await finer.read(under);
  const columns = axisTaps(FACTOR, x, width);
  const rows = axisTaps(FACTOR, y, height);
  return { width, height, data: resample({ ...pixels, left: under.x, top: under.y }, columns, rows) };
}

/** The pixels of the finer level that make up those of `rect`. */
function finerRect(finer: PixelLayer, { x, y, width, height }: PixelRect): PixelRect {
  const left = x * FACTOR;
  const top = y * FACTOR;
  const size = {
    width: Math.min(width * FACTOR, finer.width - left),
    height: Math.min(height * FACTOR, finer.height - top),
  };
  return { x: left, y: top, ...size };
}

/** Rows of a strip of the new level, so that the finer rows under it stay below 64 MB. */
function stripRows(finerWidth: number): number {
  return Math.min(64, Math.max(1, Math.floor((16 * 1024 * 1024) / (finerWidth * FACTOR))));
}
