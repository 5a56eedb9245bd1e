import { type Random, seededRandom } from "../../../src/engine/base/random.ts";
import { BLIND_MUTATORS } from "./blind.ts";
import { type Bytes, pick } from "./bytes.ts";
import { DICOM_MUTATORS } from "./dicom-elements.ts";
import { JPEG_MUTATORS, JPEG_SCAN_MUTATOR } from "./jpeg-segments.ts";
import type { Mutator } from "./mutator.ts";
import { PNG_MUTATORS } from "./png-chunks.ts";
import { TIFF_MUTATORS } from "./tiff-fields.ts";
import { TIFF_TEXT_MUTATOR } from "./tiff-text.ts";

/** A damaged file of a slide. */
export interface Mutant {
  /** Which one. */
  readonly index: number;
  readonly bytes: Bytes;
  readonly kind: string;
}

const KNOWING: readonly Mutator[] = [
  ...TIFF_MUTATORS,
  TIFF_TEXT_MUTATOR,
  ...JPEG_MUTATORS,
  JPEG_SCAN_MUTATOR,
  ...PNG_MUTATORS,
  ...DICOM_MUTATORS,
];
/** Share of the mutations that know the format. */
const KNOWING_SHARE = 0.65;
const TRIES = 40;

/** The mutation of a fixture that seed and number stand for: always the same one. One file of several is damaged. */
export function mutate(files: readonly Bytes[], name: string, seed: number, number: number): Mutant {
  const random = seededRandom(hash(`${seed}/${name}/${number}`));
  const index = Math.floor(random() * files.length);
  return { index, ...mutateFile(files[index] ?? new Uint8Array(0), random) };
}

function mutateFile(bytes: Bytes, random: Random): { bytes: Bytes; kind: string } {
  for (let i = 0; i < TRIES; i++) {
    const mutator = pick(random, random() < KNOWING_SHARE ? KNOWING : BLIND_MUTATORS);
    const changed = mutator.apply(bytes, random);
    if (changed && !isEqual(changed, bytes)) return { bytes: changed, kind: mutator.kind };
  }
  return { bytes: bytes.slice(0, Math.floor(bytes.length / 2)), kind: "end cut off" };
}

export function isEqual(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
