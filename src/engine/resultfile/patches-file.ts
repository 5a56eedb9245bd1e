import { AppError } from "../base/errors.ts";

/** "PPAT", read as a little-endian number. */
const MAGIC = 0x54415050;
const VERSION = 1;
const HEAD_BYTES = 16;

/** Which patches were looked at, and what each said. */
export interface PatchEvidence {
  readonly kept: Int32Array<ArrayBuffer>;
  readonly evidence: Float64Array<ArrayBuffer>;
}

/**
 * Little-endian: magic, version, how many and a zero, 4 bytes each; then the evidence, float64, and the patches' indices in the grid,
 * ascending, 4 bytes each.
 */
export function encodePatches({ kept, evidence }: PatchEvidence): Uint8Array<ArrayBuffer> {
  const count = kept.length;
  const bytes = new Uint8Array(HEAD_BYTES + 12 * count);
  const view = new DataView(bytes.buffer);
  [MAGIC, VERSION, count, 0].forEach((word, i) => {
    view.setUint32(4 * i, word, true);
  });
  for (let i = 0; i < count; i++) {
    view.setFloat64(HEAD_BYTES + 8 * i, evidence[i]!, true);
    view.setInt32(HEAD_BYTES + 8 * count + 4 * i, kept[i]!, true);
  }
  return bytes;
}

/** `laid`: how many patches the grid has. Throws `resultfile/bad-field`. */
export function decodePatches(bytes: Uint8Array<ArrayBuffer>, laid: number): PatchEvidence {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes.length < HEAD_BYTES ? -1 : view.getUint32(8, true);
  const isWhole = count >= 1 && count <= laid && bytes.length === HEAD_BYTES + 12 * count;
  if (!isWhole || view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) {
    throw badPatches(`1 to ${laid} patches`, `${bytes.length} bytes of something else`);
  }
  const evidence = new Float64Array(count);
  const kept = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    evidence[i] = view.getFloat64(HEAD_BYTES + 8 * i, true);
    kept[i] = view.getInt32(HEAD_BYTES + 8 * count + 4 * i, true);
    const isAscending = kept[i]! > (i === 0 ? -1 : kept[i - 1]!) && kept[i]! < laid;
    if (!isAscending || !Number.isFinite(evidence[i]))
      throw badPatches("ascending patches with their evidence", `${kept[i]}`);
  }
  return { kept, evidence };
}

function badPatches(expected: string, found: string): AppError {
  return new AppError("resultfile/bad-field", `Expected patches.bin to hold ${expected}, found ${found}.`);
}
