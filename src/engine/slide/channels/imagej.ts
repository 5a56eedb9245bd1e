import { lengthInUm } from "../length-units.ts";
import { plausibleMpp } from "../tiff/properties.ts";
import type { PixelSize } from "../types.ts";

/** What ImageJ writes into the description of the first page ("ImageJ=1.53c", "images=6", "channels=2", ...). */
export interface ImageJStack {
  readonly channels: number;
  readonly slices: number;
  readonly frames: number;
  /** Micrometres of one unit of length, or null. */
  readonly umPerUnit: number | null;
  /** Micrometres between slices, or null. */
  readonly umZ: number | null;
  readonly properties: Readonly<Record<string, string>>;
}

const KEPT = ["ImageJ", "images", "channels", "slices", "frames", "hyperstack", "mode", "unit", "spacing"];

/** Null for a description that is not ImageJ's. */
export function parseImageJ(description: string): ImageJStack | null {
  if (!description.startsWith("ImageJ=")) return null;
  const values = new Map<string, string>();
  for (const line of description.slice(0, 65_536).split("\n")) {
    const at = line.indexOf("=");
    if (at > 0) values.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  const count = (name: string, fallback: number) => {
    const value = Number(values.get(name));
    return Number.isInteger(value) && value >= 1 && value <= 1_000_000 ? value : fallback;
  };
  const channels = count("channels", 1);
  const frames = count("frames", 1);
  // A plain stack says only how many images it holds.
  const slices = count("slices", Math.max(1, Math.floor(count("images", 1) / (channels * frames))));
  const umPerUnit = lengthInUm("1", unitOf(values.get("unit") ?? ""));
  const umZ = umPerUnit === null ? null : lengthInUm(values.get("spacing"), "µm");
  return {
    channels,
    slices,
    frames,
    umPerUnit,
    umZ: umZ === null || umPerUnit === null ? null : umZ * umPerUnit,
    properties: Object.fromEntries(
      KEPT.flatMap((name) => {
        const value = values.get(name);
        return value === undefined ? [] : [[`imagej.${name}`, value.slice(0, 100)]];
      }),
    ),
  };
}

/** ImageJ gives the resolution in pixels per its own unit, whatever the resolution's unit says. */
export function imageJPixelSize(
  { umPerUnit }: ImageJStack,
  properties: Readonly<Record<string, string>>,
): PixelSize | null {
  if (umPerUnit === null) return null;
  const mppX = plausibleMpp(umPerUnit / Number(properties["tiff.XResolution"]));
  const mppY = plausibleMpp(umPerUnit / Number(properties["tiff.YResolution"]));
  return mppX === null || mppY === null ? null : { mppX, mppY, origin: "file" };
}

/** "\u00B5m" is how ImageJ writes µm. */
function unitOf(unit: string): string {
  return unit.replace(/\\u00b5/i, "µ").replace(/^microns?$/, "µm");
}
