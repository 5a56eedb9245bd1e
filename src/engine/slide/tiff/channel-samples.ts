import type { DecodedNumbers, ImageDecoders } from "../types.ts";
import { readCodecPlane } from "./codec-segment.ts";
import { isCodec } from "./compressions.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";
import { jpegFailure, readJpegTile, readRaw, undoPredictor } from "./segment.ts";
import type { SegmentPart } from "./segment-bytes.ts";
import { COMPRESSION, PHOTOMETRIC } from "./tags.ts";

export type SampleValues =
  | Uint8Array
  | Uint8ClampedArray
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array;

/** One sample of every pixel of a piece: that of pixel (x, y) is `values[first + y * rowStep + x * step]`. */
export interface ChannelSamples {
  readonly values: SampleValues;
  readonly first: number;
  readonly step: number;
  readonly rowStep: number;
}

/**
 * Some samples of a piece as the numbers that the file holds, in the order of `samples`; null where the file leaves the
 * piece out. Interleaved samples are decoded once. The page must have passed `refuseUnreadableChannel`.
 */
export async function decodeChannelSamples(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  samples: readonly number[],
  decoders: ImageDecoders,
): Promise<readonly (ChannelSamples | null)[]> {
  if (!page.isPlanar) {
    const all = await decodePlane(file, page, part, 0, decoders);
    return samples.map((sample) => all && { ...all, first: sample });
  }
  const found: (ChannelSamples | null)[] = [];
  for (const sample of samples) {
    found.push(await decodePlane(file, page, part, sample, decoders));
  }
  return found;
}

async function decodePlane(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  plane: number,
  decoders: ImageDecoders,
): Promise<ChannelSamples | null> {
  const place = { ...part, index: part.index + plane * page.cols * page.rows };
  let samples: ChannelSamples | null;
  if (page.compression === COMPRESSION.jpeg) samples = await decodeGreyJpeg(file, page, place, decoders);
  else if (isCodec(page.compression)) samples = await decodeStream(file, page, part, plane, decoders);
  else samples = await decodePlain(file, page, place);
  if (samples && page.photometric === PHOTOMETRIC.whiteIsZero && page.sampleFormat === 1) {
    invert(samples.values, page.bits);
  }
  return samples;
}

async function decodePlain(file: TiffFile, page: TiffPage, part: SegmentPart): Promise<ChannelSamples | null> {
  const step = page.isPlanar ? 1 : page.samples;
  const rowStep = page.segmentWidth * step;
  const rowBytes = (rowStep * page.bits) / 8;
  const raw = await readRaw(file, page, part, rowBytes * part.firstRow, rowBytes * part.rows);
  if (!raw) return null;
  const bytes = undoPredictor(file, page, raw, part.rows, step);
  const kind = page.sampleFormat === 3 ? "float" : page.sampleFormat === 2 ? "signed" : "unsigned";
  return { values: numbersOf(bytes, { bits: page.bits, kind }, file.isLittleEndian), first: 0, step, rowStep };
}

async function decodeStream(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  plane: number,
  decoders: ImageDecoders,
): Promise<ChannelSamples | null> {
  const piece = await readCodecPlane(file, page, part, plane, decoders);
  if (!piece) return null;
  const { channels, width } = piece;
  return { values: numbersOf(piece.data, piece, true), first: 0, step: channels, rowStep: width * channels };
}

async function decodeGreyJpeg(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  decoders: ImageDecoders,
): Promise<ChannelSamples | null> {
  const tile = await readJpegTile(file, page, part.index);
  if (!tile) return null;
  try {
    const { data, width, height } = await decoders.decodeJpeg(tile.bytes, tile.colour);
    if (width < page.segmentWidth || height < part.rows) throw new RangeError(`a JPEG of ${width} x ${height} pixels`);
    return { values: data, first: 0, step: 4, rowStep: width * 4 };
  } catch (cause) {
    throw jpegFailure(cause);
  }
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Bytes as numbers, turned to this machine's byte order in place. */
function numbersOf(
  bytes: Uint8Array<ArrayBuffer>,
  { bits, kind }: Pick<DecodedNumbers, "bits" | "kind">,
  isLittleEndian: boolean,
): SampleValues {
  const isSigned = kind === "signed";
  if (bits === 8) return isSigned ? new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) : bytes;
  const size = bits / 8;
  const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  if (isLittleEndian !== IS_LITTLE_ENDIAN) swapBytes(aligned, size);
  const count = Math.floor(aligned.length / size);
  const { buffer, byteOffset } = aligned;
  if (bits === 16) {
    return isSigned ? new Int16Array(buffer, byteOffset, count) : new Uint16Array(buffer, byteOffset, count);
  }
  if (kind === "float") return new Float32Array(buffer, byteOffset, count);
  return isSigned ? new Int32Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count);
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) {
    for (let low = at, high = at + size - 1; low < high; low++, high--) {
      const kept = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = kept;
    }
  }
}

function invert(values: SampleValues, bits: number): void {
  const most = 2 ** bits - 1;
  for (let i = 0; i < values.length; i++) values[i] = most - values[i]!;
}
