import { readDirectory, readDirectoryChain, type TiffFile } from "./directory.ts";
import { readPage, type TiffPage } from "./page.ts";
import type { TiffPages } from "./pages.ts";

/**
 * All images of a file with their SubIFDs; decodes nothing. A damaged later image is left out, a damaged first one is
 * refused. Throws as `readDirectoryChain` and `readPage`.
 */
export async function readTiffPages(file: TiffFile): Promise<TiffPages> {
  const visited = new Set<number>();
  const pages: TiffPage[] = [];
  for (const [index, directory] of (await readDirectoryChain(file, visited)).entries()) {
    const page = await readPage(file, directory, index).catch((error: unknown) => {
      // A damaged label does not keep the slide closed; a damaged first image does.
      if (index === 0) throw error;
      return null;
    });
    if (page) pages.push(page);
  }
  return { file, pages, subPages: await readSubPages(file, pages, visited) };
}

async function readSubPages(
  file: TiffFile,
  pages: readonly TiffPage[],
  visited: Set<number>,
): Promise<Map<number, TiffPage[]>> {
  const found = new Map<number, TiffPage[]>();
  for (const page of pages) {
    const children: TiffPage[] = [];
    for (const offset of page.subDirectories) {
      if (offset === 0) continue;
      const directory = await readDirectory(file, offset, visited);
      const child = await readPage(file, directory, page.index).catch(() => null);
      if (child) children.push(child);
    }
    if (children.length > 0) found.set(page.index, children);
  }
  return found;
}
