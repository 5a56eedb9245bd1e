import { type PixelLayer, segmentedLayer, VIRTUAL_TILE } from "./layer.ts";
import type { TileCache } from "./tile-cache.ts";
import type { RgbaImage } from "./types.ts";

/**
 * A layer of half the size, each pixel the mean over 2 x 2; a last odd column or row has no part in it. Computed tile by
 * tile when asked, and kept in `cache` under `key`.
 */
export function halvedLayer(finer: PixelLayer, key: string, cache: TileCache): PixelLayer {
  const width = Math.floor(finer.width / 2);
  const height = Math.floor(finer.height / 2);
  // One after another: each piece reads many pieces of the finer layer, and those are decoded side by side.
  const grid = { width, height, segmentWidth: VIRTUAL_TILE, segmentHeight: VIRTUAL_TILE, parallelPieces: 1 };
  return segmentedLayer(grid, key, cache, async (col, row) => {
    const x = col * VIRTUAL_TILE * 2;
    const y = row * VIRTUAL_TILE * 2;
    const size = {
      width: Math.min(VIRTUAL_TILE * 2, width * 2 - x),
      height: Math.min(VIRTUAL_TILE * 2, height * 2 - y),
    };
    return halve(await finer.read({ x, y, ...size }));
  });
}

/** Means over 2 x 2 pixels of an image with even edges. */
function halve(image: RgbaImage): RgbaImage {
  const width = image.width / 2;
  const height = image.height / 2;
  const data = new Uint8ClampedArray(width * height * 4);
  const from = image.data;
  const below = image.width * 4;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, source = y * 2 * below; x < width; x++, source += 8) {
      for (let c = source; c < source + 4; c++, at++) {
        data[at] = (from[c]! + from[c + 4]! + from[c + below]! + from[c + below + 4]! + 2) >> 2;
      }
    }
  }
  return { width, height, data };
}
