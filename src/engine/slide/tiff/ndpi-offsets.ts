import type { TiffEntry, TiffFile } from "./directory.ts";

const TWO_32 = 2 ** 32;
/** LONG and IFD; a LONG8 takes their place when the upper half is set. */
const UNSIGNED_LONGS = [4, 13];
const LONG8 = 16;

/**
 * Entries of a directory of Hamamatsu's NDPI, which is a classic TIFF that grows beyond 4 GiB: the pointer to the next
 * directory has eight bytes, and behind it (byte `at` of `body`) lie four bytes for each entry, the upper half of its
 * value or offset. Where a file has no upper halves, it lies in the order of writing, values before their directory.
 */
export function widenEntries(
  file: TiffFile,
  directoryOffset: number,
  entries: readonly (TiffEntry | null)[],
  body: DataView<ArrayBuffer>,
  at: number,
): (TiffEntry | null)[] {
  const { size } = file.source;
  if (size <= TWO_32) return [...entries];
  const little = file.isLittleEndian;
  const words = entries.map((_, i) => (body.byteLength >= at + i * 4 + 4 ? body.getUint32(at + i * 4, little) : 0));
  const isThere = words.some((word) => word !== 0) && words.every((word, i) => isUpperHalf(word, entries[i], size));
  return entries.map((entry, i) => {
    const high = isThere ? (words[i] ?? 0) : 0;
    if (!entry) return null;
    if (entry.inline) return widenValue(entry, entry.inline, high, little);
    return { ...entry, offset: isThere ? high * TWO_32 + entry.offset : nearestBefore(entry.offset, directoryOffset) };
  });
}

/** False where other data than upper halves follows the directory. */
function isUpperHalf(word: number, entry: TiffEntry | null | undefined, size: number): boolean {
  if (!entry) return true;
  if (entry.inline) return word === 0 || (word * TWO_32 < size && isLong(entry));
  return word * TWO_32 + entry.offset + entry.byteLength <= size;
}

function isLong({ count, type }: TiffEntry): boolean {
  return count === 1 && UNSIGNED_LONGS.includes(type);
}

function widenValue(entry: TiffEntry, lower: Uint8Array, high: number, isLittleEndian: boolean): TiffEntry {
  if (high === 0 || !isLong(entry)) return entry;
  const inline = new Uint8Array(8);
  inline.set(lower, isLittleEndian ? 0 : 4);
  new DataView(inline.buffer).setUint32(isLittleEndian ? 4 : 0, high, isLittleEndian);
  return { ...entry, type: LONG8, byteLength: 8, inline };
}

/** The greatest offset below `limit` whose lower half is that of `offset`; that half itself where there is none. */
export function nearestBefore(offset: number, limit: number): number {
  const lower = offset % TWO_32;
  const found = limit - (limit % TWO_32) + lower;
  return Math.max(lower, found < limit ? found : found - TWO_32);
}
