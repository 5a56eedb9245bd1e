import { checkRange } from "../blob-source.ts";
import { type IntervalGrid, intervalGrid, type JpegScan, parseJpegScan } from "../codecs/jpeg-restarts.ts";
import { normalizeJpeg, readJpegHeader } from "../codecs/jpeg-stream.ts";
import { type IntervalTable, RestartIndex } from "../codecs/restart-index.ts";
import type { TiffFile } from "../tiff/directory.ts";
import { nearestBefore } from "../tiff/ndpi-offsets.ts";
import type { TiffPage } from "../tiff/page.ts";
import { PHOTOMETRIC } from "../tiff/tags.ts";
import { OffsetTable } from "../tiff/values.ts";
import { NDPI_TAG } from "./ndpi-tags.ts";

/** One JPEG that holds a whole level, cut by restart markers. */
export interface NdpiStream {
  readonly colour: "ycbcr" | "as-marked";
  readonly scan: JpegScan;
  readonly grid: IntervalGrid;
  readonly index: RestartIndex;
}

/** Bytes of a header at first, and at most: NDPI's have about 660. */
const HEADER_BYTES = 4096;
const MOST_HEADER_BYTES = 256 * 1024;
const TWO_32 = 2 ** 32;

/**
 * The page's JPEG where its restart markers cut it into pieces that can be read alone; null where they do not. Throws
 * `slide/unsupported-compression` for a kind of JPEG that no browser decodes.
 */
export async function openNdpiStream(file: TiffFile, page: TiffPage): Promise<NdpiStream | null> {
  const { start, end } = await locateStream(file, page);
  const stored = await readScan(file, start, end);
  if (!stored) return null;
  readJpegHeader(stored.header);
  const isSize = (said: number, size: number) => said === size || said === 0 || size > 65500;
  if (!isSize(stored.width, page.width) || !isSize(stored.height, page.height)) return null;
  const grid = intervalGrid(stored, page.width, page.height);
  if (!grid || (stored.components !== 1 && stored.components !== 3)) return null;
  const colour = stored.components === 3 && page.photometric !== PHOTOMETRIC.rgb ? "ycbcr" : "as-marked";
  const scan = parseJpegScan(normalizeJpeg(stored.header, colour, page.jpegTables));
  if (!scan) return null;
  const range = { start: start + stored.header.length, end, intervals: grid.cols * grid.rows };
  const table = await readTable(file, page, start, range.intervals);
  return { colour, scan, grid, index: new RestartIndex(file.source, range, table) };
}

/** Where the page's one JPEG lies. Throws `slide/truncated` where the file ends before it does. */
async function locateStream(file: TiffFile, page: TiffPage): Promise<{ start: number; end: number }> {
  const start = (await page.offsets?.at(0)) ?? 0;
  const length = (await page.byteCounts?.at(0)) ?? 0;
  const nearest = nearestBefore(start, page.directory.offset);
  const isThere = nearest === start || (await isJpeg(file, start));
  const found = isThere ? start : nearest;
  const { name, size } = file.source;
  checkRange(name, size, found, length);
  return { start: found, end: found + length };
}

async function isJpeg(file: TiffFile, at: number): Promise<boolean> {
  if (at + 2 > file.source.size) return false;
  const [first, second] = await file.source.read(at, 2);
  return first === 0xff && second === 0xd8;
}

async function readScan(file: TiffFile, start: number, end: number): Promise<JpegScan | null> {
  for (const most of [HEADER_BYTES, MOST_HEADER_BYTES]) {
    const length = Math.min(most, end - start);
    if (length < 4) return null;
    const scan = parseJpegScan(await file.source.read(start, length));
    if (scan || length < most) return scan;
  }
  return null;
}

/** Starts of the pieces, from the start of the stream on, lower and upper halves apart; null where they do not fit. */
async function readTable(
  file: TiffFile,
  page: TiffPage,
  start: number,
  intervals: number,
): Promise<IntervalTable | null> {
  const lowEntry = page.directory.entries.get(NDPI_TAG.mcuStarts);
  if (lowEntry?.count !== intervals) return null;
  const low = new OffsetTable(file, lowEntry);
  const highEntry = page.directory.entries.get(NDPI_TAG.mcuStartsHigh);
  const high = highEntry?.count === intervals ? new OffsetTable(file, highEntry) : null;
  return async (interval) => start + (await low.at(interval)) + (high ? (await high.at(interval)) * TWO_32 : 0);
}
