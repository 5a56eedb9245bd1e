import type { Random } from "../../../src/engine/base/random.ts";
import { asciiBytes, type Bytes, below, concatBytes, pick, readUint, writeUint } from "./bytes.ts";
import { extremeNumber } from "./extremes.ts";
import type { Mutator } from "./mutator.ts";

interface PngChunk {
  readonly at: number;
  readonly length: number;
}

function pngChunks(bytes: Bytes): PngChunk[] {
  if (readUint(bytes, 0, 4, false) !== 0x89504e47n) return [];
  const chunks: PngChunk[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = Number(readUint(bytes, at, 4, false));
    chunks.push({ at, length });
    at += 12 + length;
  }
  return chunks;
}

function pngMutator(kind: string, change: (bytes: Bytes, chunk: PngChunk, random: Random) => Bytes): Mutator {
  return {
    kind,
    apply(bytes, random) {
      const chunks = pngChunks(bytes);
      return chunks.length === 0 ? null : change(bytes.slice(), pick(random, chunks), random);
    },
  };
}

/** Damage to the chunks of a PNG file. */
export const PNG_MUTATORS: readonly Mutator[] = [
  pngMutator("PNG length made extreme", (bytes, { at }, random) => {
    writeUint(bytes, at, 4, extremeNumber(random, { at, fileSize: bytes.length }), false);
    return bytes;
  }),
  pngMutator("PNG chunk renamed", (bytes, { at }, random) => {
    bytes.set(asciiBytes(pick(random, ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "iCCP", "zTXt", "abcd"])), at + 4);
    return bytes;
  }),
  pngMutator("PNG chunk doubled", (bytes, { at, length }) =>
    concatBytes([bytes.subarray(0, at + 12 + length), bytes.subarray(at)]),
  ),
  pngMutator("PNG header changed", (bytes, _chunk, random) => {
    if (random() < 0.5) {
      const at = pick(random, [16, 20]);
      writeUint(bytes, at, 4, extremeNumber(random, { at, fileSize: bytes.length }), false);
    } else bytes[24 + below(random, 5)] = pick(random, [0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 255]);
    return bytes;
  }),
];
