import { parseTiffHeader } from "../tiff/directory.ts";
import type { TiffPage } from "../tiff/page.ts";
import type { TiffPages } from "../tiff/pages.ts";
import { readTiffPages } from "../tiff/read-pages.ts";
import type { ByteSource } from "../types.ts";
import type { OmeModel } from "./model.ts";
import type { OmePlane, PlanePlace } from "./planes.ts";

/** The files of one OME-TIFF by the names that its XML gives them. */
export interface OmeFiles {
  /** False where the plane lies in a file that was not given. */
  has(place: PlanePlace): boolean;
  /** The pages of the file with the plane; other files than the first are opened when they are asked for. */
  pagesOf(place: PlanePlace): Promise<TiffPages | null>;
  /** Names of files that the planes lie in and that were not given, in the order of the planes. */
  missing(planes: readonly OmePlane[]): string[];
}

/**
 * `main` is the file that was opened first. A file that was renamed is still known by its UUID, or as the only one that
 * is named at all.
 */
export function omeFiles(
  main: TiffPages,
  model: OmeModel,
  { planes, sources }: { readonly planes: readonly OmePlane[]; readonly sources: readonly ByteSource[] },
): OmeFiles {
  const isAlone = new Set(planes.map(({ fileName }) => fileName)).size <= 1 && sources.length === 1;
  const byName = new Map(sources.map((source) => [baseName(source.name), source]));
  const opened = new Map<ByteSource, Promise<TiffPages | null>>([[main.file.source, Promise.resolve(main)]]);

  function sourceOf({ fileName, uuid }: PlanePlace): ByteSource | null {
    if (fileName === null) return main.file.source;
    const named = byName.get(baseName(fileName));
    if (named) return named;
    return isAlone || (uuid !== null && uuid === model.uuid) ? main.file.source : null;
  }

  return {
    has: (place) => sourceOf(place) !== null,
    async pagesOf(place) {
      const source = sourceOf(place);
      if (!source) return null;
      let pages = opened.get(source);
      if (!pages) {
        pages = openPages(source);
        opened.set(source, pages);
      }
      return await pages;
    },
    missing: (all) => [...new Set(all.flatMap((plane) => (sourceOf(plane) ? [] : [plane.fileName ?? ""])))],
  };
}

/** The page that a place names, or undefined where the file lacks it. */
export function pageAt({ pages }: TiffPages, { ifd }: PlanePlace): TiffPage | undefined {
  return pages.find(({ index }) => index === ifd);
}

/** Null for a file that is no TIFF. */
export async function openPages(source: ByteSource): Promise<TiffPages | null> {
  const file = parseTiffHeader(source, await source.read(0, Math.min(16, source.size)));
  return file && (await readTiffPages(file));
}

/** Without the folders that a writer may put before it. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
