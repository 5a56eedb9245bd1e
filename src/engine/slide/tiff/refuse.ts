import { AppError } from "../../base/errors.ts";
import { isThinned } from "./chroma.ts";
import type { TiffPage } from "./page.ts";
import { coloursIn } from "./samples.ts";
import { COMPRESSION, PHOTOMETRIC } from "./tags.ts";

/** Bytes that one tile or strip may unfold to. */
export const MAX_SEGMENT_BYTES = 128 * 1024 * 1024;
/** Bytes that decoding one tile or strip may take in all; an image that is one strip may take more, since it is decoded once. */
const MAX_WORK_BYTES = 128 * 1024 * 1024;
const MAX_WORK_BYTES_ALONE = 224 * 1024 * 1024;
/** Pixels of a row of strips: the 512 of them under a viewer's tile must fit into the cache, or each tile would decode all anew. */
const MAX_STRIP_WIDTH = 98_304;
/** Pixels of a tile at least, where there are several: each costs some hundred bytes and a reading. */
const LEAST_TILE_PIXELS = 64;

const CONVERT =
  'Convert it to a tiled TIFF that can be opened, for instance with "vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg" or QuPath\'s export.';

const READABLE: Readonly<Record<number, string>> = {
  [COMPRESSION.none]: "uncompressed",
  [COMPRESSION.lzw]: "LZW",
  [COMPRESSION.jpeg]: "JPEG",
  [COMPRESSION.deflate]: "deflate",
  [COMPRESSION.oldDeflate]: "deflate",
  [COMPRESSION.packBits]: "PackBits",
  [COMPRESSION.zstd]: "zstd",
  [COMPRESSION.jpeg2000Ycbcr]: "JPEG 2000",
  [COMPRESSION.jpeg2000]: "JPEG 2000",
  [COMPRESSION.jpeg2000Rgb]: "JPEG 2000",
  [COMPRESSION.jpeg2000Leica]: "JPEG 2000",
  [COMPRESSION.jpeg2000Jp2]: "JPEG 2000",
  [COMPRESSION.lerc]: "LERC",
  [COMPRESSION.webpOld]: "WebP",
  [COMPRESSION.webp]: "WebP",
  [COMPRESSION.jpegXl]: "JPEG XL",
  [COMPRESSION.jpegXlDng]: "JPEG XL",
};

const UNREADABLE: Readonly<Record<number, string>> = {
  2: "CCITT fax (a black-and-white scan)",
  3: "CCITT fax group 3 (a black-and-white scan)",
  4: "CCITT fax group 4 (a black-and-white scan)",
  [COMPRESSION.oldJpeg]: "old-style JPEG (from before TIFF 6.0's second technical note)",
  22610: "JPEG XR",
  32845: "SGI LogLuv",
  34661: "JBIG",
  34676: "SGI LogLuv",
  34677: "SGI LogLuv",
  34892: "lossy DNG JPEG",
  34925: "LZMA",
  34926: "zstd (an old number of it)",
  34933: "PNG in TIFF",
  34934: "JPEG XR",
};

/** Pixels of one piece of JPEG 2000, WebP, JPEG XL or LERC: their decoders need up to sixteen bytes for each. */
export const MAX_CODEC_PIXELS = 1 << 23;

/** True for any of the numbers that stand for JPEG 2000. */
export function isJpeg2000(compression: number): boolean {
  return READABLE[compression] === "JPEG 2000";
}

/** True where a piece is a stream with a size of its own, other than JPEG. */
export function isCodec(compression: number): boolean {
  return isJpeg2000(compression) || ["LERC", "WebP", "JPEG XL"].includes(READABLE[compression] ?? "");
}

/** For a person, such as "JPEG". */
export function compressionName(compression: number): string {
  return READABLE[compression] ?? UNREADABLE[compression] ?? `compression ${compression}`;
}

/**
 * Throws a sentence when the image's pixels cannot be read: `slide/unsupported-compression`,
 * `slide/unsupported-format` (colours, bits, samples), `slide/too-large`, `slide/malformed`.
 */
export function refuseUnreadable(page: TiffPage): void {
  refuseCompression(page);
  refuseColours(page);
  refuseLayout(page);
  refuseSamples(page);
  refuseSegments(page);
}

/**
 * As `refuseUnreadable`, for one channel among a page's samples: numbers of 8, 16 or 32 bits, whatever their sign and
 * however many lie beside it.
 */
export function refuseUnreadableChannel(page: TiffPage): void {
  refuseCompression(page);
  refuseSegments(page);
  const isInteger = page.sampleFormat !== 3 && ([8, 16, 32].includes(page.bits) || isJpeg2000(page.compression));
  const isFloat = page.sampleFormat === 3 && page.bits === 32;
  const isGreyJpeg = page.bits === 8 && page.sampleFormat !== 3 && (page.samples === 1 || page.isPlanar);
  const isHeld = !isCodec(page.compression) || areSamplesRead(page);
  if (page.compression === COMPRESSION.jpeg ? isGreyJpeg : isHeld && (isInteger || isFloat)) return;
  throw new AppError(
    "slide/unsupported-format",
    `Expected channels of 8, 16 or 32 bits, found ${page.bits === 0 ? "samples of different sizes" : `${page.samples} ${page.sampleFormat === 3 ? "floating point " : ""}samples of ${page.bits} bits (${compressionName(page.compression)})`}. Export the image again, for instance with QuPath or Bio-Formats' bfconvert.`,
    { bits: page.bits, sampleFormat: page.sampleFormat, samples: page.samples },
  );
}

function refuseCompression(page: TiffPage): void {
  if (READABLE[page.compression]) return;
  throw new AppError(
    "slide/unsupported-compression",
    `Expected tiles that are uncompressed or compressed with JPEG, JPEG 2000, LZW, deflate, PackBits, zstd, WebP, LERC or JPEG XL, found ${compressionName(page.compression)}, which cannot be opened yet. ${CONVERT}`,
    { compression: page.compression },
  );
}

function refuseColours(page: TiffPage): void {
  const { photometric } = page;
  if (isColourRead(page)) return;
  const names: Readonly<Record<number, string>> = {
    4: "a transparency mask",
    5: "inks other than cyan, magenta, yellow and black",
    9: "ICC L*a*b*",
    10: "ITU L*a*b*",
    32844: "LogL",
    32845: "LogLuv",
  };
  const found = names[photometric] ?? `colour scheme ${photometric}`;
  throw new AppError(
    "slide/unsupported-format",
    `Expected grey, palette, RGB, YCbCr, CMYK or CIE L*a*b* colours, found ${found}. ${CONVERT}`,
    { photometric },
  );
}

function isColourRead({ photometric, inkSet }: TiffPage): boolean {
  if (photometric === PHOTOMETRIC.separated) return inkSet === 1;
  const isGreyOrRgb = photometric >= PHOTOMETRIC.whiteIsZero && photometric <= PHOTOMETRIC.palette;
  return isGreyOrRgb || photometric === PHOTOMETRIC.ycbcr || photometric === PHOTOMETRIC.cielab;
}

/** Colours that only some layouts can hold. */
function refuseLayout({ photometric, bits, compression, predictor, isPlanar, samples, ycbcr }: TiffPage): void {
  const isRaw = compression !== COMPRESSION.jpeg && !isCodec(compression);
  let found = "";
  if (photometric === PHOTOMETRIC.cielab && bits !== 8) found = `CIE L*a*b* of ${bits} bits a sample`;
  if (photometric === PHOTOMETRIC.ycbcr && compression === COMPRESSION.lerc) found = "YCbCr in LERC";
  if (photometric === PHOTOMETRIC.ycbcr && isRaw) {
    const isKnown = ycbcr.subsampling.every((step) => step === 1 || step === 2 || step === 4);
    if (bits !== 8) found = `YCbCr of ${bits} bits a sample`;
    else if (!isKnown) found = `YCbCr with chroma thinned ${ycbcr.subsampling.join(" x ")}`;
    else if (isThinned(ycbcr) && (isPlanar || samples !== 3 || predictor !== 1)) {
      found = "YCbCr with thinned chroma in planes, with a predictor or with further samples";
    }
  }
  if (found === "") return;
  throw new AppError("slide/unsupported-format", `Expected YCbCr or CIE L*a*b* of 8 bits, found ${found}. ${CONVERT}`);
}

function refuseSamples(page: TiffPage): void {
  const { bits, samples, photometric } = page;
  const colours = coloursIn(photometric);
  if (samples < colours || samples > 8) {
    throw new AppError(
      "slide/malformed",
      `Expected ${colours} samples a pixel for these colours, found ${samples}; the file is damaged or no stained slide.`,
    );
  }
  const extras = samples - colours;
  if (extras > 1 && page.extraSamples.length < extras) {
    throw new AppError(
      "slide/unsupported-format",
      `Expected a stained slide with red, green and blue, found ${samples} channels: a fluorescence or multispectral image, which cannot be opened yet.`,
    );
  }
  if (areSamplesRead(page)) return;
  const kind = ["unsigned", "signed", "floating point"][page.sampleFormat - 1] ?? "unsigned";
  throw new AppError(
    "slide/unsupported-format",
    `Expected ${expectedSamples(page)}, found ${bits === 0 ? "samples of different sizes" : `${samples} ${kind} samples of ${bits} bit${bits === 1 ? "" : "s"} a pixel`}. ${CONVERT}`,
  );
}

/** Whether the page's compression can hold such samples and is read so. */
function areSamplesRead({ bits, samples, sampleFormat, photometric, compression, isPlanar }: TiffPage): boolean {
  const isUnsigned = sampleFormat === 1 || sampleFormat === 4;
  const channels = isPlanar ? 1 : samples;
  if (![1, 2, 3, 4].includes(sampleFormat)) return false;
  if (compression === COMPRESSION.jpeg) return bits === 8;
  if (isJpeg2000(compression)) return isUnsigned && bits >= 1 && bits <= 16 && (channels === 1 || channels === 3);
  if (compressionName(compression) === "WebP") return isUnsigned && bits === 8 && (channels === 3 || channels === 4);
  if (compressionName(compression) === "JPEG XL") return isUnsigned && bits === 8 && channels <= 4;
  if (sampleFormat === 3) return bits === 16 || bits === 32 || bits === 64;
  const isPacked = coloursIn(photometric) === 1 && samples === 1 && isUnsigned && [1, 2, 4].includes(bits);
  const isIndex = photometric === PHOTOMETRIC.palette && (bits > 16 || sampleFormat === 2);
  return (isPacked && compression !== COMPRESSION.lerc) || ([8, 16, 32].includes(bits) && !isIndex);
}

function expectedSamples({ compression }: TiffPage): string {
  const name = compressionName(compression);
  if (compression === COMPRESSION.jpeg) return "JPEG of 8 bits a sample";
  if (isJpeg2000(compression)) return "JPEG 2000 of one or three unsigned samples of up to 16 bits";
  if (name === "WebP") return "WebP of red, green and blue, 8 bits each";
  if (name === "JPEG XL") return "JPEG XL of one to four unsigned samples of 8 bits";
  return "samples of 8, 16 or 32 bits (1 to 4 for grey), or floating point ones of 16, 32 or 64";
}

function refuseSegments(page: TiffPage): void {
  const segments = page.cols * page.rows * (page.isPlanar ? page.samples : 1);
  const what = page.isTiled ? "tile" : "strip";
  if (!page.offsets || page.offsets.count < segments) {
    throw new AppError(
      "slide/malformed",
      `Expected ${segments} ${what} addresses for ${page.width} x ${page.height} pixels, found ${page.offsets?.count ?? 0}; the file is damaged.`,
    );
  }
  if (!page.offsets.isWhole || page.byteCounts?.isWhole === false) {
    throw new AppError(
      "slide/truncated",
      `Expected the addresses and lengths of ${segments} ${what}s, but the file ends before them: it is incomplete or damaged. Copy or download it again.`,
    );
  }
  if (page.compression !== COMPRESSION.none && (!page.byteCounts || page.byteCounts.count < segments)) {
    throw new AppError(
      "slide/malformed",
      `Expected the length of each of ${segments} ${what}s, found ${page.byteCounts?.count ?? 0}; the file is damaged.`,
    );
  }
  refusePieces(page, segments);
  if (![1, 2, 3].includes(page.predictor)) {
    throw new AppError(
      "slide/unsupported-compression",
      `Expected predictor 1, 2 or 3, found ${page.predictor}. ${CONVERT}`,
    );
  }
}

/** What a piece asks of memory and time. */
function refusePieces(page: TiffPage, segments: number): void {
  const { segmentWidth, segmentHeight, isTiled } = page;
  const what = isTiled ? "tile" : "strip";
  const pixels = segmentWidth * segmentHeight;
  const bytes = pixels * Math.max(4, (page.samples * page.bits) / 8);
  const isThin = page.photometric === PHOTOMETRIC.ycbcr && isThinned(page.ycbcr);
  const isByParts = page.compression === COMPRESSION.none && !isTiled && !isThin;
  const isCodecTooLarge = pixels > MAX_CODEC_PIXELS && isCodec(page.compression);
  const mostWork = segments === 1 ? MAX_WORK_BYTES_ALONE : MAX_WORK_BYTES;
  const isTooLarge = bytes > MAX_SEGMENT_BYTES || pixels * workBytesPerPixel(page) > mostWork;
  if ((isTooLarge && !isByParts) || isCodecTooLarge) {
    throw new AppError(
      "slide/too-large",
      `Expected ${what}s that can be decoded in ${mostWork >> 20} MB (${MAX_CODEC_PIXELS} pixels in JPEG 2000, WebP, JPEG XL and LERC), found ${segmentWidth} x ${segmentHeight} pixels in one. ${CONVERT}`,
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

/** Bytes that decoding takes for each pixel of a piece: its samples as they unfold, and four for its colours. */
export function workBytesPerPixel({ samples, bits, compression }: TiffPage): number {
  if (isCodec(compression)) return 20;
  return 4 + (compression === COMPRESSION.jpeg ? Math.max(4, samples) : (samples * bits) / 8);
}
