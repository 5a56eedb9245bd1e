import { AppError } from "../../base/errors.ts";
import type { OpenContext, SlideContent } from "../content.ts";
import { openGeneric } from "../vendors/generic.ts";
import { openNdpi } from "../vendors/ndpi.ts";
import { readDirectory, readDirectoryChain, type TiffFile } from "./directory.ts";
import { readPage, type TiffPage } from "./page.ts";
import type { TiffPages } from "./pages.ts";
import { TAG } from "./tags.ts";
import { readBytes } from "./values.ts";

/** Null when the pages are not of its vendor. */
type VendorReader = (tiff: TiffPages, context: OpenContext) => Promise<SlideContent | null>;

/** The first that knows the pages as its own reads them. */
const VENDORS: readonly VendorReader[] = [openNdpi, openGeneric];

/** Reads the directories and sorts the pages; decodes nothing. Every refusal is an AppError of `slide/...`. */
export async function openTiff(file: TiffFile, context: OpenContext): Promise<SlideContent> {
  const visited = new Set<number>();
  const directories = await readDirectoryChain(file, visited);
  const pages: TiffPage[] = [];
  for (const [index, directory] of directories.entries()) {
    const page = await readPage(file, directory, index).catch((error: unknown) => {
      // A damaged label does not keep the slide closed; a damaged first image does.
      if (index === 0) throw error;
      return null;
    });
    if (page) pages.push(page);
  }
  await refuseBif(file, pages);
  const tiff = { file, pages, subPages: await readSubPages(file, pages, visited) };
  for (const openVendor of VENDORS) {
    const content = await openVendor(tiff, context);
    if (content) return content;
  }
  throw new RangeError("no reader takes any TIFF");
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

/** Ventana BIF tells itself in XMP; its tiles overlap, so reading it as plain TIFF would show torn tissue. */
async function refuseBif(file: TiffFile, pages: readonly TiffPage[]): Promise<void> {
  for (const page of pages.slice(0, 3)) {
    const xmp = await readBytes(file, page.directory, TAG.xmp);
    if (xmp && new TextDecoder("latin1").decode(xmp.subarray(0, 65536)).includes("<iScan")) {
      throw refuseVendor("a Ventana BIF slide");
    }
  }
}

function refuseVendor(what: string): AppError {
  return new AppError(
    "slide/unsupported-format",
    `Expected an Aperio SVS or a plain tiled TIFF, found ${what}, which cannot be opened yet. Export it as a pyramidal TIFF, for instance with QuPath or "vips tiffsave".`,
  );
}
