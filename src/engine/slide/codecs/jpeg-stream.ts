import { joinBytes } from "../../base/bytes.ts";
import { AppError } from "../../base/errors.ts";

/** What a JPEG stream says of itself before its picture starts. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly bitsPerComponent: number;
  /** EXIF orientation, 1 to 8; 1 where none is given. */
  readonly orientation: number;
  /** Adobe's marker: 0 for RGB or CMYK, 1 for YCbCr, 2 for YCCK; null without one. */
  readonly adobeTransform: number | null;
}

export interface JpegSegment {
  /** Second byte of the marker. */
  readonly marker: number;
  /** From the marker's first byte to behind its payload. */
  readonly start: number;
  readonly end: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;

/** Null when there is no frame header. Throws `slide/unsupported-compression` for the kinds that no browser decodes. */
export function readJpegHeader(bytes: Uint8Array<ArrayBuffer>): JpegHeader | null {
  let orientation = 1;
  let adobeTransform: number | null = null;
  for (const segment of listSegments(bytes)) {
    if (segment.marker === APP1) orientation = readExifOrientation(bytes.subarray(segment.start + 4, segment.end));
    if (segment.marker === APP14) adobeTransform = readAdobeTransform(bytes.subarray(segment.start + 4, segment.end));
    if (!isFrame(segment.marker)) continue;
    const at = segment.start + 4;
    if (segment.end - at < 6) return null;
    refuseFrame(segment.marker, bytes[at]!);
    return {
      bitsPerComponent: bytes[at]!,
      height: (bytes[at + 1]! << 8) | bytes[at + 2]!,
      width: (bytes[at + 3]! << 8) | bytes[at + 4]!,
      components: bytes[at + 5]!,
      orientation,
      adobeTransform,
    };
  }
  return null;
}

/**
 * A stream that decodes alike everywhere: the shared tables of the TIFF page spliced in behind the start marker, and
 * the colours of three components told by an Adobe marker (libjpeg and browsers otherwise guess, and JFIF outranks it,
 * so it goes). EXIF and ICC go too: orientation is applied in the reader, colours are left as they are.
 */
export function normalizeJpeg(
  bytes: Uint8Array<ArrayBuffer>,
  colour: "ycbcr" | "rgb" | "as-marked",
  tables: Uint8Array<ArrayBuffer> | null,
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [new Uint8Array([0xff, SOI])];
  if (colour !== "as-marked") parts.push(adobeMarker(colour === "ycbcr" ? 1 : 0));
  if (tables) {
    for (const segment of listSegments(tables)) {
      if (!isDropped(segment.marker, colour)) parts.push(tables.subarray(segment.start, segment.end));
    }
  }
  let pictureStart = 2;
  for (const segment of listSegments(bytes)) {
    if (segment.marker === SOS) {
      pictureStart = segment.start;
      break;
    }
    pictureStart = segment.end;
    if (!isDropped(segment.marker, colour)) parts.push(bytes.subarray(segment.start, segment.end));
  }
  parts.push(bytes.subarray(pictureStart));
  return joinBytes(parts);
}

function isDropped(marker: number, colour: "ycbcr" | "rgb" | "as-marked"): boolean {
  if (marker === APP1 || marker === APP2 || marker === SOI || marker === EOI) return true;
  return colour !== "as-marked" && (marker === APP0 || marker === APP14);
}

/** Segments from behind SOI up to SOS (which is the last one given) or the end; a damaged list just ends. */
export function* listSegments(bytes: Uint8Array<ArrayBuffer>): Generator<JpegSegment> {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === EOI) return;
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    const end = at + 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
    if (end > bytes.length || end < at + 4) return;
    yield { marker, start: at, end };
    if (marker === SOS) return;
    at = end;
  }
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function refuseFrame(marker: number, bits: number): void {
  const kind =
    marker === 0xc3
      ? "lossless JPEG"
      : marker > 0xc3 && marker < 0xc8
        ? "hierarchical JPEG"
        : marker > 0xc8
          ? "arithmetic-coded JPEG"
          : bits !== 8
            ? `JPEG with ${bits} bits a sample`
            : null;
  if (!kind) return;
  throw new AppError(
    "slide/unsupported-compression",
    `Expected baseline or progressive JPEG with 8 bits a sample, found ${kind}, which cannot be opened yet. Convert it, for instance with "vips tiffsave --tile --pyramid --compression jpeg".`,
  );
}

/** Orientation of an APP1 payload ("Exif", two zeros, a TIFF header, one directory); 1 when anything is odd. */
function readExifOrientation(payload: Uint8Array<ArrayBuffer>): number {
  if (payload.length < 14 || payload[0] !== 0x45 || payload[1] !== 0x78 || payload[4] !== 0) return 1;
  const view = new DataView(payload.buffer, payload.byteOffset + 6, payload.byteLength - 6);
  const little = view.getUint8(0) === 0x49;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const count = view.getUint16(directory, little);
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + i * 12;
    if (at + 12 > view.byteLength) return 1;
    if (view.getUint16(at, little) !== 274) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

function readAdobeTransform(payload: Uint8Array<ArrayBuffer>): number | null {
  const isAdobe = String.fromCharCode(...payload.subarray(0, 5)) === "Adobe";
  return isAdobe ? (payload[11] ?? null) : null;
}

/** APP14 "Adobe" (T. Boutell's and Adobe's technical note 5116): transform 0 is RGB, 1 is YCbCr. */
function adobeMarker(transform: 0 | 1): Uint8Array {
  return new Uint8Array([0xff, APP14, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform]);
}
