import { isAppError } from "../../base/errors.ts";
import type { ByteSource } from "../types.ts";
import { parseTiffHeader, readDirectory } from "./directory.ts";
import { TAG } from "./tags.ts";
import { readText } from "./values.ts";

/** Files of one image that are looked at. */
const MAX_FILES = 512;

/**
 * Indexes of the files that make one image with `sources[first]`, a TIFF, by what its OME-XML names: the files of its
 * planes, or the companion file that describes it and its other files too. None for any other TIFF. Only what makes the
 * choice is read of the XML, by its attributes; the reader of OME-TIFF parses it.
 */
export async function omeNeighbours(sources: readonly ByteSource[], first: number): Promise<number[]> {
  const own = await omeOf(sources[first]);
  if (!own) return [];
  const names = new Set([...own.fileNames, ...(own.companion === null ? [] : [own.companion])]);
  const found: number[] = [];
  for (const [i, source] of sources.slice(0, MAX_FILES).entries()) {
    if (i === first) continue;
    const isNamed = names.has(source.name);
    const isSibling = own.companion !== null && (await omeOf(source))?.companion === own.companion;
    if (isNamed || isSibling) found.push(i);
  }
  return found;
}

/** True for a TIFF whose OME-XML names other files, so that it is worth looking for them. */
export async function namesNeighbours(source: ByteSource): Promise<boolean> {
  const own = await omeOf(source);
  return own !== null && (own.companion !== null || own.fileNames.some((name) => name !== source.name));
}

interface OmeNames {
  readonly fileNames: readonly string[];
  /** Name of the file that describes this one instead; null where it describes itself. */
  readonly companion: string | null;
}

async function omeOf(source: ByteSource | undefined): Promise<OmeNames | null> {
  if (!source) return null;
  const description = await descriptionOf(source);
  if (!/<(\w+:)?OME[\s>]/.test(description)) return null;
  const companion = /<(?:\w+:)?BinaryOnly\b[^>]*\bMetadataFile\s*=\s*["']([^"'<]+)["']/.exec(description)?.[1];
  const fileNames = Array.from(description.matchAll(/\bFileName\s*=\s*["']([^"'<]+)["']/g), ([, name = ""]) => name);
  return { fileNames: fileNames.map(baseName), companion: companion === undefined ? null : baseName(companion) };
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).replaceAll("&amp;", "&");
}

/** ImageDescription of the first directory; "" for what is no sound TIFF. */
async function descriptionOf(source: ByteSource): Promise<string> {
  try {
    const file = parseTiffHeader(source, await source.read(0, Math.min(16, source.size)));
    if (!file) return "";
    return await readText(file, await readDirectory(file, file.firstDirectory, new Set()), TAG.imageDescription);
  } catch (error) {
    if (isAppError(error) && error.code !== "slide/unreadable") return "";
    throw error;
  }
}
