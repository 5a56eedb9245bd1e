import { AppError } from "../../base/errors.ts";
import { readUint64, type TiffDirectory, type TiffEntry, type TiffFile } from "./directory.ts";
import { bytesOfType } from "./tags.ts";

/** Longest value read whole, in bytes; offset tables are read by pieces (`OffsetTable`). */
const MAX_VALUE_BYTES = 1 << 20;
/** Longest text kept, in bytes; OME-XML of one slide stays far below. */
const MAX_TEXT_BYTES = 4 << 20;

/** Numbers that a field holds at most unless told otherwise: a few for each sample of a pixel. */
const MAX_NUMBERS = 1024;

/** All numbers of a field, or null where it is absent, not numeric, longer than `most` (default: 1,024) or outside of the file. */
export async function readNumbers(
  file: TiffFile,
  directory: TiffDirectory,
  tag: number,
  most = MAX_NUMBERS,
): Promise<number[] | null> {
  const entry = directory.entries.get(tag);
  if (!entry || entry.count === 0 || entry.count > most) return null;
  const bytes = await readValueBytes(file, entry, MAX_VALUE_BYTES);
  return bytes && decodeNumbers(bytes, entry.type, entry.count, file.isLittleEndian);
}

/** First number of a field, or `fallback`. */
export async function readNumber(
  file: TiffFile,
  directory: TiffDirectory,
  tag: number,
  fallback: number,
): Promise<number> {
  return (await readNumbers(file, directory, tag))?.[0] ?? fallback;
}

/**
 * Text without its closing zero bytes, or "" where absent or longer than `maxBytes`; UTF-8 where valid, else Latin-1.
 * Default of `maxBytes`: 4 MB.
 */
export async function readText(
  file: TiffFile,
  directory: TiffDirectory,
  tag: number,
  maxBytes = MAX_TEXT_BYTES,
): Promise<string> {
  const entry = directory.entries.get(tag);
  if (!entry || ![1, 2, 7].includes(entry.type)) return "";
  const bytes = await readValueBytes(file, entry, maxBytes);
  if (!bytes) return "";
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  const text = bytes.subarray(0, end);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch {
    return new TextDecoder("latin1").decode(text);
  }
}

/** Raw bytes of a field, or null where absent, longer than `limit` (default: a megabyte) or outside of the file. */
export async function readBytes(
  file: TiffFile,
  directory: TiffDirectory,
  tag: number,
  limit = MAX_VALUE_BYTES,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const entry = directory.entries.get(tag);
  return entry ? await readValueBytes(file, entry, limit) : null;
}

/** Number of one value at `index` of decoded `bytes`; rationals as quotients. */
export function decodeNumbers(
  bytes: Uint8Array<ArrayBuffer>,
  type: number,
  count: number,
  isLittleEndian: boolean,
): number[] | null {
  const size = bytesOfType(type);
  if (type === 2 || type === 7 || size === 0 || bytes.length < count * size) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Array<number>(count);
  for (let i = 0; i < count; i++) numbers[i] = decodeNumber(view, type, i * size, isLittleEndian);
  return numbers;
}

function decodeNumber(view: DataView, type: number, at: number, little: boolean): number {
  switch (type) {
    case 1:
      return view.getUint8(at);
    case 3:
      return view.getUint16(at, little);
    case 4:
    case 13:
      return view.getUint32(at, little);
    case 5:
      return view.getUint32(at, little) / view.getUint32(at + 4, little);
    case 6:
      return view.getInt8(at);
    case 8:
      return view.getInt16(at, little);
    case 9:
      return view.getInt32(at, little);
    case 10:
      return view.getInt32(at, little) / view.getInt32(at + 4, little);
    case 11:
      return view.getFloat32(at, little);
    case 12:
      return view.getFloat64(at, little);
    default:
      return readUint64(view, at, little);
  }
}

async function readValueBytes(
  file: TiffFile,
  entry: TiffEntry,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (entry.inline) return entry.inline;
  if (entry.byteLength > limit || entry.offset + entry.byteLength > file.source.size) return null;
  return await file.source.read(entry.offset, entry.byteLength);
}

const CHUNK_ENTRIES = 4096;
const MAX_CHUNKS = 64;

/** The offsets or byte counts of a page's tiles: up to millions of numbers, read by slices of 4,096 and kept a while. */
export class OffsetTable {
  readonly count: number;
  readonly #file: TiffFile;
  readonly #entry: TiffEntry;
  readonly #chunks = new Map<number, Promise<number[]>>();

  constructor(file: TiffFile, entry: TiffEntry) {
    this.#file = file;
    this.#entry = entry;
    this.count = entry.count;
  }

  /** True when all of the table lies inside of the file. */
  get isWhole(): boolean {
    const { inline, offset, byteLength } = this.#entry;
    return inline !== null || offset + byteLength <= this.#file.source.size;
  }

  /** Throws `slide/malformed` for an index that the table does not hold, `slide/truncated` where the file ends before. */
  async at(index: number): Promise<number> {
    if (index < 0 || index >= this.count) {
      throw new AppError(
        "slide/malformed",
        `Expected an address for tile ${index + 1} of the image, found only ${this.count}; the file is damaged.`,
      );
    }
    return (await this.#chunk(Math.floor(index / CHUNK_ENTRIES)))[index % CHUNK_ENTRIES] ?? 0;
  }

  /** True when `count` numbers from `first` on are 0. Throws `slide/truncated` where the file ends before. */
  async areZero(first: number, count: number): Promise<boolean> {
    const end = Math.min(first + count, this.count);
    for (let from = first; from < end; ) {
      const chunk = Math.floor(from / CHUNK_ENTRIES);
      const to = Math.min(end, (chunk + 1) * CHUNK_ENTRIES);
      const numbers = await this.#chunk(chunk);
      for (; from < to; from++) if (numbers[from % CHUNK_ENTRIES] !== 0) return false;
    }
    return true;
  }

  #chunk(chunk: number): Promise<number[]> {
    const known = this.#chunks.get(chunk);
    if (known) return known;
    const numbers = this.#load(chunk);
    this.#chunks.set(chunk, numbers);
    numbers.catch(() => this.#chunks.delete(chunk));
    if (this.#chunks.size > MAX_CHUNKS) this.#chunks.delete(this.#chunks.keys().next().value ?? chunk);
    return numbers;
  }

  async #load(chunk: number): Promise<number[]> {
    const { type, inline, offset } = this.#entry;
    const size = bytesOfType(type);
    const first = chunk * CHUNK_ENTRIES;
    const count = Math.min(CHUNK_ENTRIES, this.count - first);
    const bytes = inline
      ? inline.slice(first * size, (first + count) * size)
      : await this.#file.source.read(offset + first * size, count * size);
    const numbers = decodeNumbers(bytes, type, count, this.#file.isLittleEndian);
    if (!numbers)
      throw new AppError("slide/malformed", "Expected numbers as tile addresses, found another field type.");
    return numbers;
  }
}
