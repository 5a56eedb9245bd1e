import { isAppError } from "../../base/errors.ts";
import { piecesOf } from "../tiff/page-layer.ts";
import type { ImageDecoders } from "../types.ts";
import { readPiece } from "./channel-layer.ts";
import type { ChannelPage } from "./channel-plane.ts";
import { percentileRange, type ValueRange } from "./default-range.ts";

/** Values of one channel that are looked at, at most. */
const MAX_VALUES = 250_000;
/** Pieces of the level that are looked at, spread evenly over it: few large ones, more where each is but a few rows. */
const PIECES = { least: 16, most: 512, pixels: 1024 * 1024 };
/** Pixels decoded for that, over all channels: a second or two. */
const MAX_PIXELS = 96 * 1024 * 1024;

/**
 * Where the values of each channel lie, from one (the coarsest) level; null for a channel without pixels, with pixels
 * that cannot be decoded, or beyond the bounds above. The same file gives the same ranges on every machine.
 */
export async function sampleRanges(
  channels: readonly (ChannelPage | null)[],
  decoders: ImageDecoders,
): Promise<(ValueRange | null)[]> {
  const ranges = new Array<ValueRange | null>(channels.length).fill(null);
  let left = MAX_PIXELS;
  for (const page of new Set(channels.map((channel) => channel?.page))) {
    if (!page) continue;
    const pieces = piecesOf(page);
    const { segmentWidth, segmentHeight } = pieces.grid;
    const beside = channels.map((channel) => (channel?.page === page ? channel : null));
    const piecePixels = segmentWidth * segmentHeight * page.samples;
    const wanted = Math.floor(PIECES.pixels / (segmentWidth * segmentHeight));
    const most = Math.min(Math.max(PIECES.least, Math.min(PIECES.most, wanted)), Math.floor(left / piecePixels));
    const places = evenly(page.cols * Math.ceil(page.height / segmentHeight), most);
    left -= places.length * piecePixels;
    try {
      const values = beside.map((): number[] => []);
      // Odd, so that over the even rows of a tile it comes to every column.
      const step = Math.ceil((places.length * segmentWidth * segmentHeight) / MAX_VALUES) | 1;
      for (const place of places) {
        const col = place % page.cols;
        const row = Math.floor(place / page.cols);
        const found = await readPiece(beside, pieces.partAt(col, row), decoders);
        for (const [index, samples] of found.entries()) {
          if (samples) collect(values[index] ?? [], samples, pieces.sizeAt(col, row), step);
        }
      }
      for (const [index, channel] of beside.entries()) {
        if (channel) ranges[index] = percentileRange(Float64Array.from(values[index] ?? []));
      }
    } catch (error) {
      // Whoever reads these pixels is told; that their range is unknown is no reason to keep the slide closed.
      if (!isAppError(error)) throw error;
    }
  }
  return ranges;
}

/** Every `step`-th pixel, counted row by row. */
function collect(
  onto: number[],
  { values, first, step: sampleStep, rowStep }: NonNullable<Awaited<ReturnType<typeof readPiece>>[number]>,
  { width, height }: { readonly width: number; readonly height: number },
  step: number,
): void {
  for (let pixel = 0; pixel < width * height; pixel += step) {
    const value = values[first + Math.floor(pixel / width) * rowStep + (pixel % width) * sampleStep]!;
    if (Number.isFinite(value)) onto.push(value);
  }
}

/** Up to `most` of the numbers below `count`, evenly spread. */
function evenly(count: number, most: number): number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, index) => Math.floor(((index + 0.5) * count) / taken));
}
