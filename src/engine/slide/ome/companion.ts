import { AppError } from "../../base/errors.ts";
import type { ByteSource } from "../types.ts";
import { baseName } from "./files.ts";
import { type OmeModel, parseOme } from "./model.ts";

/** Of thousands of planes; one of a slide stays far below a megabyte. */
const MAX_BYTES = 16 * 1024 * 1024;
const COMPANION = /\.companion\.ome$/i;

/** True for the file that describes a slide's others and holds no pixel (OME-TIFF specification, "companion file"). */
export function isCompanion({ name }: Pick<ByteSource, "name">): boolean {
  return COMPANION.test(name);
}

/** The sentence for a companion file without any of the files that it describes. */
export function refuseCompanion({ name }: Pick<ByteSource, "name">): AppError {
  return new AppError(
    "slide/not-a-slide",
    `Expected the images that ${name} describes, found that description alone. Choose or drop it together with them.`,
  );
}

/** What the companion file among `sources` says, or null where it was not given. Throws as `parseOme`. */
export async function readCompanion(metadataFile: string, sources: readonly ByteSource[]): Promise<OmeModel | null> {
  const source =
    sources.find(({ name }) => baseName(name) === baseName(metadataFile)) ??
    sources.find((other) => isCompanion(other));
  if (!source) return null;
  if (source.size > MAX_BYTES) {
    throw new AppError(
      "slide/too-large",
      `Expected a companion file of at most ${MAX_BYTES >> 20} MB, found ${source.size} bytes in ${source.name}.`,
    );
  }
  return parseOme(new TextDecoder().decode(await source.read(0, source.size)));
}
