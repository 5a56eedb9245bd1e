import type { SlideLevel } from "../engine/slide/types.ts";

/** Enough for the browser's decoders to be busy, few enough that a cancelled one costs nothing. */
const MOST = 6;
/** Pixels of tiles that are decoded side by side: 16 MB, and as much again while they become bitmaps. */
const MOST_PIXELS = 1 << 22;

/** How many tiles of a slide are decoded side by side: fewer where they are very large. */
export function tilesAtOnce(levels: readonly SlideLevel[]): number {
  const largest = Math.max(1, ...levels.map(({ tileWidth, tileHeight }) => tileWidth * tileHeight));
  return Math.min(MOST, Math.max(1, Math.floor(MOST_PIXELS / largest)));
}
