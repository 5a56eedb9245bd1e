import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError } from "../engine/base/errors.ts";
import { dicomSeries } from "../engine/slide/dicom/series.ts";
import { groupSlideFiles, kindOf, MAX_SLIDE_FILES } from "../engine/slide/group-files.ts";
import { namesNeighbours, omeNeighbours } from "../engine/slide/tiff/ome-neighbours.ts";
import type { ByteSource } from "../engine/slide/types.ts";
import { fileSource } from "./file-source.ts";

/**
 * Paths of all files of the slide at `path`, the first one first. A folder: what lies in it and is one slide, by name. A
 * DICOM file: those beside it of its series too. A TIFF: those beside it that its OME-XML names. Throws `slide/unreadable`.
 */
export async function slidePaths(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return await pathsInFolder(path);
  // What is missing or no plain file gets its sentence when it is opened.
  if (!found?.isFile()) return [path];
  const own = await lazySource(path);
  const kind = await kindOf(own);
  if (kind === "dicom") return await seriesOf(path, own);
  if (kind !== "tiff" || !(await namesNeighbours(own))) return [path];
  const sources = [own, ...(await sourcesBeside(path))];
  const named = await omeNeighbours(sources, 0);
  return [path, ...named.map((i) => join(dirname(path), sources[i]?.name ?? ""))];
}

/** A folder of slides is no slide; pictures beside one may be. */
async function pathsInFolder(folder: string): Promise<string[]> {
  const sources = await sourcesIn(folder);
  const { slides } = await groupSlideFiles(sources);
  const [only] = slides;
  if (!only) {
    throw new AppError(
      "slide/unreadable",
      `Expected a slide's files in the folder ${folder}, found no file. Check the path.`,
    );
  }
  if (slides.length > 1) {
    throw new AppError(
      "slide/not-a-slide",
      `Expected the files of one slide in the folder ${folder}, found ${slides.length} slides or pictures. Give the path of one of them.`,
    );
  }
  return only.map((i) => join(folder, sources[i]?.name ?? ""));
}

async function seriesOf(path: string, own: ByteSource): Promise<string[]> {
  const series = await dicomSeries(own);
  if (series === null) return [path];
  const paths = [path];
  for (const source of await sourcesBeside(path)) {
    if ((await dicomSeries(source)) === series) paths.push(join(dirname(path), source.name));
  }
  return paths;
}

async function sourcesBeside(path: string): Promise<ByteSource[]> {
  return (await sourcesIn(dirname(path))).filter(({ name }) => name !== basename(path));
}

/** Plain files of a folder by name, hidden ones left out. */
async function sourcesIn(folder: string): Promise<ByteSource[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  const sources: ByteSource[] = [];
  for (const name of names.sort().slice(0, MAX_SLIDE_FILES)) {
    const path = join(folder, name);
    if ((await stat(path).catch(() => null))?.isFile()) sources.push(await lazySource(path));
  }
  return sources;
}

/** A file that is open only while it is read: more are looked at than may be open at once. */
async function lazySource(path: string): Promise<ByteSource> {
  return {
    name: basename(path),
    size: (await stat(path)).size,
    async read(offset, length) {
      const source = await fileSource(path);
      try {
        return await source.read(offset, length);
      } finally {
        await source.close();
      }
    },
  };
}
