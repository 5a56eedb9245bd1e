import { Unzlib } from "fflate";

/** Chunks that make pixels (PNG third edition, section 11.2, and tRNS). */
const PIXEL_CHUNKS = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];
/** Samples of a pixel by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const SIGNATURE_BYTES = 8;

/**
 * A PNG less what makes no pixels: texts, profiles, a second header. Throws RangeError unless its data unfolds to what the
 * header tells of, counted with constant memory: the decoder takes whatever memory data and profiles ask for.
 */
export function pixelChunks(png: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const kept = listChunks(png);
  const header = kept[0];
  if (header?.type !== "IHDR" || header.data.length !== 13) throw new RangeError("a PNG that starts with no header");
  const bounds = rawBytes(header.data);
  const found = countUnfolded(
    kept.filter(({ type }) => type === "IDAT").map(({ data }) => data),
    bounds.most,
  );
  if (found < bounds.least) throw new RangeError(`data for ${bounds.least} bytes, found ${found}`);
  const parts = [png.subarray(0, SIGNATURE_BYTES), ...kept.map(({ whole }) => whole)];
  const plain = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    plain.set(part, at);
    at += part.length;
  }
  return plain;
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array<ArrayBuffer>;
  /** With length, type and checksum. */
  readonly whole: Uint8Array<ArrayBuffer>;
}

function listChunks(png: Uint8Array<ArrayBuffer>): Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE_BYTES; at + 12 <= png.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > png.length) break;
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const isSecondHeader = type === "IHDR" && chunks.length > 0;
    if (PIXEL_CHUNKS.includes(type) && !isSecondHeader) {
      chunks.push({ type, data: png.subarray(at + 8, end - 4), whole: png.subarray(at, end) });
    }
    if (type === "IEND") return chunks;
    at = end;
  }
  throw new RangeError("a PNG without its end");
}

/** Bytes of the filtered rows; what writers leave behind them is harmless up to 64 kB. */
function rawBytes(header: Uint8Array<ArrayBuffer>): { least: number; most: number } {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  const bits = header[8]! * (CHANNELS[header[9]!] ?? 0);
  const isInterlaced = header[12] !== 0;
  const least = isInterlaced ? Math.ceil((width * height * bits) / 8) : height * (Math.ceil((width * bits) / 8) + 1);
  // The seven passes of an interlaced picture have up to 1.9 rows for one, each with a filter byte and rounded up.
  return { least, most: least + 4 * height + 65536 };
}

function countUnfolded(pieces: readonly Uint8Array<ArrayBuffer>[], most: number): number {
  let count = 0;
  const unzlib = new Unzlib((piece) => {
    count += piece.length;
    if (count > most) throw new RangeError(`data for ${most} bytes at most, found more`);
  });
  const step = 16384;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += step) unzlib.push(piece.subarray(at, at + step));
  }
  unzlib.push(new Uint8Array(0), true);
  return count;
}
