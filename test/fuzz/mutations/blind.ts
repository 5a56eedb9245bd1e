import type { Random } from "../../../src/engine/base/random.ts";
import { type Bytes, below, concatBytes, pick, writeUint } from "./bytes.ts";
import { extremeNumber } from "./extremes.ts";
import type { Mutator } from "./mutator.ts";

/** A stretch of up to a quarter of the file, mostly short. */
function stretch(random: Random, length: number): { from: number; to: number } {
  const size = Math.max(1, Math.floor((length / 4) * random() ** 3));
  const from = below(random, Math.max(1, length - size));
  return { from, to: from + size };
}

/** Headers and directories break in more ways than pixels: two of three places lie in the first or last 400 bytes. */
function place(random: Random, length: number): number {
  const near = below(random, Math.min(400, length));
  return pick(random, [below(random, length), near, length - 1 - near]);
}

/** Damage that knows nothing of the format. */
export const BLIND_MUTATORS: readonly Mutator[] = [
  {
    kind: "bits flipped",
    apply(bytes, random) {
      const changed = bytes.slice();
      for (let i = 1 + below(random, 6); i > 0; i--) {
        const at = place(random, bytes.length);
        changed[at] = changed[at]! ^ (1 << below(random, 8));
      }
      return changed;
    },
  },
  {
    kind: "bytes overwritten",
    apply(bytes, random) {
      const changed = bytes.slice();
      for (let i = 1 + below(random, 8); i > 0; i--) changed[place(random, bytes.length)] = below(random, 256);
      return changed;
    },
  },
  {
    kind: "end cut off",
    apply: (bytes, random) => bytes.slice(0, below(random, bytes.length)),
  },
  {
    kind: "block cut out",
    apply(bytes, random) {
      const { from, to } = stretch(random, bytes.length);
      return concatBytes([bytes.subarray(0, from), bytes.subarray(to)]);
    },
  },
  {
    kind: "block doubled",
    apply(bytes, random) {
      const { from, to } = stretch(random, bytes.length);
      return concatBytes([bytes.subarray(0, to), bytes.subarray(from)]);
    },
  },
  {
    kind: "blocks swapped",
    apply(bytes, random) {
      const { from, to } = stretch(random, bytes.length);
      const other = below(random, Math.max(1, bytes.length - (to - from)));
      const changed = bytes.slice();
      changed.set(bytes.subarray(other, other + (to - from)), from);
      changed.set(bytes.subarray(from, to), other);
      return changed;
    },
  },
  {
    kind: "block filled",
    apply(bytes, random) {
      const { from, to } = stretch(random, bytes.length);
      return bytes.slice().fill(pick(random, [0, 0xff, 0x20, 0x80]), from, to);
    },
  },
  {
    kind: "noise put in",
    apply(bytes, random) {
      const at = place(random, bytes.length);
      const noise = Uint8Array.from({ length: 1 + below(random, 64) }, () => below(random, 256));
      return concatBytes([bytes.subarray(0, at), noise, bytes.subarray(at)]);
    },
  },
  {
    kind: "word made extreme",
    apply(bytes, random) {
      const changed: Bytes = bytes.slice();
      const size = pick(random, [1, 2, 4, 8]);
      const at = place(random, bytes.length);
      writeUint(changed, at, size, extremeNumber(random, { at, fileSize: bytes.length }), random() < 0.5);
      return changed;
    },
  },
];
