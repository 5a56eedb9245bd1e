import type { OpenContext, SlideContent } from "../content.ts";
import { openAperio } from "../vendors/aperio.ts";
import { openGeneric } from "../vendors/generic.ts";
import { openLeica } from "../vendors/leica.ts";
import { openNdpi } from "../vendors/ndpi.ts";
import { openOme } from "../vendors/ome.ts";
import { openPhilips } from "../vendors/philips.ts";
import { openStack } from "../vendors/stack.ts";
import { openTrestle } from "../vendors/trestle.ts";
import { openVentana } from "../vendors/ventana.ts";
import { withColourProfile } from "./colour-profile.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPages } from "./pages.ts";
import { readTiffPages } from "./read-pages.ts";

/** Null when the pages are not of its vendor. */
type VendorReader = (tiff: TiffPages, context: OpenContext) => Promise<SlideContent | null>;

/** The first that knows the pages as its own reads them. */
const VENDORS: readonly VendorReader[] = [
  openNdpi,
  openAperio,
  openVentana,
  openLeica,
  openPhilips,
  openTrestle,
  openOme,
  openStack,
  openGeneric,
];

/** Reads the directories and sorts the pages; decodes nothing. Every refusal is an AppError of `slide/...`. */
export async function openTiff(file: TiffFile, context: OpenContext): Promise<SlideContent> {
  const tiff = await readTiffPages(file);
  for (const openVendor of VENDORS) {
    const content = await openVendor(tiff, context);
    if (content) return withColourProfile(content, tiff);
  }
  throw new RangeError("no reader takes any TIFF");
}
