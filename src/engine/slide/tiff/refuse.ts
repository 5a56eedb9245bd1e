import { AppError } from "../../base/errors.ts";
import type { TiffPage } from "./page.ts";
import { COMPRESSION, PHOTOMETRIC } from "./tags.ts";

/** Bytes that one tile or strip may unfold to. */
export const MAX_SEGMENT_BYTES = 128 * 1024 * 1024;

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
};

const UNREADABLE: Readonly<Record<number, string>> = {
  2: "CCITT fax (a black-and-white scan)",
  3: "CCITT fax group 3 (a black-and-white scan)",
  4: "CCITT fax group 4 (a black-and-white scan)",
  [COMPRESSION.oldJpeg]: "old-style JPEG (from before TIFF 6.0's second technical note)",
  22610: "JPEG XR",
  32845: "SGI LogLuv",
  33003: "JPEG 2000 (Aperio, YCbCr)",
  33004: "JPEG 2000",
  33005: "JPEG 2000 (Aperio, RGB)",
  33007: "JPEG 2000",
  34661: "JBIG",
  34676: "SGI LogLuv",
  34677: "SGI LogLuv",
  34712: "JPEG 2000",
  34887: "LERC",
  34892: "lossy DNG JPEG",
  34925: "LZMA",
  34926: "zstd (an old number of it)",
  34927: "WebP",
  34933: "PNG in TIFF",
  34934: "JPEG XR",
  50001: "WebP",
  50002: "JPEG XL",
  52546: "JPEG XL",
};

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
  const isInteger = page.sampleFormat !== 3 && [8, 16, 32].includes(page.bits);
  const isFloat = page.sampleFormat === 3 && page.bits === 32;
  const isGreyJpeg = page.bits === 8 && page.sampleFormat !== 3 && (page.samples === 1 || page.isPlanar);
  if (page.compression === COMPRESSION.jpeg ? isGreyJpeg : isInteger || isFloat) return;
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
    `Expected tiles that are uncompressed or compressed with JPEG, LZW, deflate, PackBits or zstd, found ${compressionName(page.compression)}, which cannot be opened yet. ${CONVERT}`,
    { compression: page.compression },
  );
}

function refuseColours(page: TiffPage): void {
  const { photometric } = page;
  const isYcbcr = photometric === PHOTOMETRIC.ycbcr && page.compression === COMPRESSION.jpeg;
  if (isYcbcr || (photometric >= PHOTOMETRIC.whiteIsZero && photometric <= PHOTOMETRIC.palette)) return;
  const names: Readonly<Record<number, string>> = {
    4: "a transparency mask",
    5: "CMYK",
    6: "YCbCr without JPEG",
    8: "CIE L*a*b*",
    9: "ICC L*a*b*",
    10: "ITU L*a*b*",
    32844: "LogL",
    32845: "LogLuv",
  };
  const found = names[photometric] ?? `colour scheme ${photometric}`;
  throw new AppError(
    "slide/unsupported-format",
    `Expected grey, palette, RGB or JPEG's YCbCr colours, found ${found}. ${CONVERT}`,
    { photometric },
  );
}

function refuseSamples(page: TiffPage): void {
  const { bits, samples, sampleFormat, photometric, compression } = page;
  const colours = photometric === PHOTOMETRIC.rgb || photometric === PHOTOMETRIC.ycbcr ? 3 : 1;
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
  const isPacked = colours === 1 && samples === 1 && (bits === 1 || bits === 2 || bits === 4);
  const isUnsigned = (sampleFormat === 1 || sampleFormat === 4) && (bits === 8 || bits === 16 || isPacked);
  const isFloat = sampleFormat === 3 && bits === 32;
  if (compression === COMPRESSION.jpeg ? bits === 8 : isUnsigned || isFloat) return;
  const kind = sampleFormat === 3 ? "floating point" : sampleFormat === 2 ? "signed" : "unsigned";
  throw new AppError(
    "slide/unsupported-format",
    `Expected samples of 8 or 16 bits without sign (1 to 4 for grey), found ${bits === 0 ? "samples of different sizes" : `${samples} ${kind} samples of ${bits} bit${bits === 1 ? "" : "s"} a pixel`}. ${CONVERT}`,
  );
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
  if (page.compression !== COMPRESSION.none && (!page.byteCounts || page.byteCounts.count < segments)) {
    throw new AppError(
      "slide/malformed",
      `Expected the length of each of ${segments} ${what}s, found ${page.byteCounts?.count ?? 0}; the file is damaged.`,
    );
  }
  const pixels = page.segmentWidth * page.segmentHeight;
  const bytes = pixels * Math.max(4, (page.samples * page.bits) / 8);
  if (bytes > MAX_SEGMENT_BYTES && !(page.compression === COMPRESSION.none && !page.isTiled)) {
    throw new AppError(
      "slide/too-large",
      `Expected ${what}s that unfold to at most ${MAX_SEGMENT_BYTES >> 20} MB, found ${page.segmentWidth} x ${page.segmentHeight} pixels in one. ${CONVERT}`,
    );
  }
  if (page.predictor < 1 || page.predictor > 3) {
    throw new AppError(
      "slide/unsupported-compression",
      `Expected predictor 1, 2 or 3, found ${page.predictor}. ${CONVERT}`,
    );
  }
}
