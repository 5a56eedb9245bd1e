import { AppError, isAbortError, isAppError } from "../../base/errors.ts";
import { decodeJpegComponents } from "../codecs/jpeg-components.ts";
import { type JpegHeader, normalizeJpeg, readJpegHeader } from "../codecs/jpeg-stream.ts";
import { copyPixels, whiteImage } from "../pixels.ts";
import type { ImageDecoders, RgbaImage } from "../types.ts";
import { isThinned, spreadChroma, thinnedBytes } from "./chroma.ts";
import { decodeCodecSegment } from "./codec-segment.ts";
import { isCodec } from "./compressions.ts";
import { compressedLimit, decompress } from "./decompress.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";
import { coloursOf } from "./page-colours.ts";
import { MAX_SEGMENT_BYTES, mostStreamPixels } from "./piece-limits.ts";
import { undoDifferencing, undoFloatPrediction } from "./predictor.ts";
import { samplesToRgba } from "./samples.ts";
import { locate, reverseBits, type SegmentPart } from "./segment-bytes.ts";
import { COMPRESSION, PHOTOMETRIC } from "./tags.ts";

/** Pixels of a JPEG stream that are decoded in any case, however small its tile. */
const SMALL_STREAM_PIXELS = 1 << 20;

/** Pixels of a piece, `page.segmentWidth` wide and `part.rows` high, before cropping to the page. White where the file leaves it out. */
export async function decodeSegment(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  const width = page.segmentWidth;
  if (page.compression === COMPRESSION.jpeg) return await decodeJpegSegment(file, page, part, decoders);
  if (isCodec(page.compression)) return await decodeCodecSegment(file, page, part, decoders);
  if (page.photometric === PHOTOMETRIC.ycbcr && isThinned(page.ycbcr)) return await decodeThinned(file, page, part);
  const planeCount = page.isPlanar ? page.samples : 1;
  const channels = page.isPlanar ? 1 : page.samples;
  const rowBytes = Math.ceil((width * channels * page.bits) / 8);
  const planes: Uint8Array<ArrayBuffer>[] = [];
  for (let plane = 0; plane < planeCount; plane++) {
    const index = part.index + plane * page.cols * page.rows;
    const raw = await readRaw(file, page, { ...part, index }, rowBytes * part.firstRow, rowBytes * part.rows);
    if (!raw) return whiteImage(width, part.rows);
    planes.push(undoPredictor(file, page, raw, part.rows, channels));
  }
  return samplesToRgba({ planes, channels, rowBytes }, coloursOf(file, page), width, part.rows);
}

/** A JPEG tile as a stream that decodes alone, with how its components are meant; null where the file leaves it out. */
export async function readJpegTile(
  file: TiffFile,
  page: TiffPage,
  index: number,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; colour: "ycbcr" | "rgb" | "as-marked" } | null> {
  const range = await locate(page, index);
  if (!range) return null;
  if (range.length > MAX_SEGMENT_BYTES) throw malformedLength(range.length);
  const colour = jpegColour(page);
  const stream = await file.source.read(range.offset, range.length);
  const bytes = normalizeJpeg(stream, colour, page.jpegTables);
  const header = readJpegHeader(bytes);
  if (!header || header.width * header.height === 0) {
    throw new AppError(
      "slide/decode-failed",
      "Expected a JPEG picture in a tile of the slide, found damaged data. Copy or download the file again.",
      { index },
    );
  }
  refuseOther(page, index, header);
  // Streams are padded to whole blocks, and those of a last strip to a whole strip, but never to many times the tile.
  const most = Math.max(SMALL_STREAM_PIXELS, 4 * page.segmentWidth * page.segmentHeight);
  if (header.width * header.height > Math.min(most, mostStreamPixels(page))) {
    throw new AppError(
      "slide/too-large",
      `Expected a tile of ${page.segmentWidth} x ${page.segmentHeight} pixels, found a JPEG of ${header.width} x ${header.height}; the file is damaged.`,
    );
  }
  return { bytes, colour };
}

/** A stream must cover what its piece shows of the page, and hold components that the page tells of. */
function refuseOther(page: TiffPage, index: number, { width, height, components }: JpegHeader): void {
  const place = index % (page.cols * page.rows);
  const shown = {
    width: Math.min(page.segmentWidth, page.width - (place % page.cols) * page.segmentWidth),
    height: Math.min(page.segmentHeight, page.height - Math.floor(place / page.cols) * page.segmentHeight),
  };
  const isCovering = width >= shown.width && height >= shown.height;
  const isColour = components === 1 || components === 3 || components === page.samples;
  if (isCovering && isColour) return;
  throw new AppError(
    "slide/decode-failed",
    `Expected a JPEG of ${shown.width} x ${shown.height} pixels with ${page.samples} components in a tile of the slide, found one of ${width} x ${height} with ${components}; the file is damaged. Copy or download it again.`,
    { index },
  );
}

async function decodeJpegSegment(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  if (!page.isPlanar && page.samples !== 1 && page.samples !== 3) return await decodeRawJpeg(file, page, part);
  if (page.isPlanar) return await decodePlanarJpeg(file, page, part, decoders);
  const image = whiteImage(page.segmentWidth, part.rows);
  const tile = await readJpegTile(file, page, part.index);
  if (!tile) return image;
  copyPixels(await decodeJpegSafely(decoders, tile), image, 0, 0);
  if (page.photometric === PHOTOMETRIC.whiteIsZero) invert(image);
  return image;
}

/** Each sample of a pixel is a grey JPEG of its own. */
async function decodePlanarJpeg(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  const width = page.segmentWidth;
  const planes: Uint8Array<ArrayBuffer>[] = [];
  for (let plane = 0; plane < page.samples; plane++) {
    const tile = await readJpegTile(file, page, part.index + plane * page.cols * page.rows);
    if (!tile) return whiteImage(width, part.rows);
    const grey = whiteImage(width, part.rows);
    copyPixels(await decodeJpegSafely(decoders, tile), grey, 0, 0);
    planes.push(new Uint8Array(width * part.rows).map((_, i) => grey.data[i * 4]!));
  }
  return samplesToRgba({ planes, channels: 1, rowBytes: width }, coloursOf(file, page), width, part.rows);
}

/** Inks, grey or colour with alpha: no picture decoder takes two or four components as they are. */
async function decodeRawJpeg(file: TiffFile, page: TiffPage, part: SegmentPart): Promise<RgbaImage> {
  const image = whiteImage(page.segmentWidth, part.rows);
  const tile = await readJpegTile(file, page, part.index);
  if (!tile) return image;
  const decoded = await decodeJpegComponents(tile.bytes).catch((cause: unknown) => {
    throw jpegFailure(cause);
  });
  const { width, height, channels } = decoded;
  if (channels !== page.samples) throw jpegFailure(null);
  const planes = { planes: [decoded.data], channels, rowBytes: width * channels };
  copyPixels(samplesToRgba(planes, coloursOf(file, page), width, height), image, 0, 0);
  return image;
}

async function decodeJpegSafely(
  decoders: ImageDecoders,
  tile: { bytes: Uint8Array<ArrayBuffer>; colour: "ycbcr" | "rgb" | "as-marked" },
): Promise<RgbaImage> {
  try {
    return await decoders.decodeJpeg(tile.bytes, tile.colour);
  } catch (cause) {
    throw jpegFailure(cause);
  }
}

/** Wraps what a decoder threw, once; refusals and aborts pass. */
export function jpegFailure(cause: unknown): unknown {
  if (isAppError(cause) || isAbortError(cause)) return cause;
  return new AppError(
    "slide/decode-failed",
    "Expected a JPEG picture in a tile of the slide, found data that does not decode. Copy or download the file again.",
    {},
    { cause },
  );
}

/**
 * The page says how the components are meant, not the stream: libtiff and OpenSlide read it so, and Aperio's RGB tiles
 * carry no marker of their own.
 */
function jpegColour(page: TiffPage): "ycbcr" | "rgb" | "as-marked" {
  if (page.samples !== 3 || page.isPlanar) return "as-marked";
  return page.photometric === PHOTOMETRIC.ycbcr ? "ycbcr" : "rgb";
}

/** YCbCr without JPEG whose chroma has fewer samples than its luma. */
async function decodeThinned(file: TiffFile, page: TiffPage, part: SegmentPart): Promise<RgbaImage> {
  const width = page.segmentWidth;
  const raw = await readRaw(file, page, part, 0, thinnedBytes(page.ycbcr, width, part.rows));
  if (!raw) return whiteImage(width, part.rows);
  const planes = [spreadChroma(raw, page.ycbcr, width, part.rows)];
  return samplesToRgba({ planes, channels: 3, rowBytes: width * 3 }, coloursOf(file, page), width, part.rows);
}

/** Bytes of a piece, unfolded but not yet undone; null where the file leaves it out. Of plain ones `wanted` from `from` on. */
export async function readRaw(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  from: number,
  wanted: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const range = await locate(page, part.index);
  if (!range) return null;
  if (page.compression === COMPRESSION.none) {
    return reverseBits(page, await file.source.read(range.offset + from, wanted));
  }
  const length = Math.min(range.length, compressedLimit(wanted));
  const compressed = reverseBits(page, await file.source.read(range.offset, length));
  const decoded = await decompress(compressed, page.compression, wanted);
  return decoded.byteOffset === 0 ? decoded : decoded.slice();
}

/** Samples as they were before the predictor, in the file's byte order. */
export function undoPredictor(
  file: TiffFile,
  page: TiffPage,
  raw: Uint8Array<ArrayBuffer>,
  rows: number,
  channels: number,
): Uint8Array<ArrayBuffer> {
  if (page.predictor === 1 || page.bits < 8) return raw;
  const layout = {
    columns: page.segmentWidth,
    rows,
    channels,
    bits: page.bits,
    isLittleEndian: file.isLittleEndian,
  };
  return page.predictor === 3 ? undoFloatPrediction(raw, layout) : undoDifferencing(raw, layout);
}

function invert(image: RgbaImage): void {
  for (let i = 0; i < image.data.length; i++) if ((i & 3) !== 3) image.data[i] = 255 - image.data[i]!;
}

function malformedLength(length: number): AppError {
  return new AppError(
    "slide/malformed",
    `Expected a compressed tile of less than ${MAX_SEGMENT_BYTES >> 20} MB, found ${length} bytes; the file is damaged.`,
  );
}
