import type { Rgb } from "../channels/colours.ts";
import { lengthInUm } from "../length-units.ts";
import { parseXml, type XmlElement, xmlChild, xmlChildren, xmlDescendants } from "../xml.ts";

/** What OME-XML (schema 2016-06 and before) says of the pictures of a file, as far as it is needed to show them. */
export interface OmeModel {
  /** Of the file that holds the XML; null where it has none. */
  readonly uuid: string | null;
  readonly creator: string;
  /** The companion file that describes this file instead, or null. */
  readonly metadataFile: string | null;
  readonly images: readonly OmeImage[];
}

export interface OmeImage {
  readonly name: string;
  readonly acquired: string;
  readonly pixelType: string;
  /** Slowest last, such as "XYCZT". */
  readonly dimensionOrder: string;
  readonly sizeX: number;
  readonly sizeY: number;
  readonly sizeZ: number;
  readonly sizeC: number;
  readonly sizeT: number;
  /** Micrometres, or null where the file does not say. */
  readonly umX: number | null;
  readonly umY: number | null;
  readonly umZ: number | null;
  readonly significantBits: number | null;
  /** At least one; their samples together are `sizeC`. */
  readonly channels: readonly OmeChannel[];
  readonly tiffData: readonly OmeTiffData[];
  readonly objectivePower: number | null;
}

export interface OmeChannel {
  /** "" where it has none. */
  readonly name: string;
  readonly fluor: string;
  readonly samples: number;
  readonly colour: Rgb | null;
  readonly emissionNm: number | null;
}

/** Where planes lie: `planeCount` of them from (firstZ, firstC, firstT) on, in the order of the dimensions, from page `ifd` on. */
export interface OmeTiffData {
  readonly firstZ: number;
  readonly firstC: number;
  readonly firstT: number;
  readonly ifd: number;
  /** Null where it is left out. */
  readonly planeCount: number | null;
  /** Null: the file that holds the XML. */
  readonly fileName: string | null;
  readonly uuid: string | null;
}

/** Planes along one axis at most; more is no microscope's. */
const MAX_SIZE = 1_000_000;
/** Pictures of one file that are looked at. */
const MAX_IMAGES = 64;
const MAX_CHANNELS = 1024;

/** True for a description that is OME-XML. */
export function isOme(description: string): boolean {
  return /<(\w+:)?OME\b/.test(description.slice(0, 4096)) && description.includes("openmicroscopy.org/Schemas");
}

/** Throws as `parseXml`. */
export function parseOme(text: string): OmeModel {
  const root = parseXml(text);
  const objectives = xmlDescendants(root, "Objective");
  const binaryOnly = xmlChild(root, "BinaryOnly");
  return {
    uuid: root.attributes.get("UUID") ?? null,
    creator: root.attributes.get("Creator") ?? "",
    metadataFile: binaryOnly?.attributes.get("MetadataFile") ?? null,
    images: xmlChildren(root, "Image")
      .slice(0, MAX_IMAGES)
      .flatMap((image) => parseImage(image, objectives) ?? []),
  };
}

function parseImage(element: XmlElement, objectives: readonly XmlElement[]): OmeImage | null {
  const pixels = xmlChild(element, "Pixels");
  if (!pixels) return null;
  const attribute = (name: string) => pixels.attributes.get(name);
  const sizeC = sizeOf(attribute("SizeC"));
  return {
    name: element.attributes.get("Name") ?? "",
    acquired: xmlChild(element, "AcquisitionDate")?.text ?? "",
    pixelType: attribute("Type") ?? attribute("PixelType") ?? "",
    dimensionOrder: attribute("DimensionOrder") ?? "XYZCT",
    sizeX: sizeOf(attribute("SizeX")),
    sizeY: sizeOf(attribute("SizeY")),
    sizeZ: sizeOf(attribute("SizeZ")),
    sizeC,
    sizeT: sizeOf(attribute("SizeT")),
    umX: lengthInUm(attribute("PhysicalSizeX"), attribute("PhysicalSizeXUnit")),
    umY: lengthInUm(attribute("PhysicalSizeY"), attribute("PhysicalSizeYUnit")),
    umZ: lengthInUm(attribute("PhysicalSizeZ"), attribute("PhysicalSizeZUnit")),
    significantBits: countOf(attribute("SignificantBits")),
    channels: parseChannels(pixels, sizeC),
    tiffData: xmlChildren(pixels, "TiffData").map(parseTiffData),
    objectivePower: powerOf(element, objectives),
  };
}

/** Where no channel is described, or fewer than `sizeC` holds, one is taken for each sample. */
function parseChannels(pixels: XmlElement, sizeC: number): OmeChannel[] {
  const described = xmlChildren(pixels, "Channel").map((channel): OmeChannel => {
    const attribute = (name: string) => channel.attributes.get(name);
    const emissionUm = lengthInUm(attribute("EmissionWavelength"), attribute("EmissionWavelengthUnit") ?? "nm");
    return {
      name: attribute("Name")?.trim() ?? "",
      fluor: attribute("Fluor")?.trim() ?? "",
      samples: countOf(attribute("SamplesPerPixel")) ?? 1,
      colour: colourOf(attribute("Color")),
      emissionNm: emissionUm === null ? null : emissionUm * 1000,
    };
  });
  if (described.length > 0) return described.slice(0, Math.min(sizeC, MAX_CHANNELS));
  const plain: OmeChannel = { name: "", fluor: "", samples: 1, colour: null, emissionNm: null };
  return Array.from({ length: Math.min(sizeC, MAX_CHANNELS) }, () => plain);
}

function parseTiffData(element: XmlElement): OmeTiffData {
  const attribute = (name: string) => countOf(element.attributes.get(name));
  const uuid = xmlChild(element, "UUID");
  const count = attribute("PlaneCount") ?? attribute("NumPlanes");
  // One page where a page is named, else all of them.
  const hasPage = element.attributes.has("IFD");
  return {
    firstZ: attribute("FirstZ") ?? 0,
    firstC: attribute("FirstC") ?? 0,
    firstT: attribute("FirstT") ?? 0,
    ifd: attribute("IFD") ?? 0,
    planeCount: count ?? (hasPage ? 1 : null),
    fileName: uuid?.attributes.get("FileName") ?? null,
    uuid: uuid?.text || null,
  };
}

/** Of the objective that the image names, else of the first. */
function powerOf(image: XmlElement, objectives: readonly XmlElement[]): number | null {
  const settings = xmlChild(image, "ObjectiveSettings") ?? xmlChild(image, "ObjectiveRef");
  const id = settings?.attributes.get("ID");
  const objective = objectives.find(({ attributes }) => attributes.get("ID") === id) ?? objectives[0];
  const power = Number(objective?.attributes.get("NominalMagnification"));
  return power > 0 && power <= 1000 ? power : null;
}

/** OME writes red, green, blue and alpha as one signed number of 32 bits. */
function colourOf(value: string | undefined): Rgb | null {
  if (value === undefined || !/^-?\d{1,10}$/.test(value.trim())) return null;
  const rgba = Number(value) >>> 0;
  return [rgba >>> 24, (rgba >>> 16) & 255, (rgba >>> 8) & 255];
}

function countOf(value: string | undefined): number | null {
  if (value === undefined || !/^\d{1,9}$/.test(value.trim())) return null;
  return Number(value);
}

function sizeOf(value: string | undefined): number {
  return Math.min(MAX_SIZE, Math.max(1, countOf(value) ?? 1));
}
