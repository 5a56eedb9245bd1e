import { AppError } from "../../base/errors.ts";
import { isThinned } from "./chroma.ts";
import { CONVERT, isCodec, isJpeg2000, isJpegXl } from "./compressions.ts";
import type { TiffPage } from "./page.ts";
import { COMPRESSION, PHOTOMETRIC } from "./tags.ts";

/** Bytes that one tile or strip may unfold to. */
export const MAX_SEGMENT_BYTES = 128 * 1024 * 1024;
/** Bytes that decoding one tile or strip may take in all; an image that is one strip may take more, since it is decoded once. */
const MAX_WORK_BYTES = 128 * 1024 * 1024;
export const MAX_WORK_BYTES_ALONE = 224 * 1024 * 1024;
/** Pixels of a row of strips: the 512 of them under a viewer's tile must fit into the cache, or each tile would decode all anew. */
const MAX_STRIP_WIDTH = 81_920;
/** Pixels of a tile at least, where there are several: each costs some hundred bytes and a reading. */
const LEAST_TILE_PIXELS = 64;
/** Bytes that decoders were measured to take for each pixel, colours included: libjxl, OpenJPEG, and libwebp and LERC. */
const JPEG_XL_BYTES = 56;
const JPEG_2000_BYTES = 36;
const OTHER_CODEC_BYTES = 26;
/** Pixels of one picture of JPEG 2000. */
export const MAX_JPEG_2000_PIXELS = Math.floor(MAX_WORK_BYTES_ALONE / JPEG_2000_BYTES);
/** Of the decoder in JavaScript for JPEG of two or four components, or of more than three. */
const JPEG_COMPONENTS_BYTES = 54;

/** Throws `slide/too-large` or `slide/malformed` for pieces that ask too much of memory or time. `segments`: how many there are. */
export function refusePieces(page: TiffPage, segments: number): void {
  const { segmentWidth, segmentHeight, isTiled } = page;
  const what = isTiled ? "tile" : "strip";
  const pixels = segmentWidth * segmentHeight;
  const bytes = pixels * Math.max(4, (page.samples * page.bits) / 8);
  const isThin = page.photometric === PHOTOMETRIC.ycbcr && isThinned(page.ycbcr);
  const isByParts = page.compression === COMPRESSION.none && !isTiled && !isThin;
  const perPixel = workBytesPerPixel(page);
  const mostWork = segments === 1 ? MAX_WORK_BYTES_ALONE : MAX_WORK_BYTES;
  const isTooLarge = bytes > MAX_SEGMENT_BYTES || pixels * perPixel > mostWork;
  if (isTooLarge && !isByParts) {
    throw new AppError(
      "slide/too-large",
      `Expected ${what}s of at most ${Math.floor(mostWork / perPixel)} pixels with this compression and these samples, found ${segmentWidth} x ${segmentHeight} pixels in one. ${CONVERT}`,
    );
  }
  if (!isTiled && page.width > MAX_STRIP_WIDTH) {
    throw new AppError(
      "slide/too-large",
      `Expected tiles in an image of more than ${MAX_STRIP_WIDTH} pixels a row, found strips over ${page.width}, which are too slow to look through. ${CONVERT}`,
    );
  }
  if (segments > 1 && pixels < LEAST_TILE_PIXELS && isTiled) {
    throw new AppError(
      "slide/malformed",
      `Expected tiles of at least ${LEAST_TILE_PIXELS} pixels, found ${segmentWidth} x ${segmentHeight}; the file is damaged.`,
    );
  }
}

/** Pixels of a stream whose own size may differ from that of its tile. */
export function mostStreamPixels(page: TiffPage): number {
  return Math.floor(MAX_WORK_BYTES_ALONE / workBytesPerPixel(page));
}

/** Bytes that decoding takes for each pixel of a piece: its samples as they unfold, and four for its colours. */
export function workBytesPerPixel({ samples, bits, compression, isPlanar }: TiffPage): number {
  if (isJpegXl(compression)) return JPEG_XL_BYTES;
  if (isJpeg2000(compression)) return JPEG_2000_BYTES;
  if (isCodec(compression)) return OTHER_CODEC_BYTES;
  if (compression !== COMPRESSION.jpeg) return 4 + (samples * bits) / 8;
  return isPlanar ? 12 + samples : samples === 1 || samples === 3 ? 8 : JPEG_COMPONENTS_BYTES;
}
