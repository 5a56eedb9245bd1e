import type { RgbaImage } from "../../src/engine/slide/types.ts";
import type { Bytes } from "./mutations/bytes.ts";
import { mapTiff } from "./mutations/tiff-map.ts";

const BLOCK = 16;

/**
 * Blocks of 16 x 16 pixels that are one white, black or middle grey in `found` and were not in `original`: what a decoder leaves
 * where it had no data.
 */
export function newBlanks(original: RgbaImage, found: RgbaImage): string[] {
  if (original.width !== found.width || original.height !== found.height) return [];
  const blanks: string[] = [];
  for (let y = 0; y + BLOCK <= found.height; y += BLOCK) {
    for (let x = 0; x + BLOCK <= found.width; x += BLOCK) {
      const value = uniform(found, x, y);
      if (value === null || ![0x000000, 0x808080, 0xffffff].includes(value) || uniform(original, x, y) !== null)
        continue;
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

/** True when the damage lies in compressed tiles alone, or cuts the file off: the directories then still ask for every tile. */
export function isDataAlone(original: Bytes, changed: Bytes): boolean {
  const map = mapTiff(original);
  if (!map) return false;
  const compression = map.fields.find(({ tag }) => tag === 259);
  const isCompressed = compression !== undefined && original[compression.dataAt + (map.isLittleEndian ? 0 : 1)] !== 1;
  if (!isCompressed || changed.length > original.length) return false;
  const inData = (at: number) => map.segments.some(({ from, to }) => at >= from && at < to);
  for (let at = 0; at < changed.length; at++) if (changed[at] !== original[at] && !inData(at)) return false;
  return true;
}
