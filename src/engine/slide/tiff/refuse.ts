import { AppError } from "../../base/errors.ts";
import { isThinned } from "./chroma.ts";
import { CONVERT, compressionName, isCodec, isJpeg2000, isRead } from "./compressions.ts";
import type { TiffPage } from "./page.ts";
import { refusePieces } from "./piece-limits.ts";
import { coloursIn } from "./samples.ts";
import { COMPRESSION, PHOTOMETRIC } from "./tags.ts";

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
  if (isRead(page.compression)) return;
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
