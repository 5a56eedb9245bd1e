import type { TiffDirectory, TiffFile } from "./directory.ts";
import { TAG } from "./tags.ts";
import { readNumber, readText } from "./values.ts";

/** What the tags and the description of the first image say besides pixels. */
export interface SlideMetadata {
  readonly vendor: "aperio" | "philips" | "leica" | "ome" | "generic";
  /** Micrometres per pixel, or null when the file does not say so plausibly. */
  readonly mppX: number | null;
  readonly mppY: number | null;
  readonly objectivePower: number | null;
  readonly properties: Readonly<Record<string, string>>;
}

/** Plausible pixel sizes of a microscope slide, in micrometres; a desktop scanner's 300 dpi would be 85. */
const PLAUSIBLE_UM = { least: 0.02, most: 100 };
/** Resolutions that programs write when they know none, in pixels per inch. */
const DEFAULT_DPI = [1, 72, 75, 90, 96, 100, 120, 150, 200, 300, 600];
/** Longest property kept, in characters. */
const MAX_PROPERTY = 1000;
/** Properties kept of one description; Aperio's scanners write some thirty. */
const MAX_PROPERTIES = 1000;

/** Reads the description and the resolution of one page. Never throws for what is missing or odd. */
export async function readMetadata(
  file: TiffFile,
  directory: TiffDirectory,
  description: string,
): Promise<SlideMetadata> {
  const properties: Record<string, string> = {};
  for (const [name, tag] of [
    ["tiff.Make", TAG.make],
    ["tiff.Model", TAG.model],
    ["tiff.Software", TAG.software],
  ] as const) {
    const text = (await readText(file, directory, tag)).trim();
    if (text !== "") properties[name] = text.slice(0, MAX_PROPERTY);
  }
  if (description !== "") properties["tiff.ImageDescription"] = description.slice(0, MAX_PROPERTY);
  const resolution = await readResolution(file, directory, properties);
  if (/^aperio/i.test(description)) return aperioMetadata(description, properties, resolution);
  if (description.includes("<OME") || description.includes("openmicroscopy.org/Schemas/OME")) {
    return omeMetadata(description, properties, resolution);
  }
  const isPhilips = properties["tiff.Software"]?.startsWith("Philips") || description.includes("DPUfsImport");
  const isLeica = description.includes("leica-microsystems.com/scn");
  const vendor = isPhilips ? "philips" : isLeica ? "leica" : "generic";
  return { vendor, ...resolution, objectivePower: null, properties };
}

interface Resolution {
  readonly mppX: number | null;
  readonly mppY: number | null;
}

/** "Aperio Image Library v11 ... |AppMag = 20|MPP = 0.4990|..." */
function aperioMetadata(
  description: string,
  properties: Record<string, string>,
  resolution: Resolution,
): SlideMetadata {
  for (const part of description.split("|", MAX_PROPERTIES).slice(1)) {
    const [name, ...value] = part.split("=");
    if (name !== undefined && value.length > 0) {
      properties[`aperio.${name.trim()}`] = value.join("=").trim().slice(0, MAX_PROPERTY);
    }
  }
  const mpp = plausible(Number(properties["aperio.MPP"]));
  const power = Number(properties["aperio.AppMag"]);
  return {
    vendor: "aperio",
    mppX: mpp ?? resolution.mppX,
    mppY: mpp ?? resolution.mppY,
    objectivePower: power > 0 && power <= 1000 ? power : null,
    properties,
  };
}

/** Physical sizes of the first Pixels element of OME-XML, with the units that the schema allows for lengths. */
function omeMetadata(description: string, properties: Record<string, string>, resolution: Resolution): SlideMetadata {
  const pixels = pixelsElement(description);
  const attribute = (name: string) => new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(pixels)?.[1];
  for (const name of ["SizeX", "SizeY", "SizeC", "SizeZ", "SizeT", "PhysicalSizeX", "PhysicalSizeY"]) {
    const value = attribute(name);
    if (value !== undefined) properties[`ome.${name}`] = value;
  }
  const inUm = (axis: "X" | "Y") => {
    const unit = attribute(`PhysicalSize${axis}Unit`) ?? "µm";
    const factor = { µm: 1, um: 1, "&#181;m": 1, "&#xB5;m": 1, nm: 1e-3, mm: 1e3, cm: 1e4 }[unit];
    return plausible(Number(attribute(`PhysicalSize${axis}`)) * (factor ?? Number.NaN));
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

/** The first Pixels element; a search for its end by expression would start again at each of many without one. */
function pixelsElement(xml: string): string {
  const start = /<(?:\w+:)?Pixels\b/.exec(xml)?.index;
  if (start === undefined) return "";
  const end = xml.indexOf(">", start);
  return end < 0 ? "" : xml.slice(start, end + 1);
}

/** XResolution, YResolution with a unit of inch (2) or centimetre (3); null for what no microscope writes. */
async function readResolution(
  file: TiffFile,
  directory: TiffDirectory,
  properties: Record<string, string>,
): Promise<Resolution> {
  const x = await readNumber(file, directory, TAG.xResolution, Number.NaN);
  const y = await readNumber(file, directory, TAG.yResolution, x);
  const unit = await readNumber(file, directory, TAG.resolutionUnit, 2);
  if (Number.isFinite(x)) {
    properties["tiff.XResolution"] = String(x);
    properties["tiff.YResolution"] = String(y);
    properties["tiff.ResolutionUnit"] = unit === 2 ? "inch" : unit === 3 ? "centimetre" : "none";
  }
  const umPerUnit = unit === 2 ? 25400 : unit === 3 ? 10000 : Number.NaN;
  if (isDefault(x, unit) && isDefault(y, unit)) return { mppX: null, mppY: null };
  const mppX = plausible(umPerUnit / x);
  const mppY = plausible(umPerUnit / y);
  return mppX !== null && mppY !== null ? { mppX, mppY } : { mppX: null, mppY: null };
}

function isDefault(resolution: number, unit: number): boolean {
  const dpi = unit === 3 ? resolution * 2.54 : resolution;
  return DEFAULT_DPI.some((value) => Math.abs(dpi - value) < 0.6);
}

function plausible(um: number): number | null {
  return um >= PLAUSIBLE_UM.least && um <= PLAUSIBLE_UM.most ? um : null;
}
