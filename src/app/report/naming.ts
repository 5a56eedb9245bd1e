import type { OpenSlide } from "../state/slide.ts";
import { baseName } from "./download.ts";

/** A file ready to be handed out. */
export interface HandedFile {
  readonly blob: Blob;
  readonly name: string;
}

/** What a file may tell of where it is from. */
export interface NamingOptions {
  /** Whether the name of the slide's file, which may hold a patient's, goes into files and onto them. */
  readonly hasName: boolean;
}

/**
 * How files about a slide are called: after the slide where whoever hands them out wants it or it is the synthetic one, else after the first letters
 * of its fingerprint, so that all files of one slide go together and name nobody.
 */
export async function outputName(slide: OpenSlide, { hasName }: NamingOptions): Promise<string> {
  if (hasName || slide.isDemo) return baseName(slide.info.name);
  const known = await slide.fingerprint;
  return known ? `slide ${known.sha256.slice(0, 8)}` : "slide";
}
