import { AppError } from "../../base/errors.ts";
import type { ByteSource } from "../types.ts";
import { ByteWindow } from "./byte-window.ts";
import { type DataSetOptions, readDataSet } from "./data-set.ts";
import { readElement, UNDEFINED } from "./element.ts";
import { type DicomItem, textOf } from "./item.ts";
import { TAG } from "./tags.ts";
import { type TransferSyntax, transferSyntaxOf } from "./transfer-syntax.ts";

/** Bytes that tell a file of DICOM PS3.10: 128 free ones and the letters DICM. Elements follow. */
export const DICOM_HEAD_BYTES = 132;
/** Most heads of slides are shorter, but for those that place each frame by itself. */
const WINDOW_BYTES = 64 * 1024;
const META_GROUP = 0x0002;
/** Elements of the meta group; the standard knows fifteen. */
const MAX_META_ELEMENTS = 64;

export interface DicomHead {
  readonly syntax: TransferSyntax;
  /** Up to the pixel data. */
  readonly head: DicomItem;
}

/** True for a file of PS3.10 by its first 132 bytes. */
export function isDicom(head: Uint8Array<ArrayBuffer>): boolean {
  return String.fromCharCode(...head.subarray(128, DICOM_HEAD_BYTES)) === "DICM";
}

/** True for a data set that starts at the first byte, as some programs store it: no word tells how its pixels are written. */
export function isBareDataSet(head: Uint8Array<ArrayBuffer>): boolean {
  if (head.length < 8) return false;
  const [group = 0, groupHigh, element = 0, elementHigh, first = 0, second = 0, third, fourth] = head;
  const isEarly = (group === 2 || group === 8) && groupHigh === 0 && element < 32 && elementHigh === 0;
  const hasVr = /^(UL|CS|UI|OB)$/.test(String.fromCharCode(first, second));
  return isEarly && (hasVr || (first > 0 && first <= 64 && second === 0 && third === 0 && fourth === 0));
}

/** Everything before the pixels of a file that `isDicom`. Throws `slide/malformed`, `slide/truncated`, `slide/unsupported-compression`. */
export async function readHead(source: ByteSource, options: Omit<DataSetOptions, "isExplicit">): Promise<DicomHead> {
  const window = new ByteWindow(source, WINDOW_BYTES);
  const dataAt = await findDataSet(window);
  const meta = await readDataSet(window, DICOM_HEAD_BYTES, { isExplicit: true, framesFor: () => null, end: dataAt });
  const syntax = transferSyntaxOf(textOf(meta, TAG.transferSyntax), source.name);
  const head = await readDataSet(window, dataAt, { ...options, isExplicit: syntax.isExplicit });
  return { syntax, head };
}

/** Behind the meta group, which is explicit whatever the rest is; its stated length is not needed, and often wrong. */
async function findDataSet(window: ByteWindow): Promise<number> {
  let at = DICOM_HEAD_BYTES;
  for (let count = 0; count < MAX_META_ELEMENTS && at + 8 <= window.source.size; count++) {
    await window.load(at, Math.min(12, window.source.size - at));
    if (window.uint16(at) !== META_GROUP) return at;
    const element = await readElement(window, at, true);
    if (element.length === UNDEFINED) break;
    at = element.at + element.length;
  }
  throw new AppError(
    "slide/malformed",
    `Expected a DICOM data set in ${window.source.name}, found none behind its header; the file is damaged. Copy or export it again.`,
  );
}
