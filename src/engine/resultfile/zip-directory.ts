import { Inflate } from "fflate";
import { cutShort, notAResult, tampered, tooLarge } from "./refusals.ts";

/** An entry as the zip's directory tells it; nothing is unpacked yet. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes, unpacked. */
  readonly byteSize: number;
  readonly isDeflated: boolean;
  readonly packed: Uint8Array<ArrayBuffer>;
}

/** A result file has seven at most. */
const MAX_ENTRIES = 16;
const END_MARK = 0x06054b50;
const DIRECTORY_MARK = 0x02014b50;
const ENTRY_MARK = 0x04034b50;
const END_BYTES = 22;
const DIRECTORY_BYTES = 46;
const ENTRY_BYTES = 30;
const DEFLATED = 8;
/** Packed bytes inflated at a time: they become 17 MB at most (deflate packs to 1/1032 at best). */
const STEP = 16_384;

/**
 * Reads the directory of a zip (APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16) without zip64, comments and encryption, which result files do
 * not have. Every size and place is checked before it is used. Throws `resultfile/truncated`, `resultfile/not-a-result`,
 * `resultfile/tampered` for a name that comes twice.
 */
export function readZipDirectory(zip: Uint8Array<ArrayBuffer>): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.length - END_BYTES;
  if (end < ENTRY_BYTES || view.getUint32(end, true) !== END_MARK) throw cutShort();
  const count = view.getUint16(end + 10, true);
  if (count > MAX_ENTRIES) throw notAResult(`a zip of ${count} entries`);
  const entries = new Map<string, ZipEntry>();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + DIRECTORY_BYTES > end || view.getUint32(at, true) !== DIRECTORY_MARK) throw cutShort();
    const nameLength = view.getUint16(at + 28, true);
    const next = at + DIRECTORY_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw cutShort();
    const name = new TextDecoder().decode(zip.subarray(at + DIRECTORY_BYTES, at + DIRECTORY_BYTES + nameLength));
    if (entries.has(name)) throw tampered(`it holds ${name.slice(0, 60)} twice`);
    entries.set(name, readEntry(zip, view, at, name));
    at = next;
  }
  return entries;
}

function readEntry(zip: Uint8Array<ArrayBuffer>, view: DataView, at: number, name: string): ZipEntry {
  const method = view.getUint16(at + 10, true);
  const packedSize = view.getUint32(at + 20, true);
  const start = view.getUint32(at + 42, true);
  if (start + ENTRY_BYTES > zip.length || view.getUint32(start, true) !== ENTRY_MARK) throw cutShort();
  if (method !== 0 && method !== DEFLATED)
    throw tampered(`${name.slice(0, 60)} is packed in a way that result files are not`);
  const from = start + ENTRY_BYTES + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  if (from + packedSize > zip.length) throw cutShort();
  return {
    name,
    byteSize: view.getUint32(at + 24, true),
    isDeflated: method === DEFLATED,
    packed: zip.subarray(from, from + packedSize),
  };
}

/** Exactly the bytes that the directory promised. Throws `resultfile/too-large` as soon as there are more, `resultfile/truncated` when there are fewer. */
export function unpackEntry({ name, byteSize, isDeflated, packed }: ZipEntry): Uint8Array<ArrayBuffer> {
  if (!isDeflated) {
    if (packed.length !== byteSize) throw cutShort();
    return packed.slice();
  }
  const bytes = new Uint8Array(byteSize);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    if (filled + chunk.length > byteSize)
      throw tooLarge(`${name} unpacks to more than the ${byteSize} bytes that it tells`);
    bytes.set(chunk, filled);
    filled += chunk.length;
  });
  for (let from = 0; from < packed.length; from += STEP) {
    inflate.push(packed.subarray(from, from + STEP), from + STEP >= packed.length);
  }
  if (filled !== byteSize) throw cutShort();
  return bytes;
}
