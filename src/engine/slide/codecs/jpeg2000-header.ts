import { AppError } from "../../base/errors.ts";
import { type BlockFrame, COC, COD, checkBlocks } from "./jpeg2000-blocks.ts";

/** What a JPEG 2000 stream says of itself before its data (ISO/IEC 15444-1 annexes A and I). */
export interface Jpeg2000Header {
  readonly width: number;
  readonly height: number;
  /** 1 or 3. */
  readonly components: number;
  /** 1 to 16, of every component. */
  readonly bits: number;
  /** True where the second and third component are half as wide, or half as wide and high. */
  readonly isSubsampled: boolean;
  /** The stream turns red, green, blue into other components by itself, and the decoder turns them back. */
  readonly hasTransform: boolean;
  /** The file around the stream calls its components YCbCr. */
  readonly isMarkedYcbcr: boolean;
  /** The bare code stream, without a file around it. */
  readonly codestream: Uint8Array<ArrayBuffer>;
}

/** Pixels of one stream at most: OpenJPEG takes twelve bytes for each of three components. */
export const MAX_JPEG2000_PIXELS = 1 << 23;

/** Tiles within one stream at most; OpenJPEG takes some six kilobytes for each, whatever its size. */
const MAX_TILES = 256;
const SYCC = 18;

const SOC = 0xff4f;
const SIZ = 0xff51;
const SOT = 0xff90;
const SOD = 0xff93;
const EOC = 0xffd9;

/**
 * Reads the header and follows the list of tile parts to its end: OpenJPEG leaves a tile that is not there black and says
 * nothing. Throws RangeError where the stream is damaged or cut off, `slide/unsupported-compression` for what cannot be
 * decoded, `slide/too-large`.
 */
export function readJpeg2000Header(bytes: Uint8Array<ArrayBuffer>): Jpeg2000Header {
  const file = findCodestream(bytes);
  const view = new DataView(file.codestream.buffer, file.codestream.byteOffset, file.codestream.byteLength);
  if (view.byteLength < 52 || view.getUint16(0) !== SOC || view.getUint16(2) !== SIZ) {
    throw new RangeError("no JPEG 2000 stream at the start");
  }
  const { size, frame } = readSize(view);
  let hasTransform = false;
  const start = followMarkers(view, { from: 2, to: view.byteLength, until: SOT }, (marker, at) => {
    if (marker === COD) hasTransform = view.getUint8(at + 8) === 1;
    if (marker === COD || marker === COC) checkBlocks(view, at, frame);
  });
  const end = followTileParts(view, start, frame);
  const { isMarkedYcbcr } = file;
  return { ...size, hasTransform, isMarkedYcbcr, codestream: ended(file.codestream, end) };
}

/** The stream up to `end` with its end marker, which some writers leave out. */
function ended(codestream: Uint8Array<ArrayBuffer>, end: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(end + 2);
  whole.set(codestream.subarray(0, end));
  whole.set([EOC >> 8, EOC & 255], end);
  return whole;
}

/** Calls `see` for each marker before `until`; returns where that one is. */
function followMarkers(
  view: DataView,
  { from, to, until }: { readonly from: number; readonly to: number; readonly until: number },
  see: (marker: number, at: number) => void,
): number {
  let at = from;
  for (;;) {
    if (at + 4 > to && !(at + 2 <= to && view.getUint16(at) === until))
      throw new RangeError("a header that is cut off");
    const marker = view.getUint16(at);
    if (marker === until) return at;
    if (marker < SOC || marker > 0xff78) throw new RangeError(`marker ${marker} in a header`);
    see(marker, at);
    at += 2 + view.getUint16(at + 2);
  }
}

function readSize(view: DataView): {
  readonly size: Omit<Jpeg2000Header, "hasTransform" | "isMarkedYcbcr" | "codestream">;
  readonly frame: BlockFrame;
} {
  const [right, bottom, left, top] = [8, 12, 16, 20].map((at) => view.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ];
  const [tileWidth, tileHeight, tileLeft, tileTop] = [24, 28, 32, 36].map((at) => view.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ];
  const components = view.getUint16(40);
  const width = right - left;
  const height = bottom - top;
  if (width < 1 || height < 1 || tileWidth < 1 || tileHeight < 1 || view.byteLength < 42 + components * 3) {
    throw new RangeError("a JPEG 2000 header without a size");
  }
  if (left + top + tileLeft + tileTop > 0) throw unsupported("a stream that does not start at its first pixel");
  if (width * height > MAX_JPEG2000_PIXELS) throw tooLarge(width, height);
  const tiles = Math.ceil(width / tileWidth) * Math.ceil(height / tileHeight);
  if (tiles > MAX_TILES) throw unsupported(`${tiles} tiles within one stream`);
  if (components !== 1 && components !== 3) throw unsupported(`${components} components`);
  const layout = Array.from({ length: components }, (_, c) => {
    const depth = view.getUint8(42 + c * 3);
    return { depth, stepX: view.getUint8(43 + c * 3), stepY: view.getUint8(44 + c * 3) };
  });
  const depth = layout[0]?.depth ?? 0;
  if (layout.some((component) => component.depth !== depth)) throw unsupported("components of different depth");
  if (depth > 127) throw unsupported("components with a sign");
  const bits = depth + 1;
  if (bits > 16) throw unsupported(`${bits} bits a component`);
  return {
    size: { width, height, components, bits, isSubsampled: isSubsampled(layout, bits) },
    frame: { tileWidth: Math.min(width, tileWidth), tileHeight: Math.min(height, tileHeight), tiles, components },
  };
}

function isSubsampled(layout: readonly { readonly stepX: number; readonly stepY: number }[], bits: number): boolean {
  const steps = layout.map(({ stepX, stepY }) => `${stepX}x${stepY}`).join(" ");
  if (steps === "1x1" || steps === "1x1 1x1 1x1") return false;
  if ((steps === "1x1 2x1 2x1" || steps === "1x1 2x2 2x2") && bits === 8) return true;
  throw unsupported(`components sampled ${steps} at ${bits} bits`);
}

/** Position behind the last tile part. Every tile must be there with all the parts that it names (annex A.4.2). */
function followTileParts(view: DataView, from: number, frame: BlockFrame): number {
  const { tiles } = frame;
  const seen = new Map<number, { found: number; named: number }>();
  let at = from;
  while (at + 12 <= view.byteLength && view.getUint16(at) === SOT) {
    const tile = view.getUint16(at + 4);
    // Length 0 stands for "up to the end marker" and is allowed in the last part alone.
    const length = view.getUint32(at + 6) || lengthToEnd(view, at);
    if (length < 14 || at + length > view.byteLength) throw new RangeError(`tile ${tile} is cut off`);
    followMarkers(view, { from: at + 12, to: at + length, until: SOD }, (marker, position) => {
      if (marker === COD || marker === COC) checkBlocks(view, position, frame);
    });
    const parts = seen.get(tile) ?? { found: 0, named: 0 };
    parts.found++;
    parts.named = Math.max(parts.named, view.getUint8(at + 11));
    seen.set(tile, parts);
    at += length;
  }
  for (let tile = 0; tile < tiles; tile++) {
    const parts = seen.get(tile);
    if (!parts || parts.found < parts.named) throw new RangeError(`tile ${tile} of ${tiles} is missing or cut off`);
  }
  return at;
}

function lengthToEnd(view: DataView, from: number): number {
  const hasEnd = view.byteLength >= 2 && view.getUint16(view.byteLength - 2) === EOC;
  return view.byteLength - (hasEnd ? 2 : 0) - from;
}

/** The stream within a JP2 file (annex I: boxes of length, type, data), or the bytes themselves. */
function findCodestream(bytes: Uint8Array<ArrayBuffer>): {
  codestream: Uint8Array<ArrayBuffer>;
  isMarkedYcbcr: boolean;
} {
  if (boxType(bytes, 4) !== "jP  ") return { codestream: bytes, isMarkedYcbcr: false };
  let isMarkedYcbcr = false;
  for (const box of listBoxes(bytes)) {
    if (box.type === "jp2c") return { codestream: box.data, isMarkedYcbcr };
    if (box.type !== "jp2h") continue;
    for (const inner of listBoxes(box.data)) {
      if (inner.type === "pclr") throw unsupported("a palette");
      const isEnumerated = inner.type === "colr" && inner.data[0] === 1 && inner.data.length >= 7;
      if (isEnumerated) isMarkedYcbcr = inner.data[6] === SYCC;
    }
  }
  throw new RangeError("a JP2 file without a stream");
}

interface Box {
  readonly type: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

function* listBoxes(bytes: Uint8Array<ArrayBuffer>): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    const isLong = length === 1 && at + 16 <= bytes.length;
    const head = isLong ? 16 : 8;
    const whole = isLong ? Number(view.getBigUint64(at + 8)) : length === 0 ? bytes.length - at : length;
    if (whole < head || at + whole > bytes.length) throw new RangeError("a JP2 file that is cut off");
    yield { type: boxType(bytes, at + 4), data: bytes.subarray(at + head, at + whole) };
    at += whole;
  }
}

function boxType(bytes: Uint8Array<ArrayBuffer>, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function unsupported(found: string): AppError {
  return new AppError(
    "slide/unsupported-compression",
    `Expected JPEG 2000 with one or three components of up to 16 bits without sign, found ${found}, which cannot be opened yet. Convert it, for instance with "vips tiffsave --tile --pyramid --compression jpeg".`,
  );
}

function tooLarge(width: number, height: number): AppError {
  return new AppError(
    "slide/too-large",
    `Expected JPEG 2000 streams of at most ${MAX_JPEG2000_PIXELS} pixels, found ${width} x ${height}; write the slide in tiles, for instance with "vips tiffsave --tile --pyramid".`,
  );
}
