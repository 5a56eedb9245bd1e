import type { ZSTDDecoder } from "zstddec/stream";

const MAGIC = 0xfd2fb528;
const MAX_BLOCK_BYTES = 128 * 1024;

let opening: Promise<ZSTDDecoder> | null = null;

/**
 * Zstandard (RFC 8878) by the wasm decoder that geotiff brings; fewer bytes, mostly none, when the data is damaged. Throws
 * RangeError when the blocks could unfold to more than `maxBytes`, counted before anything is decoded. The decoder always
 * gets that count as room: without it zstddec 0.2.0 streams, and a damaged block then keeps it busy for ever.
 */
export async function decodeZstd(input: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const { largest, end } = measureFrame(input);
  if (largest > maxBytes) throw new RangeError(`the frame may unfold to ${largest} bytes`);
  opening ??= open();
  const decoder = await opening;
  return new Uint8Array(decoder.decode(input.subarray(0, end), Math.max(1, largest)));
}

async function open(): Promise<ZSTDDecoder> {
  const { ZSTDDecoder } = await import("zstddec/stream");
  const decoder = new ZSTDDecoder();
  await decoder.init();
  return decoder;
}

/** Greatest number of bytes that the first frame can give, and where it ends (RFC 8878 section 3.1.1). */
function measureFrame(input: Uint8Array<ArrayBuffer>): { largest: number; end: number } {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (input.length < 6 || view.getUint32(0, true) !== MAGIC) throw new RangeError("no zstd frame at the start");
  const descriptor = view.getUint8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeFlag;
  let at = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes;
  const declared = readContentSize(view, at, sizeBytes);
  at += sizeBytes;
  let counted = 0;
  for (let isLast = false; !isLast; ) {
    if (at + 3 > input.length) throw new RangeError("the frame ends early");
    const header = view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
    const kind = (header >> 1) & 3;
    const size = header >>> 3;
    isLast = (header & 1) === 1;
    counted += kind === 2 ? MAX_BLOCK_BYTES : size;
    at += 3 + (kind === 1 ? 1 : size);
  }
  if (at > input.length) throw new RangeError("the frame ends early");
  return { largest: Math.max(declared, counted), end: Math.min(input.length, at + (descriptor & 4 ? 4 : 0)) };
}

function readContentSize(view: DataView, at: number, bytes: number): number {
  if (at + bytes > view.byteLength) throw new RangeError("the frame ends early");
  if (bytes === 0) return 0;
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
