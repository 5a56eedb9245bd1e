import type { ByteSource } from "../types.ts";

export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Bytes between two wanted ranges that are read along, so that one reading does for both: a browser spends about as long
 * on asking for a slice of a file as on reading this much of it.
 */
const GAP_BYTES = 32 * 1024;

/** The bytes of each range, which lie in the order of the file, by as few readings as are worth it. */
export async function readRanges(source: ByteSource, ranges: readonly ByteRange[]): Promise<Uint8Array<ArrayBuffer>[]> {
  const groups: { from: number; to: number; ranges: ByteRange[] }[] = [];
  for (const range of ranges) {
    const last = groups.at(-1);
    if (last && range.from >= last.from && range.from - last.to <= GAP_BYTES) {
      last.to = Math.max(last.to, range.to);
      last.ranges.push(range);
    } else {
      groups.push({ ...range, ranges: [range] });
    }
  }
  const read = await Promise.all(
    groups.map(async (group) => {
      const bytes = await source.read(group.from, group.to - group.from);
      return group.ranges.map(({ from, to }) => bytes.subarray(from - group.from, to - group.from));
    }),
  );
  return read.flat();
}
