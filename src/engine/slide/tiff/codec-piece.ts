import { AppError, isAbortError, isAppError } from "../../base/errors.ts";
import { decodeDeflate } from "../codecs/deflate.ts";
import { readJpeg2000Header } from "../codecs/jpeg2000-header.ts";
import { readJpegXlSize } from "../codecs/jpegxl-size.ts";
import { readWebpSize } from "../codecs/webp.ts";
import { decodeZstd } from "../codecs/zstd.ts";
import type { DecodedNumbers, ImageDecoders, RgbaImage } from "../types.ts";
import { compressionName, isJpeg2000 } from "./compressions.ts";
import { compressedLimit } from "./decompress.ts";
import type { TiffPage } from "./page.ts";
import { mostStreamPixels } from "./piece-limits.ts";
import { COMPRESSION, PHOTOMETRIC } from "./tags.ts";

/** Pixels of a stream that are decoded in any case, however small its tile. */
const SMALL_STREAM_PIXELS = 1 << 20;

/**
 * Samples of a tile or strip, or of one plane of it, that JPEG 2000, WebP, JPEG XL or LERC hold with a size of their own.
 * `channels` is what the page has of them. Throws `slide/decode-failed`, `slide/too-large`, `slide/unsupported-compression`.
 */
export async function decodeCodecPiece(
  bytes: Uint8Array<ArrayBuffer>,
  page: TiffPage,
  channels: number,
  decoders: ImageDecoders,
): Promise<DecodedNumbers> {
  let piece: DecodedNumbers;
  try {
    piece = await decode(bytes, page, channels, decoders);
  } catch (cause) {
    if (isAppError(cause) || isAbortError(cause)) throw cause;
    throw failure(page, "data that does not decode", cause);
  }
  if (piece.channels === channels) return piece;
  throw failure(page, `${piece.channels} samples a pixel in place of ${channels}`);
}

async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  page: TiffPage,
  channels: number,
  decoders: ImageDecoders,
): Promise<DecodedNumbers> {
  if (isJpeg2000(page.compression)) return await decodeJpeg2000(bytes, page, decoders);
  if (page.compression === COMPRESSION.lerc) return await decodeLerc(bytes, page, channels, decoders);
  if (page.compression === COMPRESSION.webp || page.compression === COMPRESSION.webpOld) {
    const size = readWebpSize(bytes.subarray(0, 30));
    if (!size) throw new RangeError("no WebP header at the start");
    refuseSize(page, size);
    return samplesOf(await decoders.decodeWebp(bytes), channels);
  }
  const size = await readJpegXlSize(async (offset, length) => bytes.subarray(offset, offset + length), bytes.length);
  if (!size) throw new RangeError("no JPEG XL header at the start");
  refuseSize(page, size);
  return samplesOf(await decoders.decodeJpegXl(bytes), channels);
}

async function decodeJpeg2000(
  bytes: Uint8Array<ArrayBuffer>,
  page: TiffPage,
  decoders: ImageDecoders,
): Promise<DecodedNumbers> {
  const header = readJpeg2000Header(bytes);
  refuseSize(page, header);
  const isYcbcr = isMeantYcbcr(page, header);
  if (header.isSubsampled && !isYcbcr) throw failure(page, "red, green and blue of different sizes");
  return { ...(await decoders.decodeJpeg2000(bytes, isYcbcr ? "ycbcr" : "rgb")), kind: "unsigned", mask: null };
}

/**
 * Aperio's numbers say it outright and outrank the colour tag (openslide.org/formats/aperio). Elsewhere the tag says it, but
 * of a stream that turns the colours by itself the tag names what the stream does inside.
 */
function isMeantYcbcr(
  page: TiffPage,
  header: { readonly hasTransform: boolean; readonly isMarkedYcbcr: boolean; readonly isSubsampled: boolean },
): boolean {
  if (page.compression === COMPRESSION.jpeg2000Ycbcr) return true;
  if (page.compression === COMPRESSION.jpeg2000Rgb) return false;
  const isTagged = page.photometric === PHOTOMETRIC.ycbcr && !header.hasTransform;
  return isTagged || header.isMarkedYcbcr || header.isSubsampled;
}

/** Compressed once more as the page's LercParameters tell (Esri's and libtiff's convention). */
async function decodeLerc(
  bytes: Uint8Array<ArrayBuffer>,
  page: TiffPage,
  channels: number,
  decoders: ImageDecoders,
): Promise<DecodedNumbers> {
  const most = Math.max(SMALL_STREAM_PIXELS, page.segmentWidth * page.segmentHeight) * channels * 8;
  const limit = compressedLimit(most);
  let blob = bytes;
  if (page.lercWrapping === 1) blob = decodeDeflate(bytes, limit);
  else if (page.lercWrapping === 2) blob = await decodeZstd(bytes, limit);
  const numbers = await decoders.decodeLerc(blob, most);
  const kind = (["unsigned", "signed", "float"] as const)[page.sampleFormat - 1];
  if (numbers.bits === page.bits && numbers.kind === kind) return numbers;
  throw failure(page, `${numbers.kind} samples of ${numbers.bits} bits in place of ${kind} ones of ${page.bits}`);
}

/** The first `channels` of grey, grey and alpha, colour, colour and alpha. */
function samplesOf({ width, height, data: rgba }: RgbaImage, channels: number): DecodedNumbers {
  const data = new Uint8Array(width * height * channels);
  const isGrey = channels <= 2;
  for (let from = 0, at = 0; at < data.length; from += 4) {
    data[at++] = rgba[from]!;
    if (!isGrey) {
      data[at++] = rgba[from + 1]!;
      data[at++] = rgba[from + 2]!;
    }
    if (channels === 2 || channels === 4) data[at++] = rgba[from + 3]!;
  }
  return { width, height, channels, bits: 8, kind: "unsigned", data, mask: null };
}

/** A stream may be padded to whole blocks, and that of a last strip to a whole strip, but never to many times its tile. */
function refuseSize(page: TiffPage, { width, height }: { readonly width: number; readonly height: number }): void {
  const most = Math.max(SMALL_STREAM_PIXELS, 4 * page.segmentWidth * page.segmentHeight);
  if (width * height <= Math.min(most, mostStreamPixels(page))) return;
  throw new AppError(
    "slide/too-large",
    `Expected a tile of ${page.segmentWidth} x ${page.segmentHeight} pixels, found ${compressionName(page.compression)} of ${width} x ${height}; the file is damaged.`,
  );
}

function failure(page: TiffPage, found: string, cause?: unknown): AppError {
  return new AppError(
    "slide/decode-failed",
    `Expected ${compressionName(page.compression)} data in a tile of the slide, found ${found}. Copy or download the file again.`,
    { compression: page.compression },
    { cause },
  );
}
