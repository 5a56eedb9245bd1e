import { packFilesFromUrl } from "./files.ts";
import { loadPack } from "./parse.ts";
import type { LoadedPack } from "./types.ts";

/** The pack whose folder lies at `href`, an absolute address with a closing slash. Throws as `loadPack`. */
export async function loadPackFromUrl(href: string): Promise<LoadedPack> {
  return await loadPack(packFilesFromUrl(href));
}
