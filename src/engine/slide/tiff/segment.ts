import { AppError, isAbortError, isAppError } from "../../base/errors.ts";
import { decodeWithGeotiff } from "../codecs/geotiff-decoder.ts";
import { normalizeJpeg, readJpegHeader } from "../codecs/jpeg-stream.ts";
import { copyPixels, whiteImage } from "../pixels.ts";
import type { ImageDecoders, RgbaImage } from "../types.ts";
import { compressedLimit, decompress } from "./decompress.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";
import { undoDifferencing, undoFloatPrediction } from "./predictor.ts";
import { MAX_SEGMENT_BYTES } from "./refuse.ts";
import { paletteOf, type SampleColours, samplesToRgba } from "./samples.ts";
import { COMPRESSION, PHOTOMETRIC } from "./tags.ts";

/** Pixels of a JPEG stream that are decoded in any case, however small its tile. */
const SMALL_STREAM_PIXELS = 1 << 20;

/** Which piece: a tile, a strip, or (uncompressed strips only) `rows` rows of a strip from `firstRow` on. */
export interface SegmentPart {
  readonly index: number;
  readonly firstRow: number;
  readonly rows: number;
}

/** Pixels of a piece, `page.segmentWidth` wide and `part.rows` high, before cropping to the page. White where the file leaves it out. */
export async function decodeSegment(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  const width = page.segmentWidth;
  if (page.compression === COMPRESSION.jpeg) return await decodeJpegSegment(file, page, part, decoders);
  const planeCount = page.isPlanar ? page.samples : 1;
  const channels = page.isPlanar ? 1 : page.samples;
  const rowBytes = Math.ceil((width * channels * page.bits) / 8);
  const planes: Uint8Array<ArrayBuffer>[] = [];
  for (let plane = 0; plane < planeCount; plane++) {
    const index = part.index + plane * page.cols * page.rows;
    const raw = await readRaw(file, page, { ...part, index }, rowBytes);
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
  // Streams are padded to whole blocks, and those of a last strip to a whole strip, but never to many times the tile.
  const most = Math.max(SMALL_STREAM_PIXELS, 4 * page.segmentWidth * page.segmentHeight);
  if (header.width * header.height > Math.min(most, MAX_SEGMENT_BYTES / 4)) {
    throw new AppError(
      "slide/too-large",
      `Expected a tile of ${page.segmentWidth} x ${page.segmentHeight} pixels, found a JPEG of ${header.width} x ${header.height}; the file is damaged.`,
    );
  }
  return { bytes, colour };
}

async function decodeJpegSegment(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  if (!page.isPlanar && page.samples !== 1 && page.samples !== 3) return await decodeRawJpeg(file, page, part);
  const image = whiteImage(page.segmentWidth, part.rows);
  const planeCount = page.isPlanar ? Math.min(page.samples, 3) : 1;
  for (let plane = 0; plane < planeCount; plane++) {
    const tile = await readJpegTile(file, page, part.index + plane * page.cols * page.rows);
    if (!tile) return whiteImage(page.segmentWidth, part.rows);
    const decoded = await decodeJpegSafely(decoders, tile);
    if (planeCount === 1) copyPixels(decoded, image, 0, 0);
    else copyChannel(decoded, image, plane);
  }
  if (page.photometric === PHOTOMETRIC.whiteIsZero) invert(image);
  return image;
}

/** Grey or colour with alpha: no picture decoder takes two or four components as they are. */
async function decodeRawJpeg(file: TiffFile, page: TiffPage, part: SegmentPart): Promise<RgbaImage> {
  const image = whiteImage(page.segmentWidth, part.rows);
  const tile = await readJpegTile(file, page, part.index);
  const header = tile && readJpegHeader(tile.bytes);
  if (!tile || !header) return image;
  const channels = header.components;
  const rowBytes = header.width * channels;
  const samples = await decodeWithGeotiff(COMPRESSION.jpeg, tile.bytes).catch((cause: unknown) => {
    throw jpegFailure(cause);
  });
  if (channels !== page.samples || samples.length < rowBytes * header.height) throw jpegFailure(null);
  const planes = { planes: [samples], channels, rowBytes };
  copyPixels(samplesToRgba(planes, coloursOf(file, page), header.width, header.height), image, 0, 0);
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

/** Bytes of a piece, unfolded but not yet undone; null where the file leaves it out. */
export async function readRaw(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  rowBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const range = await locate(page, part.index);
  if (!range) return null;
  const wanted = rowBytes * part.rows;
  if (page.compression === COMPRESSION.none) {
    return reverseBits(page, await file.source.read(range.offset + part.firstRow * rowBytes, wanted));
  }
  const length = Math.min(range.length, compressedLimit(wanted));
  const compressed = reverseBits(page, await file.source.read(range.offset, length));
  const decoded = await decompress(compressed, page.compression, wanted);
  return decoded.byteOffset === 0 ? decoded : decoded.slice();
}

/** Where a piece lies; null for one that the file leaves out (offset or length 0). */
async function locate(page: TiffPage, index: number): Promise<{ offset: number; length: number } | null> {
  if (!page.offsets) return null;
  const offset = await page.offsets.at(index);
  if (!page.byteCounts) return offset === 0 ? null : { offset, length: 0 };
  const length = await page.byteCounts.at(index);
  return offset === 0 || length === 0 ? null : { offset, length };
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

function coloursOf(file: TiffFile, page: TiffPage): SampleColours {
  const colourCount = page.photometric === PHOTOMETRIC.rgb ? 3 : 1;
  const alphaKind = page.extraSamples.findIndex((kind) => kind === 1 || kind === 2);
  const alphaAt = alphaKind >= 0 ? colourCount + alphaKind : -1;
  return {
    photometric: page.photometric,
    bits: page.bits,
    isFloat: page.sampleFormat === 3,
    isLittleEndian: file.isLittleEndian,
    palette: paletteOf(page.colorMap),
    alphaAt: alphaAt < page.samples ? alphaAt : -1,
    alpha: page.extraSamples[alphaKind] === 1 ? "premultiplied" : "straight",
  };
}

function copyChannel(from: RgbaImage, onto: RgbaImage, channel: number): void {
  const width = Math.min(from.width, onto.width);
  const height = Math.min(from.height, onto.height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      onto.data[(y * onto.width + x) * 4 + channel] = from.data[(y * from.width + x) * 4]!;
    }
  }
}

function invert(image: RgbaImage): void {
  for (let i = 0; i < image.data.length; i++) if ((i & 3) !== 3) image.data[i] = 255 - image.data[i]!;
}

/** FillOrder 2 stores each byte with its lowest bit first (TIFF 6.0 section 8). */
function reverseBits(page: TiffPage, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!page.isBitReversed) return bytes;
  for (let i = 0; i < bytes.length; i++) {
    let value = bytes[i]!;
    value = ((value & 0x55) << 1) | ((value >> 1) & 0x55);
    value = ((value & 0x33) << 2) | ((value >> 2) & 0x33);
    bytes[i] = ((value & 0x0f) << 4) | (value >> 4);
  }
  return bytes;
}

function malformedLength(length: number): AppError {
  return new AppError(
    "slide/malformed",
    `Expected a compressed tile of less than ${MAX_SEGMENT_BYTES >> 20} MB, found ${length} bytes; the file is damaged.`,
  );
}
