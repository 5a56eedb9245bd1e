import { AppError } from "../../base/errors.ts";
import type { ByteWindow } from "./byte-window.ts";
import { TAG } from "./tags.ts";

/** Head of one data element (DICOM PS3.5 section 7.1). */
export interface ElementHead {
  readonly tag: number;
  /** "" where the file does not say it: implicit files, and items of sequences. */
  readonly vr: string;
  /** Where its value starts, in bytes of the file. */
  readonly at: number;
  /** Bytes; `UNDEFINED` where delimiters end it. */
  readonly length: number;
}

export const UNDEFINED = -1;

const UNDEFINED_CODE = 0xffffffff;
/** Representations whose length has two bytes; all others, also those of a later standard, have four behind two of padding. */
const SHORT = new Set("AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US".split(" "));
const MOST_HEAD_BYTES = 12;

/** Throws `slide/truncated` where the file ends within the head, `slide/malformed` where there is none. */
export async function readElement(window: ByteWindow, at: number, isExplicit: boolean): Promise<ElementHead> {
  if (!window.holds(at, MOST_HEAD_BYTES)) {
    await window.load(at, Math.max(8, Math.min(MOST_HEAD_BYTES, window.source.size - at)));
  }
  const tag = window.uint16(at) * 0x10000 + window.uint16(at + 2);
  const isDelimiter = tag === TAG.item || tag === TAG.itemEnd || tag === TAG.sequenceEnd;
  if (!isExplicit || isDelimiter) return { tag, vr: "", at: at + 8, length: lengthOf(window.uint32(at + 4)) };
  const vr = String.fromCharCode(window.uint8(at + 4), window.uint8(at + 5));
  if (SHORT.has(vr)) return { tag, vr, at: at + 8, length: window.uint16(at + 6) };
  if (!/^[A-Z]{2}$/.test(vr)) {
    throw new AppError(
      "slide/malformed",
      `Expected a DICOM element at byte ${at} of ${window.source.name}, found none; the file is damaged. Copy or export it again.`,
    );
  }
  await window.load(at, MOST_HEAD_BYTES);
  return { tag, vr, at: at + MOST_HEAD_BYTES, length: lengthOf(window.uint32(at + 8)) };
}

function lengthOf(code: number): number {
  return code === UNDEFINED_CODE ? UNDEFINED : code;
}
