import type { TiffDirectory, TiffFile } from "./directory.ts";
import { type Resolution, readTagProperties, setProperty } from "./properties.ts";

/** What the tags and the description of the first image say besides pixels. */
export interface SlideMetadata extends Resolution {
  readonly properties: Readonly<Record<string, string>>;
}

/** Reads the tags of one page and keeps its description. Never throws for what is missing or odd. */
export async function readMetadata(
  file: TiffFile,
  directory: TiffDirectory,
  description: string,
): Promise<SlideMetadata> {
  const { properties, resolution } = await readTagProperties(file, directory);
  setProperty(properties, "tiff.ImageDescription", description);
  return { ...resolution, properties };
}
