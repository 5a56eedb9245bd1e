import { throwIfAborted } from "../../base/errors.ts";
import { assembleJpeg, type IntervalGrid } from "../codecs/jpeg-restarts.ts";
import type { IntervalRun } from "../codecs/restart-index.ts";
import type { OpenContext } from "../content.ts";
import { type PixelLayer, segmentedLayer } from "../layer.ts";
import { jpegFailure } from "../tiff/segment.ts";
import type { NdpiStream } from "./ndpi-stream.ts";

/** How pieces between restart markers are put together to tiles. */
interface TileShape {
  /** Pieces side by side, and one under another. */
  readonly across: number;
  readonly down: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** A row of pieces of up to this many pixels makes tiles over the whole width, read at one go. */
const WHOLE_ROW = 2048;
/** Pixels of a tile's width where a row is longer. Wide and low, since each row of pieces is a reading of its own. */
const TILE_WIDTH = 1024;
/** Pixels of a tile. */
const TILE_PIXELS = 1 << 18;
/** Edges of the tiles that a viewer is given as they are (`segmentedLayer`). */
const LEAST_EDGE = 64;
const MOST_EDGE = 1024;
/** Edge of a JPEG at most (libjpeg's own limit), and pixels of one tile. */
const MAX_JPEG_EDGE = 65500;
const MAX_TILE_PIXELS = 1 << 24;
/** Rows of full width kept decoded, so that a region beside the last one finds them. */
const KEPT_ROWS = 1280;
const MOST_KEPT_BYTES = 256 * 1024 * 1024;

/** Null where one piece is larger than a JPEG or a tile can be. */
export function ndpiLevel(
  size: { readonly width: number; readonly height: number },
  stream: NdpiStream,
  context: Pick<OpenContext, "decoders" | "cache">,
  key: string,
): PixelLayer | null {
  const shape = tileShape(stream.grid);
  return shape && tiledLevel(size, shape, stream, context, key);
}

function tiledLevel(
  size: { readonly width: number; readonly height: number },
  shape: TileShape,
  { grid, scan, index, colour }: NdpiStream,
  { decoders, cache }: Pick<OpenContext, "decoders" | "cache">,
  key: string,
): PixelLayer {
  async function tileAt(col: number, row: number) {
    const width = Math.min(shape.width, size.width - col * shape.width);
    const height = Math.min(shape.height, size.height - row * shape.height);
    const pieces = await index.read(runsOf(grid, shape, col, row));
    return { width, height, bytes: assembleJpeg(scan, { width, height }, pieces) };
  }

  const workBytes = shape.width * shape.height * 8;
  const segments = { ...size, segmentWidth: shape.width, segmentHeight: shape.height, workBytes };
  const layer = segmentedLayer(segments, key, cache, async (col, row) => {
    const tile = await tileAt(col, row);
    return await decodeTile(tile, (bytes) => decoders.decodeJpeg(bytes, colour));
  });
  const { decodeJpegToBitmap } = decoders;
  const isShownAsRead = layer.tileWidth === shape.width && layer.tileHeight === shape.height;
  if (!isShownAsRead) cache.reserve(Math.min(MOST_KEPT_BYTES, shape.width * 4 * KEPT_ROWS));
  if (!decodeJpegToBitmap || !isShownAsRead) return layer;
  return {
    ...layer,
    async readBitmap(col, row, options = {}) {
      throwIfAborted(options.signal);
      const tile = await tileAt(col, row);
      throwIfAborted(options.signal);
      return await decodeTile(tile, (bytes) => decodeJpegToBitmap(bytes, colour));
    },
  };
}

function tileShape(grid: IntervalGrid): TileShape | null {
  if (Math.max(grid.width, grid.height) > MAX_JPEG_EDGE || grid.width * grid.height > MAX_TILE_PIXELS) return null;
  const isWholeRow = grid.cols * grid.width <= WHOLE_ROW;
  const across = isWholeRow ? grid.cols : Math.max(1, Math.floor(TILE_WIDTH / grid.width));
  const width = across * grid.width;
  const wanted = Math.min(MOST_EDGE, Math.max(LEAST_EDGE, TILE_PIXELS / width));
  const down = Math.max(1, Math.round(wanted / grid.height));
  return { across, down, width, height: down * grid.height };
}

/** Pieces of a tile in their order: one run where it spans the whole width, else one for each row of pieces. */
function runsOf(grid: IntervalGrid, shape: TileShape, col: number, row: number): IntervalRun[] {
  const left = col * shape.across;
  const across = Math.min(shape.across, grid.cols - left);
  const top = row * shape.down;
  const down = Math.min(shape.down, grid.rows - top);
  if (across === grid.cols) return [{ first: top * grid.cols, count: down * grid.cols }];
  return Array.from({ length: down }, (_, i) => ({ first: (top + i) * grid.cols + left, count: across }));
}

async function decodeTile<T extends { readonly width: number; readonly height: number }>(
  tile: { readonly width: number; readonly height: number; readonly bytes: Uint8Array<ArrayBuffer> },
  decode: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  let decoded: T;
  try {
    decoded = await decode(tile.bytes);
  } catch (cause) {
    throw jpegFailure(cause);
  }
  if (decoded.width !== tile.width || decoded.height !== tile.height) throw jpegFailure(null);
  return decoded;
}
