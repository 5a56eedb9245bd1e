import { isAppError } from "../base/errors.ts";
import { type FileKind, SNIFF_BYTES, sniffFile } from "./sniff.ts";
import { omeNeighbours } from "./tiff/ome-neighbours.ts";
import type { ByteSource } from "./types.ts";

/** Files looked at; a folder of more is no slide's. */
export const MAX_SLIDE_FILES = 2000;

/** Which of several files are opened as one slide. All are indexes into the files given. */
export interface ChosenFiles {
  /** The first one first; at least one where any file was given. */
  readonly chosen: readonly number[];
  readonly leftOut: readonly number[];
}

/**
 * Chooses by the first bytes, never by names: of a DICOM file all that are DICOM, of an OME-TIFF those that its
 * description names, else the first that is a slide or picture at all (the first one where none is, for its sentence).
 * Throws `slide/unreadable`.
 */
export async function chooseSlideFiles(sources: readonly ByteSource[]): Promise<ChosenFiles> {
  const looked = sources.slice(0, MAX_SLIDE_FILES);
  const kinds: (FileKind | null)[] = [];
  for (const source of looked) kinds.push(await kindOf(source));
  const first = Math.max(0, preferred(kinds));
  const chosen = new Set(sources.length > 0 ? [first] : []);
  if (kinds[first] === "dicom") {
    for (const [i, kind] of kinds.entries()) if (kind === "dicom") chosen.add(i);
  } else if (kinds[first] === "tiff" && sources.length > 1) {
    for (const i of await omeNeighbours(looked, first)) chosen.add(i);
  }
  return { chosen: [...chosen], leftOut: sources.map((_, i) => i).filter((i) => !chosen.has(i)) };
}

/** What `sniffFile` says; null for a file that it refuses. */
export async function kindOf(source: ByteSource): Promise<FileKind | null> {
  if (source.size === 0) return null;
  const head = await source.read(0, Math.min(SNIFF_BYTES, source.size));
  try {
    return sniffFile(head, source.name);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** The first slide; a picture only where there is none, since folders hold pictures of their slides. -1 for neither. */
function preferred(kinds: readonly (FileKind | null)[]): number {
  const slide = kinds.findIndex((kind) => kind === "dicom" || kind === "tiff");
  return slide >= 0 ? slide : kinds.findIndex((kind) => kind !== null);
}
