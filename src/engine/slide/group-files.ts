import { isAppError } from "../base/errors.ts";
import { dicomSeries } from "./dicom/series.ts";
import { type FileKind, SNIFF_BYTES, sniffFile } from "./sniff.ts";
import { omeNeighbours } from "./tiff/ome-neighbours.ts";
import type { ByteSource } from "./types.ts";

/** Files looked at; a folder of more is no slide's. */
export const MAX_SLIDE_FILES = 2000;

/** Files as the slides that they make. All are indexes into the files given. */
export interface GroupedFiles {
  /** In the order of their first files; of each slide the first file first. */
  readonly slides: readonly (readonly number[])[];
  /** What is no slide, and pictures beside slides. */
  readonly leftOut: readonly number[];
}

/**
 * Groups by the first bytes, never by names: DICOM files of one series are one slide, a TIFF is one with those that its description names; a
 * picture is one where there is no slide, since folders hold pictures of their slides. Where nothing is either, the first file is taken for a
 * slide, for its sentence. Throws `slide/unreadable`.
 */
export async function groupSlideFiles(sources: readonly ByteSource[]): Promise<GroupedFiles> {
  const looked = sources.slice(0, MAX_SLIDE_FILES);
  const kinds: (FileKind | null)[] = [];
  for (const source of looked) kinds.push(await kindOf(source));
  const slides = [...(await dicomSlides(looked, kinds)), ...(await tiffSlides(looked, kinds))];
  if (slides.length === 0) slides.push(...indexesOf(kinds, (kind) => kind !== null).map((i) => [i]));
  if (slides.length === 0 && sources.length > 0) slides.push([0]);
  const taken = new Set(slides.flat());
  return {
    slides: slides.toSorted(([a = 0], [b = 0]) => a - b),
    leftOut: sources.map((_, i) => i).filter((i) => !taken.has(i)),
  };
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

async function dicomSlides(sources: readonly ByteSource[], kinds: readonly (FileKind | null)[]): Promise<number[][]> {
  const bySeries = new Map<string, number[]>();
  const nameless: number[] = [];
  for (const i of indexesOf(kinds, (kind) => kind === "dicom")) {
    const source = sources[i];
    const series = source ? await dicomSeries(source) : null;
    const group = series === null ? nameless : bySeries.get(series);
    if (group) group.push(i);
    else if (series !== null) bySeries.set(series, [i]);
  }
  const groups = [...bySeries.values()];
  // A damaged file is one of the slide, where there is but one; the reader then says what is wrong with it.
  const [only] = groups;
  if (only && groups.length === 1) return [[...only, ...nameless].toSorted((a, b) => a - b)];
  return [...groups, ...nameless.map((i) => [i])];
}

async function tiffSlides(sources: readonly ByteSource[], kinds: readonly (FileKind | null)[]): Promise<number[][]> {
  const groups: number[][] = [];
  const taken = new Set<number>();
  for (const i of indexesOf(kinds, (kind) => kind === "tiff")) {
    if (taken.has(i)) continue;
    const named = (await omeNeighbours(sources, i)).filter((j) => !taken.has(j));
    const group = [i, ...named];
    for (const j of group) taken.add(j);
    groups.push(group);
  }
  return groups;
}

function indexesOf<T>(values: readonly T[], isWanted: (value: T) => boolean): number[] {
  return values.map((value, i) => (isWanted(value) ? i : -1)).filter((i) => i >= 0);
}
