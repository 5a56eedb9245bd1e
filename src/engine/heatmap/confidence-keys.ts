import { type BitPlane, emptyPlane } from "../base/bit-plane.ts";
import type { ConfidenceGrid } from "./types.ts";

/**
 * Confidences as whole numbers in the same order, made once so that a plane of cells can be cut at any threshold without a branch: 0 off the tissue and
 * where nothing is known, else the bits of the float and 1. (IEEE 754: floats that are not negative are ordered as their bits.) 4 bytes a cell.
 */
export type ConfidenceKeys = Int32Array<ArrayBuffer>;

export function confidenceKeys({ values, tissue }: Pick<ConfidenceGrid, "values" | "tissue">): ConfidenceKeys {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const keys = new Int32Array(values.length);
  for (let i = 0; i < keys.length; i++) {
    const value = values[i]!;
    // A minus 0 has bits of its own.
    if (tissue[i] === 1 && !Number.isNaN(value)) keys[i] = value > 0 ? bits[i]! + 1 : 1;
  }
  return keys;
}

/** 1 for tissue with a confidence of at least the threshold, 0 to 1. O(cells), with as much time for noise as for even maps. */
export function cellsFrom(keys: ConfidenceKeys, threshold: number): BitPlane {
  const plane = emptyPlane(keys.length);
  const below = keyOf(threshold) - 1;
  const whole = keys.length >> 5;
  for (let word = 0, i = 0; word < whole; word++) {
    let bits = 0;
    // The sign of the difference is the answer; four at a time takes two thirds of the time of one.
    for (let bit = 0; bit < 32; bit += 4, i += 4) {
      const four =
        ((below - keys[i]!) >>> 31) |
        (((below - keys[i + 1]!) >>> 31) << 1) |
        (((below - keys[i + 2]!) >>> 31) << 2) |
        (((below - keys[i + 3]!) >>> 31) << 3);
      bits |= four << bit;
    }
    plane[word] = bits;
  }
  for (let i = whole << 5; i < keys.length; i++) plane[whole]! |= ((below - keys[i]!) >>> 31) << (i & 31);
  return plane;
}

/** Of the least float that is not below the threshold. */
function keyOf(threshold: number): number {
  if (!(threshold > 0)) return 1;
  const float = Float32Array.of(threshold);
  const bits = new Int32Array(float.buffer)[0]!;
  return bits + 1 + (float[0]! < threshold ? 1 : 0);
}
