import { AppError } from "../../base/errors.ts";
import { parseXml, type XmlElement, xmlChild, xmlChildren, xmlDescendants } from "../xml.ts";

/** A slide of a Leica SCN400 as its description says: pictures of parts of it, placed in nanometres. */
export interface LeicaCollection {
  readonly barcode: string;
  readonly widthNm: number;
  readonly heightNm: number;
  readonly images: readonly LeicaImage[];
}

export interface LeicaImage {
  readonly name: string;
  readonly creationDate: string;
  readonly deviceModel: string;
  readonly deviceVersion: string;
  readonly illuminationSource: string;
  readonly objective: string;
  readonly aperture: string;
  readonly xNm: number;
  readonly yNm: number;
  readonly widthNm: number;
  readonly heightNm: number;
  /** Covers the whole collection. */
  readonly isMacro: boolean;
  /** Finest first; all planes of focus and channels. */
  readonly dimensions: readonly [LeicaDimension, ...LeicaDimension[]];
}

/** One directory of the file. */
export interface LeicaDimension {
  readonly directory: number;
  readonly width: number;
  readonly height: number;
  readonly plane: number;
  readonly channel: number;
}

/** Longest edge of a collection: a slide has 76 mm, a carrier of several a few times that. */
const MAX_NM = 1e9;
/** Images and dimensions that are looked at; a file holds no more than 256 directories. */
const MAX_PARTS = 256;

/**
 * Null when the text is no description of this kind. Throws `slide/malformed` when it is one that is damaged.
 * The namespaces .../scn/2010/03/10 and .../scn/2010/10/01 say the same.
 */
export function parseLeicaDescription(text: string): LeicaCollection | null {
  if (!text.includes("leica-microsystems.com/scn/")) return null;
  const collection = xmlDescendants(parseXml(text), "collection")[0];
  if (!collection) throw malformed("a collection of images", "none");
  const widthNm = lengthOf(collection, "sizeX");
  const heightNm = lengthOf(collection, "sizeY");
  const images = xmlChildren(collection, "image").slice(0, MAX_PARTS);
  return {
    barcode: decodeBase64(xmlChild(collection, "barcode")?.text ?? ""),
    widthNm,
    heightNm,
    images: images.flatMap((image) => parseImage(image, widthNm, heightNm) ?? []),
  };
}

/** Null for an image of no directory. */
function parseImage(image: XmlElement, collectionWidth: number, collectionHeight: number): LeicaImage | null {
  const view = xmlChild(image, "view");
  if (!view) throw malformed("the place of each image", "none");
  const device = xmlChild(image, "device");
  const settings = xmlChild(image, "scanSettings");
  const illumination = xmlChild(settings, "illuminationSettings");
  const dimensions = xmlChildren(xmlChild(image, "pixels"), "dimension").slice(0, MAX_PARTS).map(parseDimension);
  const [finest, ...coarser] = dimensions.sort((a, b) => b.width - a.width);
  if (!finest) return null;
  const xNm = numberOf(view, "offsetX");
  const yNm = numberOf(view, "offsetY");
  const widthNm = lengthOf(view, "sizeX");
  const heightNm = lengthOf(view, "sizeY");
  return {
    name: image.attributes.get("name") ?? "",
    creationDate: xmlChild(image, "creationDate")?.text ?? "",
    deviceModel: device?.attributes.get("model") ?? "",
    deviceVersion: device?.attributes.get("version") ?? "",
    illuminationSource: xmlChild(illumination, "illuminationSource")?.text ?? "",
    objective: xmlChild(xmlChild(settings, "objectiveSettings"), "objective")?.text ?? "",
    aperture: xmlChild(illumination, "numericalAperture")?.text ?? "",
    xNm,
    yNm,
    widthNm,
    heightNm,
    isMacro: xNm === 0 && yNm === 0 && widthNm === collectionWidth && heightNm === collectionHeight,
    dimensions: [finest, ...coarser],
  };
}

function parseDimension(dimension: XmlElement): LeicaDimension {
  return {
    directory: numberOf(dimension, "ifd"),
    width: lengthOf(dimension, "sizeX"),
    height: lengthOf(dimension, "sizeY"),
    plane: numberOf(dimension, "z", 0),
    channel: numberOf(dimension, "c", 0),
  };
}

function numberOf(element: XmlElement, name: string, fallback?: number): number {
  const text = element.attributes.get(name);
  if (text === undefined && fallback !== undefined) return fallback;
  const value = Number(text ?? Number.NaN);
  if (text?.trim() !== "" && Math.abs(value) <= MAX_NM) return value;
  throw malformed(`a number as ${name} of ${element.name}`, text ?? "none");
}

function lengthOf(element: XmlElement, name: string): number {
  const value = numberOf(element, name);
  if (value > 0) return value;
  throw malformed(`a length above 0 as ${name} of ${element.name}`, String(value));
}

/** The text itself when it is not Base64 of text. */
function decodeBase64(text: string): string {
  try {
    const decoded = new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.from(atob(text), (char) => char.charCodeAt(0)),
    );
    return /\p{Cc}/u.test(decoded) ? text : decoded;
  } catch {
    return text;
  }
}

function malformed(expected: string, found: string): AppError {
  return new AppError(
    "slide/malformed",
    `Expected ${expected} in the description of the Leica slide, found ${found.slice(0, 40)}; the file is damaged. Copy or download it again.`,
  );
}
