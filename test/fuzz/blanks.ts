import type { RgbaImage } from "../../src/engine/slide/types.ts";
import type { Examined } from "./examine.ts";
import { type Bytes, readUint } from "./mutations/bytes.ts";
import { mapTiff } from "./mutations/tiff-map.ts";

/** Pixels along the edge of a place. */
const BLOCK = 16;
const NONE = 1;
const JPEG = 7;

/** What JPEG decoders leave where they had no data; damaged data that they do decode saturates to black and white. */
const GREY = [0x808080];
const NO_DATA = [0x000000, 0xffffff, ...GREY];

/**
 * Places that are blank in a damaged slide, as a decoder leaves them where it had no data, and were not in the good one; the first few of
 * each level. Empty where more than compressed data was damaged: then the file may say that they are.
 */
export function blankFaults(
  before: { readonly bytes: Bytes; readonly examined: Examined },
  after: { readonly bytes: Bytes; readonly examined: Examined },
): string[] {
  const compression = compressionOf(before.bytes);
  if (compression === null || compression === NONE || !isDataAlone(before.bytes, after.bytes)) return [];
  const fillers = compression === JPEG ? GREY : NO_DATA;
  return before.examined.levels.flatMap((original, index) => {
    const found = after.examined.levels[index];
    if (!original || !found) return [];
    const blanks = newBlanks(original, found, fillers).slice(0, 3);
    return blanks.map((blank) => `level ${index}: ${blank}`);
  });
}

function newBlanks(original: RgbaImage, found: RgbaImage, fillers: readonly number[]): string[] {
  if (original.width !== found.width || original.height !== found.height) return [];
  const blanks: string[] = [];
  for (let y = 0; y + BLOCK <= found.height; y += BLOCK) {
    for (let x = 0; x + BLOCK <= found.width; x += BLOCK) {
      const value = uniform(found, x, y);
      if (value === null || !fillers.includes(value) || uniform(original, x, y) !== null) continue;
      blanks.push(`blank 0x${value.toString(16)} at ${x}, ${y}`);
    }
  }
  return blanks;
}

/** The one colour of a block, or null. */
function uniform({ data, width }: RgbaImage, left: number, top: number): number | null {
  const colourAt = (x: number, y: number) => {
    const at = (y * width + x) * 4;
    return (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
  };
  const first = colourAt(left, top);
  for (let y = top; y < top + BLOCK; y++) {
    for (let x = left; x < left + BLOCK; x++) if (colourAt(x, y) !== first) return null;
  }
  return first;
}

/** The number of the first image's compression, or null for anything but TIFF. */
function compressionOf(bytes: Bytes): number | null {
  const map = mapTiff(bytes);
  const field = map?.fields.find(({ tag }) => tag === 259);
  return map && field ? Number(readUint(bytes, field.dataAt, 2, map.isLittleEndian)) : null;
}

/** True when the damage lies in tiles alone, or cuts the file off: the directories then still ask for every tile. */
function isDataAlone(original: Bytes, changed: Bytes): boolean {
  const map = mapTiff(original);
  if (!map || changed.length > original.length) return false;
  const inData = (at: number) => map.segments.some(({ from, to }) => at >= from && at < to);
  for (let at = 0; at < changed.length; at++) if (changed[at] !== original[at] && !inData(at)) return false;
  return true;
}
