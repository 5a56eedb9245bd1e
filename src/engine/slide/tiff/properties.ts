import type { PixelSize } from "../types.ts";
import type { TiffDirectory, TiffFile } from "./directory.ts";
import { TAG } from "./tags.ts";
import { readNumber, readText } from "./values.ts";

/** Micrometres per pixel; null for what the file does not say plausibly. */
export interface Resolution {
  readonly mppX: number | null;
  readonly mppY: number | null;
}

/** Plausible pixel sizes of a microscope slide, in micrometres; a desktop scanner's 300 dpi would be 85. */
const PLAUSIBLE_UM = { least: 0.02, most: 100 };
/** Resolutions that programs write when they know none, in pixels per inch. */
const DEFAULT_DPI = [1, 72, 75, 90, 96, 100, 120, 150, 200, 300, 600];
/** Longest property kept, in characters. */
const MAX_PROPERTY = 1000;

const TEXT_TAGS = [
  ["tiff.Make", TAG.make],
  ["tiff.Model", TAG.model],
  ["tiff.Software", TAG.software],
  ["tiff.DateTime", TAG.dateTime],
  ["tiff.Artist", TAG.artist],
  ["tiff.HostComputer", TAG.hostComputer],
  ["tiff.Copyright", TAG.copyright],
  ["tiff.DocumentName", TAG.documentName],
] as const;
const NUMBER_TAGS = [
  ["tiff.XResolution", TAG.xResolution],
  ["tiff.YResolution", TAG.yResolution],
  ["tiff.XPosition", TAG.xPosition],
  ["tiff.YPosition", TAG.yPosition],
] as const;

/** What a directory's own tags say, under the names that OpenSlide gives them. Never throws for what is missing or odd. */
export async function readTagProperties(
  file: TiffFile,
  directory: TiffDirectory,
): Promise<{ readonly properties: Record<string, string>; readonly resolution: Resolution }> {
  const properties: Record<string, string> = {};
  for (const [name, tag] of TEXT_TAGS) setProperty(properties, name, await readText(file, directory, tag));
  for (const [name, tag] of NUMBER_TAGS) {
    const value = await readNumber(file, directory, tag, Number.NaN);
    if (Number.isFinite(value)) properties[name] = String(value);
  }
  const unit = await readNumber(file, directory, TAG.resolutionUnit, 2);
  properties["tiff.ResolutionUnit"] = ["unknown", "none", "inch", "centimeter"][unit] ?? "unknown";
  return { properties, resolution: resolutionOf(properties, unit) };
}

/** Sets a property to the trimmed text, cut to 1,000 characters; an empty text sets none. */
export function setProperty(properties: Record<string, string>, name: string, text: string | undefined): void {
  const value = text?.trim() ?? "";
  if (value !== "" && name !== "__proto__") properties[name] = value.slice(0, MAX_PROPERTY);
}

/** The pixel size in micrometres, or null when no microscope has such a one. */
export function plausibleMpp(um: number): number | null {
  return um >= PLAUSIBLE_UM.least && um <= PLAUSIBLE_UM.most ? um : null;
}

/** The objective's power, or null for what is none. */
export function plausiblePower(power: number): number | null {
  return power > 0 && power <= 1000 ? power : null;
}

/** The pixel size of a page as it is shown: orientations 5 to 8 swap its axes. Null unless both axes are known. */
export function pixelSizeOf({ mppX, mppY }: Resolution, orientation = 1): PixelSize | null {
  if (mppX === null || mppY === null) return null;
  const isSwapped = orientation >= 5 && orientation <= 8;
  return { mppX: isSwapped ? mppY : mppX, mppY: isSwapped ? mppX : mppY, origin: "file" };
}

/** XResolution, YResolution with a unit of inch (2) or centimetre (3); null for what no microscope writes. */
function resolutionOf(properties: Readonly<Record<string, string>>, unit: number): Resolution {
  const x = Number(properties["tiff.XResolution"] ?? Number.NaN);
  const y = Number(properties["tiff.YResolution"] ?? x);
  const umPerUnit = unit === 2 ? 25400 : unit === 3 ? 10000 : Number.NaN;
  if (isDefault(x, unit) && isDefault(y, unit)) return { mppX: null, mppY: null };
  const mppX = plausibleMpp(umPerUnit / x);
  const mppY = plausibleMpp(umPerUnit / y);
  return mppX !== null && mppY !== null ? { mppX, mppY } : { mppX: null, mppY: null };
}

function isDefault(resolution: number, unit: number): boolean {
  const dpi = unit === 3 ? resolution * 2.54 : resolution;
  return DEFAULT_DPI.some((value) => Math.abs(dpi - value) < 0.6);
}
