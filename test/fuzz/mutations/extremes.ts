import type { Random } from "../../../src/engine/base/random.ts";
import { pick } from "./bytes.ts";

/** Where the number lies: an extreme may point at itself, or at where the file ends. */
export interface NumberPlace {
  readonly at: number;
  readonly fileSize: number;
}

/** Numbers at which counts, sizes and offsets turn over, and those that point at odd places of this file. */
export function extremeNumber(random: Random, { at, fileSize }: NumberPlace): bigint {
  const size = BigInt(fileSize);
  const own = BigInt(at);
  return pick(random, [
    0n,
    1n,
    2n,
    3n,
    7n,
    8n,
    16n,
    127n,
    255n,
    256n,
    4095n,
    4096n,
    32767n,
    65535n,
    65536n,
    1n << 22n,
    (1n << 22n) + 1n,
    (1n << 31n) - 1n,
    1n << 31n,
    (1n << 32n) - 1n,
    1n << 53n,
    1n << 63n,
    (1n << 64n) - 1n,
    own,
    own > 2n ? own - 2n : 0n,
    size - 1n,
    size,
    size + 1n,
    size > 8n ? size - 8n : 0n,
    size / 2n,
  ]);
}
