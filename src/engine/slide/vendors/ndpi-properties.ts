import type { TiffDirectory, TiffFile } from "../tiff/directory.ts";
import { readNumber, readText } from "../tiff/values.ts";
import { NDPI_TAG } from "./ndpi-tags.ts";

/** Longest property kept, in characters, and how many lines of the property map. */
const MAX_PROPERTY = 4000;
const MAX_PROPERTIES = 1000;

/** Numbers and texts of Hamamatsu's fields under the names that OpenSlide gives them, and three that it leaves out. */
export async function ndpiProperties(file: TiffFile, directory: TiffDirectory): Promise<Record<string, string>> {
  const properties: Record<string, string> = {};
  for (const [name, tag] of [
    ["SourceLens", NDPI_TAG.sourceLens],
    ["XOffsetFromSlideCentre", NDPI_TAG.xOffset],
    ["YOffsetFromSlideCentre", NDPI_TAG.yOffset],
    ["ZOffsetFromSlideCentre", NDPI_TAG.zOffset],
    ["CaptureMode", NDPI_TAG.captureMode],
  ] as const) {
    const value = await readNumber(file, directory, tag, Number.NaN);
    if (Number.isFinite(value)) properties[`hamamatsu.${name}`] = String(value);
  }
  for (const [name, tag] of [
    ["Reference", NDPI_TAG.reference],
    ["FilterSet", NDPI_TAG.filterSet],
  ] as const) {
    const value = untilZero(await readText(file, directory, tag));
    if (value !== "") properties[`hamamatsu.${name}`] = value.slice(0, MAX_PROPERTY);
  }
  const lines = untilZero(await readText(file, directory, NDPI_TAG.propertyMap)).split("\r\n");
  for (const line of lines.slice(0, MAX_PROPERTIES)) {
    const at = line.indexOf("=");
    const value = line.slice(at + 1);
    if (at > 0 && value !== "") properties[`hamamatsu.${line.slice(0, at)}`] = value.slice(0, MAX_PROPERTY);
  }
  return properties;
}

function untilZero(text: string): string {
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}
