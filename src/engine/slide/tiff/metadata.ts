import type { TiffDirectory, TiffFile } from "./directory.ts";
import { plausibleMpp, type Resolution, readTagProperties, setProperty } from "./properties.ts";

/** What the tags and the description of the first image say besides pixels. */
export interface SlideMetadata {
  readonly vendor: "ome" | "generic";
  /** Micrometres per pixel, or null when the file does not say so plausibly. */
  readonly mppX: number | null;
  readonly mppY: number | null;
  readonly objectivePower: number | null;
  readonly properties: Readonly<Record<string, string>>;
}

/** Reads the description and the resolution of one page. Never throws for what is missing or odd. */
export async function readMetadata(
  file: TiffFile,
  directory: TiffDirectory,
  description: string,
): Promise<SlideMetadata> {
  const { properties, resolution } = await readTagProperties(file, directory);
  setProperty(properties, "tiff.ImageDescription", description);
  if (description.includes("<OME") || description.includes("openmicroscopy.org/Schemas/OME")) {
    return omeMetadata(description, properties, resolution);
  }
  return { vendor: "generic", ...resolution, objectivePower: null, properties };
}

/** Physical sizes of the first Pixels element of OME-XML, with the units that the schema allows for lengths. */
function omeMetadata(description: string, properties: Record<string, string>, resolution: Resolution): SlideMetadata {
  const pixels = /<(?:\w+:)?Pixels\b[^>]*>/.exec(description)?.[0] ?? "";
  const attribute = (name: string) => new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(pixels)?.[1];
  for (const name of ["SizeX", "SizeY", "SizeC", "SizeZ", "SizeT", "PhysicalSizeX", "PhysicalSizeY"]) {
    const value = attribute(name);
    if (value !== undefined) properties[`ome.${name}`] = value;
  }
  const inUm = (axis: "X" | "Y") => {
    const unit = attribute(`PhysicalSize${axis}Unit`) ?? "µm";
    const factor = { µm: 1, um: 1, "&#181;m": 1, "&#xB5;m": 1, nm: 1e-3, mm: 1e3, cm: 1e4 }[unit];
    return plausibleMpp(Number(attribute(`PhysicalSize${axis}`)) * (factor ?? Number.NaN));
  };
  const power = /\bNominalMagnification\s*=\s*["']([\d.]+)["']/.exec(description)?.[1];
  const mppX = inUm("X");
  const mppY = inUm("Y");
  return {
    vendor: "ome",
    mppX: mppX ?? mppY ?? resolution.mppX,
    mppY: mppY ?? mppX ?? resolution.mppY,
    objectivePower: power === undefined ? null : Number(power),
    properties,
  };
}
