import { isAppError } from "../../base/errors.ts";
import type { ByteSource } from "../types.ts";
import { textOf } from "./item.ts";
import { DICOM_HEAD_BYTES, isDicom, readHead } from "./part10.ts";
import { TAG } from "./tags.ts";

/** Unique name of the series that a DICOM file belongs to, null for any other file. Throws `slide/unreadable`. */
export async function dicomSeries(source: ByteSource): Promise<string | null> {
  if (source.size < DICOM_HEAD_BYTES || !isDicom(await source.read(0, DICOM_HEAD_BYTES))) return null;
  try {
    const { head } = await readHead(source, { framesFor: () => null, isEnd: (tag) => tag > TAG.seriesInstance });
    return textOf(head, TAG.seriesInstance) || null;
  } catch (error) {
    if (isAppError(error) && error.code !== "slide/unreadable") return null;
    throw error;
  }
}
