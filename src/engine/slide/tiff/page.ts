import { AppError } from "../../base/errors.ts";
import type { TiffDirectory, TiffFile } from "./directory.ts";
import { paletteOf } from "./palette.ts";
import { COMPRESSION, PHOTOMETRIC, TAG } from "./tags.ts";
import { OffsetTable, readBytes, readNumber, readNumbers, readText } from "./values.ts";

/** Edge of an image at most; the largest slides stay below 500,000. */
export const MAX_EDGE = 1 << 22;
/** Three colours for each value of 16 bits. */
const MAX_COLOR_MAP = 3 * 65536;
/** Bytes; real tables hold less than 2 kB. */
const MAX_JPEG_TABLES = 65536;
/** Bytes of the description of an image that is not the first of its file: a line or two. */
const MAX_OTHER_DESCRIPTION = 65536;

/** One image of a TIFF file: its shape and where its pieces lie. Nothing of it is decoded. */
export interface TiffPage {
  /** Position in the file's list of main images, or of its parent for a SubIFD. */
  readonly index: number;
  readonly directory: TiffDirectory;
  readonly width: number;
  readonly height: number;
  readonly isTiled: boolean;
  readonly segmentWidth: number;
  /** Rows of a tile or strip; the last strip may hold fewer. */
  readonly segmentHeight: number;
  readonly cols: number;
  readonly rows: number;
  readonly samples: number;
  /** Bits of every sample; 0 when the samples differ. */
  readonly bits: number;
  /** 1 unsigned, 2 signed, 3 float (TIFF 6.0 section 19). */
  readonly sampleFormat: number;
  readonly photometric: number;
  readonly compression: number;
  readonly predictor: number;
  readonly isPlanar: boolean;
  readonly isBitReversed: boolean;
  readonly orientation: number;
  readonly subfileType: number;
  readonly extraSamples: readonly number[];
  /** Red, green, blue of each entry, 0-255; null where the colours are not those of a palette. */
  readonly palette: Uint8Array | null;
  readonly jpegTables: Uint8Array<ArrayBuffer> | null;
  /** Red, green, blue weights of luma, chroma subsampling across and down, and the samples' reference values (section 21). */
  readonly ycbcr: YcbcrLayout;
  /** 1 for cyan, magenta, yellow, black (section 16). */
  readonly inkSet: number;
  /** What LERC data is compressed with once more: 0 nothing, 1 deflate, 2 zstd. */
  readonly lercWrapping: number;
  readonly offsets: OffsetTable | null;
  readonly byteCounts: OffsetTable | null;
  readonly description: string;
  readonly subDirectories: readonly number[];
}

/** How luma and chroma become colours again (TIFF 6.0 sections 20 and 21). */
export interface YcbcrLayout {
  /** Luma's parts of red, green and blue. */
  readonly luma: readonly [number, number, number];
  /** Pixels for one chroma sample across and down: 1, 2 or 4. */
  readonly subsampling: readonly [number, number];
  /** Black and white of luma, then none and full of blue and of red chroma. */
  readonly reference: readonly number[];
}

/** Shape of one directory. Throws `slide/malformed` for a size that no image has. */
export async function readPage(file: TiffFile, directory: TiffDirectory, index: number): Promise<TiffPage> {
  const isFirst = directory.offset === file.firstDirectory || directory.offset === file.wideFirstDirectory;
  const number = (tag: number, fallback: number) => readNumber(file, directory, tag, fallback);
  const numbers = (tag: number) => readNumbers(file, directory, tag);
  const width = await number(TAG.imageWidth, 0);
  const height = await number(TAG.imageLength, 0);
  const isTiled = directory.entries.has(TAG.tileWidth) || directory.entries.has(TAG.tileOffsets);
  const segmentWidth = isTiled ? await number(TAG.tileWidth, 0) : width;
  const segmentHeight = isTiled
    ? await number(TAG.tileLength, 0)
    : Math.min(await number(TAG.rowsPerStrip, height), height);
  checkSize(index, width, height, "pixels");
  checkSize(index, segmentWidth, segmentHeight, isTiled ? "pixels a tile" : "pixels a strip");
  const samples = await number(TAG.samplesPerPixel, 1);
  if (!Number.isInteger(samples) || samples < 1) throw noSamples(index, samples);
  const orientation = await number(TAG.orientation, 1);
  const photometric = await number(TAG.photometric, samples >= 3 ? PHOTOMETRIC.rgb : PHOTOMETRIC.blackIsZero);
  const bits = (await numbers(TAG.bitsPerSample)) ?? [1];
  const offsets = directory.entries.get(isTiled ? TAG.tileOffsets : TAG.stripOffsets);
  const byteCounts = directory.entries.get(isTiled ? TAG.tileByteCounts : TAG.stripByteCounts);
  return {
    index,
    directory,
    width,
    height,
    isTiled,
    segmentWidth,
    segmentHeight,
    cols: Math.ceil(width / segmentWidth),
    rows: Math.ceil(height / segmentHeight),
    samples,
    bits: bits.every((value) => value === bits[0]) ? (bits[0] ?? 1) : 0,
    sampleFormat: await number(TAG.sampleFormat, 1),
    photometric,
    compression: await number(TAG.compression, COMPRESSION.none),
    predictor: await number(TAG.predictor, 1),
    isPlanar: samples > 1 && (await number(TAG.planarConfiguration, 1)) === 2,
    isBitReversed: (await number(TAG.fillOrder, 1)) === 2,
    orientation: Number.isInteger(orientation) ? orientation : 1,
    subfileType: await number(TAG.newSubfileType, 0),
    extraSamples: (await numbers(TAG.extraSamples)) ?? [],
    palette:
      photometric === PHOTOMETRIC.palette
        ? paletteOf(await readNumbers(file, directory, TAG.colorMap, MAX_COLOR_MAP))
        : null,
    jpegTables: await readBytes(file, directory, TAG.jpegTables, MAX_JPEG_TABLES),
    ycbcr: await readYcbcr(file, directory),
    inkSet: await number(TAG.inkSet, 1),
    lercWrapping: (await numbers(TAG.lercParameters))?.[1] ?? 0,
    offsets: offsets ? new OffsetTable(file, offsets) : null,
    byteCounts: byteCounts ? new OffsetTable(file, byteCounts) : null,
    description: await readText(file, directory, TAG.imageDescription, isFirst ? undefined : MAX_OTHER_DESCRIPTION),
    subDirectories: (await numbers(TAG.subIfds)) ?? [],
  };
}

async function readYcbcr(file: TiffFile, directory: TiffDirectory): Promise<YcbcrLayout> {
  const [red = 0.299, green = 0.587, blue = 0.114] = (await readNumbers(file, directory, TAG.ycbcrCoefficients)) ?? [];
  const [across = 2, down = 2] = (await readNumbers(file, directory, TAG.ycbcrSubsampling)) ?? [];
  const reference = await readNumbers(file, directory, TAG.referenceBlackWhite);
  const isUsable = reference?.length === 6 && reference.every(Number.isFinite);
  return {
    luma: [red, green, blue],
    subsampling: [across, down],
    reference: isUsable ? reference : [0, 255, 128, 255, 128, 255],
  };
}

function checkSize(index: number, width: number, height: number, what: string): void {
  const isFine = width >= 1 && height >= 1 && width <= MAX_EDGE && height <= MAX_EDGE;
  if (isFine && Number.isInteger(width) && Number.isInteger(height)) return;
  throw new AppError(
    "slide/malformed",
    `Expected 1 to ${MAX_EDGE} ${what} along each edge of image ${index + 1}, found ${width} x ${height}; the file is damaged.`,
  );
}

function noSamples(index: number, samples: number): AppError {
  return new AppError(
    "slide/malformed",
    `Expected a whole number of samples a pixel in image ${index + 1}, found ${samples}; the file is damaged.`,
  );
}
