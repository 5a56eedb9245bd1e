import { throwIfAborted } from "../../base/errors.ts";
import type { OpenContext } from "../content.ts";
import { type PixelLayer, type SegmentGrid, segmentedLayer } from "../layer.ts";
import { orientedLayer } from "../orientation.ts";
import { cropImage } from "../pixels.ts";
import type { TileCache } from "../tile-cache.ts";
import type { ImageDecoders } from "../types.ts";
import { isThinned } from "./chroma.ts";
import type { TiffFile } from "./directory.ts";
import { emptinessOf } from "./emptiness.ts";
import type { TiffPage } from "./page.ts";
import { workBytesPerPixel } from "./piece-limits.ts";
import { decodeSegment, jpegFailure, readJpegTile } from "./segment.ts";
import type { SegmentPart } from "./segment-bytes.ts";
import { COMPRESSION, PHOTOMETRIC } from "./tags.ts";

/** Bytes of an uncompressed strip read at once: long strips are read by parts. */
const STRIP_PART_BYTES = 1 << 20;

const STRIP_CACHE_ROWS = 1280;

/** A page's pixels as a person is meant to see them. The page must have passed `refuseUnreadable`. */
export function pageLayer(
  file: TiffFile,
  page: TiffPage,
  { decoders, cache }: Pick<OpenContext, "decoders" | "cache">,
  key: string,
): PixelLayer {
  reserveFor(page, cache);
  const pieces = piecesOf(page);
  const layer = segmentedLayer({ ...pieces.grid, isEmpty: emptinessOf(page) }, key, cache, async (col, row) => {
    const image = await decodeSegment(file, page, pieces.partAt(col, row), decoders);
    return cropImage(image, { x: 0, y: 0, ...pieces.sizeAt(col, row) });
  });
  if (page.orientation > 1 && page.orientation <= 8) return orientedLayer(layer, page.orientation);
  return isBitmapReady(page, layer, decoders) ? { ...layer, readBitmap: bitmapReader(file, page, decoders) } : layer;
}

/** How a page is read: its tiles or strips, long uncompressed strips by parts. */
export interface PagePieces {
  readonly grid: SegmentGrid;
  partAt(col: number, row: number): SegmentPart;
  /** Pixels of the page in that piece. */
  sizeAt(col: number, row: number): { readonly width: number; readonly height: number };
}

export function piecesOf(page: TiffPage): PagePieces {
  const partRows = partRowsOf(page);
  const partsPerSegment = Math.ceil(page.segmentHeight / partRows);
  const rowsLeft = (row: number) => page.height - row * partRows;
  return {
    grid: {
      width: page.width,
      height: page.height,
      segmentWidth: page.segmentWidth,
      segmentHeight: partRows,
      workBytes: page.segmentWidth * partRows * workBytesPerPixel(page),
    },
    partAt: (col, row) => ({
      index: Math.floor(row / partsPerSegment) * page.cols + col,
      firstRow: (row % partsPerSegment) * partRows,
      rows: page.isTiled ? page.segmentHeight : Math.min(partRows, rowsLeft(row)),
    }),
    sizeAt: (col, row) => ({
      width: Math.min(page.segmentWidth, page.width - col * page.segmentWidth),
      height: Math.min(partRows, rowsLeft(row)),
    }),
  };
}

/**
 * Rows of a piece: a whole tile or strip, but for a long uncompressed strip as many rows as divide it and stay below
 * a megabyte, so that one strip over the whole slide is never read whole.
 */
function partRowsOf(page: TiffPage): number {
  const isThin = page.photometric === PHOTOMETRIC.ycbcr && isThinned(page.ycbcr);
  const isPlain = page.compression === COMPRESSION.none && !page.isTiled && page.predictor === 1 && !isThin;
  const rowBytes = Math.ceil((page.segmentWidth * page.bits * (page.isPlanar ? 1 : page.samples)) / 8);
  const fitting = Math.max(1, Math.floor(STRIP_PART_BYTES / rowBytes));
  if (!isPlain || page.segmentHeight <= fitting) return page.segmentHeight;
  if (page.rows === 1) return fitting;
  let rows = fitting;
  while (page.segmentHeight % rows !== 0) rows--;
  return rows;
}

/**
 * Lets the cache hold the strips under a row of 1,024 x 1,024 pieces, since fewer would be decoded again for each piece; and a tile or
 * strip that is very large.
 */
export function reserveFor(page: TiffPage, cache: TileCache): void {
  const { grid } = piecesOf(page);
  if (!page.isTiled) cache.reserve(page.width * 4 * STRIP_CACHE_ROWS);
  cache.reserve(grid.segmentWidth * grid.segmentHeight * 4 + 65536);
}

function isBitmapReady(page: TiffPage, layer: PixelLayer, decoders: ImageDecoders): boolean {
  return (
    decoders.decodeJpegToBitmap !== undefined &&
    page.isTiled &&
    page.compression === COMPRESSION.jpeg &&
    !page.isPlanar &&
    (page.samples === 1 || page.samples === 3) &&
    page.photometric !== PHOTOMETRIC.whiteIsZero &&
    layer.tileWidth === page.segmentWidth &&
    layer.tileHeight === page.segmentHeight
  );
}

function bitmapReader(file: TiffFile, page: TiffPage, decoders: ImageDecoders): NonNullable<PixelLayer["readBitmap"]> {
  return async (col, row, options = {}) => {
    throwIfAborted(options.signal);
    const tile = await readJpegTile(file, page, row * page.cols + col);
    throwIfAborted(options.signal);
    if (!tile || !decoders.decodeJpegToBitmap) return null;
    const width = Math.min(page.segmentWidth, page.width - col * page.segmentWidth);
    const height = Math.min(page.segmentHeight, page.height - row * page.segmentHeight);
    let bitmap: ImageBitmap;
    try {
      const { shrink = 1 } = options;
      const small = shrink > 1 ? await decodeSmall(page, tile.bytes, shrink, decoders) : null;
      if (small) return await cropBitmap(small, Math.ceil(width / shrink), Math.ceil(height / shrink));
      bitmap = await decoders.decodeJpegToBitmap(tile.bytes, tile.colour);
    } catch (cause) {
      throw jpegFailure(cause);
    }
    return await cropBitmap(bitmap, width, height);
  };
}

/** Null where the platform does not decode to a part of the size, or decodes to another one. */
async function decodeSmall(
  page: TiffPage,
  bytes: Uint8Array<ArrayBuffer>,
  shrink: number,
  decoders: ImageDecoders,
): Promise<ImageBitmap | null> {
  const width = page.segmentWidth / shrink;
  const height = page.segmentHeight / shrink;
  if (!decoders.decodeJpegSmall || !Number.isInteger(width) || !Number.isInteger(height)) return null;
  const bitmap = await decoders.decodeJpegSmall(bytes, width, height);
  if (bitmap.width === width && bitmap.height === height) return bitmap;
  bitmap.close();
  return null;
}

/** The upper left part of a bitmap, which is closed unless it is returned; null where it is smaller than that. */
async function cropBitmap(bitmap: ImageBitmap, width: number, height: number): Promise<ImageBitmap | null> {
  if (bitmap.width === width && bitmap.height === height) return bitmap;
  const isWhole = bitmap.width >= width && bitmap.height >= height;
  const cropped = isWhole ? await createImageBitmap(bitmap, 0, 0, width, height) : null;
  bitmap.close();
  return cropped;
}
