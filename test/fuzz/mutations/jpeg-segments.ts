import type { Random } from "../../../src/engine/base/random.ts";
import { type Bytes, below, concatBytes, pick, writeUint } from "./bytes.ts";
import { extremeNumber } from "./extremes.ts";
import type { Mutator } from "./mutator.ts";

interface JpegSegment {
  readonly marker: number;
  /** From the marker's first byte to behind the payload. */
  readonly from: number;
  readonly to: number;
}

/** Header segments of every JPEG stream in the file, wherever it lies: a tile, a table, the whole. */
function jpegSegments(bytes: Bytes): JpegSegment[] {
  const found: JpegSegment[] = [];
  for (let start = 0; start + 4 < bytes.length; start++) {
    if (bytes[start] !== 0xff || bytes[start + 1] !== 0xd8 || bytes[start + 2] !== 0xff) continue;
    let at = start + 2;
    while (at + 4 <= bytes.length && bytes[at] === 0xff) {
      const marker = bytes[at + 1]!;
      const to = at + 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
      if (marker === 0xd9 || to > bytes.length) break;
      found.push({ marker, from: at, to });
      at = to;
      if (marker === 0xda) break;
    }
  }
  return found;
}

function jpegMutator(kind: string, change: (bytes: Bytes, segment: JpegSegment, random: Random) => Bytes): Mutator {
  return {
    kind,
    apply(bytes, random) {
      const segments = jpegSegments(bytes);
      return segments.length === 0 ? null : change(bytes.slice(), pick(random, segments), random);
    },
  };
}

/** Damage to headers of JPEG streams: frame, scans, tables, lengths. The stream keeps its length, so that nothing moves. */
export const JPEG_MUTATORS: readonly Mutator[] = [
  jpegMutator("JPEG header byte changed", (bytes, { from, to }, random) => {
    const at = from + 4 + below(random, Math.max(1, to - from - 4));
    bytes[at] = pick(random, [0, 1, 2, 3, 4, 0x11, 0x22, 0x44, 0x7f, 0x80, 0xff, below(random, 256)]);
    return bytes;
  }),
  jpegMutator("JPEG marker changed", (bytes, { from }, random) => {
    bytes[from + 1] = pick(
      random,
      [0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc9, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xe0, 0xee, 0xfe],
    );
    return bytes;
  }),
  jpegMutator("JPEG length made extreme", (bytes, { from }, random) => {
    const at = from + 2;
    writeUint(bytes, at, 2, extremeNumber(random, { at, fileSize: bytes.length }), false);
    return bytes;
  }),
  jpegMutator("JPEG segment doubled over what follows", (bytes, { from, to }) => {
    bytes.copyWithin(to, from, to);
    return bytes;
  }),
];

/** Bytes behind the first scan header of a JPEG stream replaced: its picture data is empty, short or never ends. */
export const JPEG_SCAN_MUTATOR: Mutator = {
  kind: "JPEG picture data replaced",
  apply(bytes, random) {
    const scans = jpegSegments(bytes).filter(({ marker }) => marker === 0xda);
    if (scans.length === 0) return null;
    const { to } = pick(random, scans);
    const length = Math.min(bytes.length - to, 1 + below(random, 400));
    const filling = pick(random, [[0xff, 0xd9], [0], [0xff, 0xd0], [0xff], [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]]);
    const data = Uint8Array.from({ length }, (_, i) => filling[i % filling.length] ?? 0);
    return concatBytes([bytes.subarray(0, to), data, bytes.subarray(to + length)]);
  },
};
