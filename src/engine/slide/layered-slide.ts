import { AppError, throwIfAborted } from "../base/errors.ts";
import type { AssociatedLayer } from "./content.ts";
import type { PixelLayer } from "./layer.ts";
import { copyPixels, whiteImage } from "./pixels.ts";
import type { TileCache } from "./tile-cache.ts";
import type { ReadOptions, RegionRequest, RgbaImage, Slide, SlideInfo, SlideLevel, TileAddress } from "./types.ts";

/** Pixels of one region at most: 512 MB of RGBA. */
const MAX_REGION_PIXELS = 128 * 1024 * 1024;
/** Pixels of a label or macro at most; a photograph of a whole slide has some four million. */
const MAX_ASSOCIATED_PIXELS = 32 * 1024 * 1024;

/** Pixels of a slide: one layer a level, finest first, and what accompanies them. */
export interface SlideLayers {
  readonly layers: readonly PixelLayer[];
  readonly associated: readonly AssociatedLayer[];
  /** Emptied when the slide is closed. */
  readonly caches: readonly TileCache[];
}

/** A slide over layers. Throws `slide/bad-region` for what no slide could answer. */
export function layeredSlide(info: SlideInfo, { layers, associated, caches }: SlideLayers): Slide {
  let isClosed = false;

  function layerAt(level: number): { layer: PixelLayer; geometry: SlideLevel } {
    if (isClosed) throw new TypeError("the slide was read after it was closed");
    const layer = layers[level];
    const geometry = info.levels[level];
    if (layer && geometry) return { layer, geometry };
    throw new AppError(
      "slide/bad-region",
      `Expected a level from 0 to ${layers.length - 1}, found ${level}; this slide has ${layers.length}.`,
    );
  }

  return {
    info,
    async readTile(tile: TileAddress, options: ReadOptions = {}) {
      const { layer } = layerAt(tile.level);
      throwIfAborted(options.signal);
      const x = tile.col * layer.tileWidth;
      const y = tile.row * layer.tileHeight;
      if (!(x >= 0 && y >= 0 && x < layer.width && y < layer.height)) {
        throw new AppError(
          "slide/bad-region",
          `Expected a tile inside of level ${tile.level}, found column ${tile.col}, row ${tile.row}.`,
        );
      }
      const bitmap = await layer.readBitmap?.(tile.col, tile.row, options);
      if (bitmap) return bitmap;
      const width = Math.min(layer.tileWidth, layer.width - x);
      const height = Math.min(layer.tileHeight, layer.height - y);
      return await layer.read({ x, y, width, height }, options);
    },
    async readRegion(region: RegionRequest, options: ReadOptions = {}): Promise<RgbaImage> {
      const { layer, geometry } = layerAt(region.level);
      checkRegion(region);
      throwIfAborted(options.signal);
      const left = levelPixel(region.x0, geometry.downsampleX);
      const top = levelPixel(region.y0, geometry.downsampleY);
      const x = Math.max(0, left);
      const y = Math.max(0, top);
      const width = Math.min(layer.width, left + region.width) - x;
      const height = Math.min(layer.height, top + region.height) - y;
      if (width <= 0 || height <= 0) return whiteImage(region.width, region.height);
      const inside = await layer.read({ x, y, width, height }, options);
      if (width === region.width && height === region.height) return inside;
      const image = whiteImage(region.width, region.height);
      copyPixels(inside, image, x - left, y - top);
      return image;
    },
    async readAssociated(name, options = {}) {
      const found = associated.find((image) => image.name === name);
      if (!found) {
        throw new AppError(
          "slide/bad-region",
          `Expected an image that accompanies the slide, found none called ${name}.`,
        );
      }
      const { width, height } = found.layer;
      if (width * height > MAX_ASSOCIATED_PIXELS) {
        throw new AppError(
          "slide/too-large",
          `Expected an image beside the slide of at most ${MAX_ASSOCIATED_PIXELS} pixels, found ${width} x ${height}. Open it as a slide of its own.`,
        );
      }
      return await found.layer.read({ x: 0, y: 0, width, height }, options);
    },
    close() {
      isClosed = true;
      for (const cache of caches) cache.clear();
    },
  };
}

/** The level pixel that holds a level-0 position; an exact multiple survives the rounding of the division. */
function levelPixel(position0: number, downsample: number): number {
  return Math.floor(position0 / downsample + 1e-6);
}

function checkRegion(region: RegionRequest): void {
  const { x0, y0, width, height } = region;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new AppError(
      "slide/bad-region",
      `Expected a width and height of whole pixels from 1 up, found ${width} x ${height}.`,
    );
  }
  if (!Number.isFinite(x0) || !Number.isFinite(y0)) {
    throw new AppError("slide/bad-region", `Expected a position in level-0 pixels, found ${x0}, ${y0}.`);
  }
  if (width * height <= MAX_REGION_PIXELS) return;
  throw new AppError(
    "slide/too-large",
    `Expected a region of at most ${MAX_REGION_PIXELS} pixels, found ${width} x ${height}. Read it in parts or from a coarser level.`,
  );
}
