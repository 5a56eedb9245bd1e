import { AppError } from "../../base/errors.ts";
import type { ByteSource } from "../types.ts";
import { widenEntries } from "./ndpi-offsets.ts";
import { bytesOfType, TAG } from "./tags.ts";

/**
 * Directories of one file, its SubIFDs included: real slides hold fewer than thirty, but a fluorescence image has one for
 * each level of each channel on each plane of focus.
 */
export const MAX_DIRECTORIES = 1024;
/** Entries of one directory; real ones hold fewer than a hundred (NDPI: about fifty). */
const MAX_ENTRIES = 1024;

/** A TIFF file before any directory is read. */
export interface TiffFile {
  readonly source: ByteSource;
  readonly isLittleEndian: boolean;
  readonly isBig: boolean;
  readonly firstDirectory: number;
  /** The same of a classic TIFF read as eight bytes: as Hamamatsu's NDPI means it. */
  readonly wideFirstDirectory?: number;
}

/** One field of a directory. The value lies at `offset` in the file, or in the entry itself when `inline` holds bytes. */
export interface TiffEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly byteLength: number;
  readonly offset: number;
  readonly inline: Uint8Array<ArrayBuffer> | null;
}

export interface TiffDirectory {
  readonly offset: number;
  /** 0 at the end of the chain. */
  readonly next: number;
  readonly entries: ReadonlyMap<number, TiffEntry>;
}

/** Null when the bytes are no TIFF header. Needs the first 16 bytes, fewer for a shorter file. */
export function parseTiffHeader(source: ByteSource, head: Uint8Array<ArrayBuffer>): TiffFile | null {
  if (head.length < 4) return null;
  const isLittleEndian = head[0] === 0x49 && head[1] === 0x49;
  if (!isLittleEndian && !(head[0] === 0x4d && head[1] === 0x4d)) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const version = view.getUint16(2, isLittleEndian);
  if (version === 42) {
    if (head.length < 8) throw endsInHeader(source);
    const firstDirectory = view.getUint32(4, isLittleEndian);
    const wideFirstDirectory = head.length < 12 ? firstDirectory : readUint64(view, 4, isLittleEndian);
    return { source, isLittleEndian, isBig: false, firstDirectory, wideFirstDirectory };
  }
  if (version !== 43) return null;
  if (head.length < 16) throw endsInHeader(source);
  if (view.getUint16(4, isLittleEndian) !== 8) {
    throw new AppError(
      "slide/malformed",
      `Expected a BigTIFF with offsets of 8 bytes, found ${view.getUint16(4, isLittleEndian)}; the header is damaged.`,
    );
  }
  return { source, isLittleEndian, isBig: true, firstDirectory: readUint64(view, 8, isLittleEndian) };
}

/**
 * The main chain of directories, in file order. Throws `slide/cyclic-directory` when a directory is met twice and
 * `slide/malformed` beyond `MAX_DIRECTORIES`. `visited` collects the offsets, so that SubIFDs read later count too.
 */
export async function readDirectoryChain(file: TiffFile, visited: Set<number>): Promise<TiffDirectory[]> {
  const directories: TiffDirectory[] = [];
  let offset = (await isFarNdpi(file)) ? (file.wideFirstDirectory ?? 0) : file.firstDirectory;
  if (offset === 0) {
    throw new AppError("slide/malformed", "Expected at least one image in the TIFF file, found an empty list.");
  }
  while (offset !== 0) {
    const directory = await readDirectory(file, offset, visited);
    directories.push(directory);
    offset = directory.next;
  }
  return directories;
}

/** True for NDPI whose first directory lies beyond 4 GiB; there an ordinary TIFF has other things in those bytes. */
async function isFarNdpi(file: TiffFile): Promise<boolean> {
  const { firstDirectory, wideFirstDirectory = firstDirectory } = file;
  if (wideFirstDirectory === firstDirectory || wideFirstDirectory >= file.source.size) return false;
  const first = await readDirectory(file, wideFirstDirectory, new Set()).catch(() => null);
  return first?.entries.has(TAG.ndpiMark) ?? false;
}

/** One directory. Throws as `readDirectoryChain`. */
export async function readDirectory(file: TiffFile, offset: number, visited: Set<number>): Promise<TiffDirectory> {
  if (visited.has(offset)) {
    throw new AppError(
      "slide/cyclic-directory",
      `Expected every image directory of the file once, found the one at byte ${offset} again: the list runs in a circle. Write or export the file again.`,
    );
  }
  if (visited.size >= MAX_DIRECTORIES) {
    throw new AppError(
      "slide/malformed",
      `Expected at most ${MAX_DIRECTORIES} image directories in a slide, found more. Export the slide alone, without further pages.`,
    );
  }
  visited.add(offset);
  const countBytes = file.isBig ? 8 : 2;
  const entryBytes = file.isBig ? 20 : 12;
  const nextBytes = file.isBig ? 8 : 4;
  checkInside(file, offset, countBytes, visited.size);
  const head = viewOf(await file.source.read(offset, countBytes));
  const count = file.isBig ? readUint64(head, 0, file.isLittleEndian) : head.getUint16(0, file.isLittleEndian);
  if (count === 0 || count > MAX_ENTRIES) {
    throw new AppError(
      "slide/malformed",
      `Expected 1 to ${MAX_ENTRIES} fields in image directory ${visited.size}, found ${count}; the file is damaged.`,
    );
  }
  const bodyBytes = count * entryBytes;
  checkInside(file, offset + countBytes, bodyBytes, visited.size);
  const highBytes = file.isBig ? 0 : 4 + count * 4;
  // Some writers leave out the closing pointer of the last directory at the very end of the file.
  const available = Math.min(bodyBytes + nextBytes + highBytes, file.source.size - offset - countBytes);
  const body = viewOf(await file.source.read(offset + countBytes, available));
  const parsed = Array.from({ length: count }, (_, i) => parseEntry(file, body, i * entryBytes));
  if (!file.isBig && parsed.some((entry) => entry?.tag === TAG.ndpiMark)) {
    const next = available >= bodyBytes + 8 ? readUint64(body, bodyBytes, file.isLittleEndian) : 0;
    return { offset, next, entries: byTag(widenEntries(file, offset, parsed, body, bodyBytes + 8)) };
  }
  const next = available >= bodyBytes + nextBytes ? readOffset(file, body, bodyBytes) : 0;
  return { offset, next, entries: byTag(parsed) };
}

/** The first of each tag. */
function byTag(parsed: readonly (TiffEntry | null)[]): Map<number, TiffEntry> {
  const entries = new Map<number, TiffEntry>();
  for (const entry of parsed) if (entry && !entries.has(entry.tag)) entries.set(entry.tag, entry);
  return entries;
}

/** Null for a field of an unknown type: the specification says to skip it. */
function parseEntry(file: TiffFile, body: DataView<ArrayBuffer>, at: number): TiffEntry | null {
  const little = file.isLittleEndian;
  const tag = body.getUint16(at, little);
  const type = body.getUint16(at + 2, little);
  const size = bytesOfType(type);
  if (size === 0) return null;
  const count = file.isBig ? readUint64(body, at + 4, little) : body.getUint32(at + 4, little);
  const byteLength = count * size;
  const room = file.isBig ? 8 : 4;
  const valueAt = at + (file.isBig ? 12 : 8);
  if (byteLength <= room) {
    const start = body.byteOffset + valueAt;
    const inline = new Uint8Array(body.buffer.slice(start, start + byteLength));
    return { tag, type, count, byteLength, offset: 0, inline };
  }
  return { tag, type, count, byteLength, offset: readOffset(file, body, valueAt), inline: null };
}

function readOffset(file: TiffFile, view: DataView, at: number): number {
  return file.isBig ? readUint64(view, at, file.isLittleEndian) : view.getUint32(at, file.isLittleEndian);
}

/** Values beyond 2^53 become the largest exact integer: as an offset it lies outside of every file. */
export function readUint64(view: DataView, at: number, isLittleEndian: boolean): number {
  const value = view.getBigUint64(at, isLittleEndian);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}

function checkInside(file: TiffFile, offset: number, length: number, directory: number): void {
  if (offset + length <= file.source.size) return;
  throw new AppError(
    "slide/truncated",
    `Expected image directory ${directory} at byte ${offset}, but the file ends at byte ${file.source.size}: it is incomplete or damaged. Copy or download it again.`,
  );
}

function endsInHeader(source: ByteSource): AppError {
  return new AppError(
    "slide/truncated",
    `Expected a TIFF header of at least 8 bytes, but the file ends at byte ${source.size}. Copy or download it again.`,
  );
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView<ArrayBuffer> {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
