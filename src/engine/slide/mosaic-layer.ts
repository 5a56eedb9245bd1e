import { throwIfAborted } from "../base/errors.ts";
import { type PixelLayer, VIRTUAL_TILE } from "./layer.ts";
import { type PixelRect, whiteImage } from "./pixels.ts";
import type { ReadOptions, RgbaImage } from "./types.ts";

/** Where `length` pixels of a source from `from` on lie along one axis of the mosaic. */
export interface MosaicSpan {
  readonly from: number;
  readonly length: number;
  readonly to: number;
}

/**
 * A grid of pieces cut from one layer: piece (c, r) is the pixels of `columns[c]` and `rows[r]` of it. Both lists ascend
 * in `from` and `to`; spans may overlap or leave gaps in the mosaic.
 */
export interface MosaicArea {
  readonly layer: PixelLayer;
  readonly columns: readonly MosaicSpan[];
  readonly rows: readonly MosaicSpan[];
}

/** Edge of the blocks that a large read is cut into: 16 MB, and a few times that in the source. */
const BLOCK_EDGE = 2048;

/**
 * A level put together from areas: white between them, a later area over an earlier one, within an area the right
 * piece over the left and the lower over the upper. Source pixels are cached by their own layers, none here.
 */
export function mosaicLayer(width: number, height: number, areas: readonly MosaicArea[]): PixelLayer {
  return {
    width,
    height,
    tileWidth: VIRTUAL_TILE,
    tileHeight: VIRTUAL_TILE,
    async read(rect, options = {}) {
      const image = whiteImage(rect.width, rect.height);
      for (let top = 0; top < rect.height; top += BLOCK_EDGE) {
        for (let left = 0; left < rect.width; left += BLOCK_EDGE) {
          const block = {
            x: rect.x + left,
            y: rect.y + top,
            width: Math.min(BLOCK_EDGE, rect.width - left),
            height: Math.min(BLOCK_EDGE, rect.height - top),
          };
          for (const area of areas) await paint(area, block, image, rect, options);
        }
      }
      return image;
    },
  };
}

async function paint(
  area: MosaicArea,
  block: PixelRect,
  image: RgbaImage,
  rect: PixelRect,
  options: ReadOptions,
): Promise<void> {
  const across = sourceOf(area.columns, block.x, block.width);
  const down = sourceOf(area.rows, block.y, block.height);
  if (across.length === 0 || down.length === 0) return;
  throwIfAborted(options.signal);
  const wanted = { x: across.from, y: down.from, width: across.length, height: down.length };
  const source = await area.layer.read(wanted, options);
  const from = new Uint32Array(source.data.buffer, source.data.byteOffset, source.width * source.height);
  const onto = new Uint32Array(image.data.buffer, image.data.byteOffset, image.width * image.height);
  for (let y = 0; y < block.height; y++) {
    const sourceRow = down.places[y]!;
    if (sourceRow < 0) continue;
    const rowStart = sourceRow * source.width;
    let at = (block.y - rect.y + y) * image.width + block.x - rect.x;
    for (let x = 0; x < block.width; x++, at++) {
      const sourceColumn = across.places[x]!;
      if (sourceColumn >= 0) onto[at] = from[rowStart + sourceColumn]!;
    }
  }
}

/**
 * Which source pixel shows at each of the mosaic's pixels [start, start + count), counted from `from`, or -1 for none;
 * and the run of source pixels that holds them all.
 */
function sourceOf(
  spans: readonly MosaicSpan[],
  start: number,
  count: number,
): { from: number; length: number; places: Int32Array } {
  const places = new Int32Array(count).fill(-1);
  let from = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const span of spans) {
    const first = Math.max(start, span.to);
    const last = Math.min(start + count, span.to + span.length);
    if (first >= last) continue;
    const source = span.from + first - span.to;
    from = Math.min(from, source);
    end = Math.max(end, source + last - first);
    for (let i = 0; i < last - first; i++) places[first - start + i] = source + i;
  }
  if (end === 0) return { from: 0, length: 0, places };
  for (let i = 0; i < count; i++) if (places[i]! >= 0) places[i] = places[i]! - from;
  return { from, length: end - from, places };
}
