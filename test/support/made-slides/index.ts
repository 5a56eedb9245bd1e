import { DICOM_SLIDES } from "./dicom-slides.ts";
import { madeNdpi } from "./ndpi.ts";
import { fluorescenceSlide, type MadeFile, multiFileSlide, stainedOmeSlide } from "./ome.ts";
import { VENDOR_SLIDES } from "./vendors.ts";

/** The file of a slide, or its files, the first one first; with their names where these matter. */
export type MadeSlide = () => Promise<Uint8Array<ArrayBuffer> | Uint8Array<ArrayBuffer>[] | MadeFile[]>;

/**
 * Slides that tests write from the description of their format, by file name. The fuzzer damages each: whoever adds a writer
 * to this folder names at least one of its slides here.
 */
export const MADE_SLIDES: Readonly<Record<string, MadeSlide>> = {
  ...Object.fromEntries(Object.entries(VENDOR_SLIDES).map(([name, make]) => [name, async () => make()])),
  ...DICOM_SLIDES,
  "starts.ndpi": async () => madeNdpi(),
  "no-starts.ndpi": async () => madeNdpi({ hasStarts: false }),
  "fluorescence.ome.tif": async () => fluorescenceSlide(),
  "planes.ome.tif": async () => fluorescenceSlide({ depth: 3 }),
  "stained.ome.tif": async () => stainedOmeSlide(),
  "multi-file.ome.tif": async () => multiFileSlide(),
};
