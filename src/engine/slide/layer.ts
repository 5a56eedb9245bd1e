import { throwIfAborted } from "../base/errors.ts";
import { copyPixels, cropImage, type PixelRect, whiteImage } from "./pixels.ts";
import type { TileCache } from "./tile-cache.ts";
import type { ReadOptions, RgbaImage } from "./types.ts";
import { viewTile } from "./view-tile.ts";

/** Pixels of one level, before levels are put together to a slide. */
export interface PixelLayer {
  readonly width: number;
  readonly height: number;
  /** What the viewer is told to ask for. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Each piece spans the whole width: reading row by row decodes each once, reading column by column again and again. */
  readonly isRowWise?: boolean;
  /** The rectangle must lie inside of the layer. */
  read(rect: PixelRect, options?: ReadOptions): Promise<RgbaImage>;
  /** True when the file leaves out everything there, so that it is white; false when it may hold something. Default: false. */
  isEmpty?(rect: PixelRect): Promise<boolean>;
  /** A whole tile as a bitmap, where that is cheaper than pixels; null where it is not. */
  readBitmap?(col: number, row: number, options?: ReadOptions): Promise<ImageBitmap | null>;
}

/** How a layer is cut in the file. */
export interface SegmentGrid {
  readonly width: number;
  readonly height: number;
  readonly segmentWidth: number;
  readonly segmentHeight: number;
  /** Pieces of one region decoded side by side. Default: 6, since a browser decodes JPEG on its own threads. */
  readonly parallelPieces?: number;
  /** As in `PixelLayer`. What is empty is neither decoded nor kept. */
  readonly isEmpty?: ((rect: PixelRect) => Promise<boolean>) | null;
  /** Bytes that decoding one piece takes at most (`TileCache.get`). Default: not counted. */
  readonly workBytes?: number;
}

/** Edge of the tiles that the viewer sees where the file has none of its own (pictures, turned pages). */
export const VIRTUAL_TILE = 512;
const PARALLEL_PIECES = 6;

/**
 * Pixels from decoded segments (the file's tiles or strips), each decoded once and kept in `cache` under `key`.
 * `decode` gives a segment cropped to the layer.
 */
export function segmentedLayer(
  grid: SegmentGrid,
  key: string,
  cache: TileCache,
  decode: (col: number, row: number) => Promise<RgbaImage>,
): PixelLayer {
  const { width, height, segmentWidth, segmentHeight, parallelPieces = PARALLEL_PIECES } = grid;
  const { isEmpty, workBytes } = grid;
  const tile = viewTile(grid, VIRTUAL_TILE);

  async function load(col: number, row: number): Promise<RgbaImage> {
    if (isEmpty) {
      const x = col * segmentWidth;
      const y = row * segmentHeight;
      const size = { width: Math.min(segmentWidth, width - x), height: Math.min(segmentHeight, height - y) };
      if (await isEmpty({ x, y, ...size })) return whiteImage(size.width, size.height);
    }
    return await cache.get(`${key}/${col}/${row}`, () => decode(col, row), workBytes);
  }

  return {
    width,
    height,
    tileWidth: tile.width,
    tileHeight: tile.height,
    isRowWise: segmentWidth >= width,
    ...(isEmpty ? { isEmpty } : {}),
    async read(rect, options = {}) {
      const firstCol = Math.floor(rect.x / segmentWidth);
      const lastCol = Math.floor((rect.x + rect.width - 1) / segmentWidth);
      const firstRow = Math.floor(rect.y / segmentHeight);
      const lastRow = Math.floor((rect.y + rect.height - 1) / segmentHeight);
      if (firstCol === lastCol && firstRow === lastRow) {
        throwIfAborted(options.signal);
        const segment = await load(firstCol, firstRow);
        const at = { x: rect.x - firstCol * segmentWidth, y: rect.y - firstRow * segmentHeight };
        const cropped = cropImage(segment, { ...rect, ...at });
        return cropped === segment ? { ...segment, data: segment.data.slice() } : cropped;
      }
      const image = {
        width: rect.width,
        height: rect.height,
        data: new Uint8ClampedArray(rect.width * rect.height * 4),
      };
      const pieces: { col: number; row: number }[] = [];
      for (let row = firstRow; row <= lastRow; row++) {
        for (let col = firstCol; col <= lastCol; col++) pieces.push({ col, row });
      }
      let next = 0;
      async function readPieces(): Promise<void> {
        for (let piece = pieces[next++]; piece; piece = pieces[next++]) {
          throwIfAborted(options.signal);
          const { col, row } = piece;
          copyPixels(await load(col, row), image, col * segmentWidth - rect.x, row * segmentHeight - rect.y);
        }
      }
      await Promise.all(Array.from({ length: Math.min(parallelPieces, pieces.length) }, readPieces));
      return image;
    },
  };
}
