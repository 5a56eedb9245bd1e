import { AppError } from "../../base/errors.ts";
import type { OpenContext, SlideContent } from "../content.ts";
import { openGeneric } from "../vendors/generic.ts";
import { openOme } from "../vendors/ome.ts";
import { openStack } from "../vendors/stack.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";
import type { TiffPages } from "./pages.ts";
import { readTiffPages } from "./read-pages.ts";
import { TAG } from "./tags.ts";
import { readBytes } from "./values.ts";

/** Null when the pages are not of its vendor. */
type VendorReader = (tiff: TiffPages, context: OpenContext) => Promise<SlideContent | null>;

/** The first that knows the pages as its own reads them. */
const VENDORS: readonly VendorReader[] = [openOme, openStack, openGeneric];

/** Reads the directories and sorts the pages; decodes nothing. Every refusal is an AppError of `slide/...`. */
export async function openTiff(file: TiffFile, context: OpenContext): Promise<SlideContent> {
  const tiff = await readTiffPages(file);
  if (tiff.pages[0]?.directory.entries.has(TAG.ndpiMark)) throw refuseVendor("a Hamamatsu NDPI slide");
  await refuseBif(file, tiff.pages);
  for (const openVendor of VENDORS) {
    const content = await openVendor(tiff, context);
    if (content) return content;
  }
  throw new RangeError("no reader takes any TIFF");
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
