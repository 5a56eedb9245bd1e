import { AppError, isAppError } from "../../base/errors.ts";
import type { ByteSource } from "../types.ts";
import { type DicomInstance, readInstance } from "./instance.ts";
import { DICOM_HEAD_BYTES, isDicom } from "./part10.ts";
import type { LeftOut } from "./sort-files.ts";

/** Files of one slide; a level of a large one may be cut into some tens. */
const MAX_FILES = 2000;

export interface ReadFiles {
  /** At least one. */
  readonly instances: readonly DicomInstance[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The heads of all files that are whole-slide images. Others are left out, and so are damaged ones, unless the largest
 * file is damaged: it holds the finest level. Throws that file's error, or the first one's where no file is sound.
 */
export async function readFiles(sources: readonly ByteSource[]): Promise<ReadFiles> {
  if (sources.length > MAX_FILES) {
    throw new AppError("slide/too-large", `Expected at most ${MAX_FILES} files of one slide, found ${sources.length}.`);
  }
  const instances: DicomInstance[] = [];
  const leftOut: LeftOut[] = [];
  const failed: { readonly source: ByteSource; readonly error: AppError }[] = [];
  for (const source of sources) {
    if (!(await isDicomFile(source))) {
      leftOut.push({ name: source.name, reason: "no DICOM file" });
      continue;
    }
    try {
      instances.push(await readInstance(source));
    } catch (error) {
      if (!isAppError(error)) throw error;
      failed.push({ source, error });
      const isForeign = error.code === "slide/unsupported-format";
      leftOut.push({ name: source.name, reason: isForeign ? "no whole-slide image" : "damaged or not readable" });
    }
  }
  const [first] = failed;
  if (instances.length === 0 && first) throw first.error;
  const largest = Math.max(...instances.map(({ source }) => source.size));
  const base = failed.find(({ source, error }) => error.code !== "slide/unsupported-format" && source.size > largest);
  if (base) throw base.error;
  return { instances, leftOut };
}

async function isDicomFile(source: ByteSource): Promise<boolean> {
  if (source.size < DICOM_HEAD_BYTES) return false;
  return isDicom(await source.read(0, DICOM_HEAD_BYTES));
}
