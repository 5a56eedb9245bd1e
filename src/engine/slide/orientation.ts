import { type PixelLayer, VIRTUAL_TILE } from "./layer.ts";
import type { PixelRect } from "./pixels.ts";
import type { RgbaImage } from "./types.ts";

/**
 * A layer as a person is meant to see it: TIFF and EXIF orientation 1 to 8 (TIFF 6.0 section 8: where row 0 and
 * column 0 of the stored image lie). Orientations 5 to 8 swap width and height.
 */
export function orientedLayer(layer: PixelLayer, orientation: number): PixelLayer {
  if (orientation < 2 || orientation > 8) return layer;
  const isSwapped = orientation >= 5;
  const width = isSwapped ? layer.height : layer.width;
  const height = isSwapped ? layer.width : layer.height;
  return {
    width,
    height,
    tileWidth: VIRTUAL_TILE,
    tileHeight: VIRTUAL_TILE,
    async read(rect, options) {
      const stored = await layer.read(storedRect(rect, orientation, layer.width, layer.height), options);
      return turn(stored, orientation, rect.width, rect.height);
    },
  };
}

/** Shown position to stored position for an image of stored size w x h: [x or y, flipped x, flipped y]. */
function flips(orientation: number): { swap: boolean; flipX: boolean; flipY: boolean } {
  // flipX, flipY: whether the stored column, row counts from the far side of the shown axis that it runs along.
  const swap = orientation >= 5;
  const flipX = [2, 3, 7, 8].includes(orientation);
  const flipY = [3, 4, 6, 7].includes(orientation);
  return { swap, flipX, flipY };
}

function storedRect(rect: PixelRect, orientation: number, storedWidth: number, storedHeight: number): PixelRect {
  const { swap, flipX, flipY } = flips(orientation);
  const along = swap
    ? { x: rect.y, y: rect.x, width: rect.height, height: rect.width }
    : { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
  return {
    x: flipX ? storedWidth - along.x - along.width : along.x,
    y: flipY ? storedHeight - along.y - along.height : along.y,
    width: along.width,
    height: along.height,
  };
}

function turn(stored: RgbaImage, orientation: number, width: number, height: number): RgbaImage {
  const { swap, flipX, flipY } = flips(orientation);
  const from = new Uint32Array(stored.data.buffer, stored.data.byteOffset, stored.width * stored.height);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const alongX = swap ? y : x;
      const alongY = swap ? x : y;
      const storedX = flipX ? stored.width - 1 - alongX : alongX;
      const storedY = flipY ? stored.height - 1 - alongY : alongY;
      to[y * width + x] = from[storedY * stored.width + storedX]!;
    }
  }
  return { width, height, data: new Uint8ClampedArray(to.buffer) };
}
