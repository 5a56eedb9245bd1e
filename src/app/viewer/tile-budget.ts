import type OpenSeadragon from "openseadragon";
import type { SlideLevel } from "../../engine/slide/types.ts";

/** Bytes of tiles that the page keeps beside those that are drawn. */
export const PAGE_TILE_BYTES = 192 * 1024 * 1024;
/** OpenSeadragon's own bound, for small tiles. */
const MOST_TILES = 400;

/**
 * OpenSeadragon counts tiles, whatever they weigh: two hundred of 256 x 256 pixels are 50 MB, of 1,024 x 1,024 they are 800 MB. This
 * bounds their bytes for the slide that is opened next.
 */
export function limitTileBytes(viewer: OpenSeadragon.Viewer, levels: readonly SlideLevel[]): void {
  const largest = Math.max(...levels.map(({ tileWidth, tileHeight }) => tileWidth * tileHeight * 4));
  const count = Math.max(1, Math.min(MOST_TILES, Math.floor(PAGE_TILE_BYTES / largest)));
  // The bound is an option of the viewer alone, and the viewer stays while slides come and go.
  Reflect.set(viewer.tileCache, "_maxCacheItemCount", count);
}
