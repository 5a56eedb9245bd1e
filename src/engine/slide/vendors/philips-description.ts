import { AppError } from "../../base/errors.ts";
import { setProperty } from "../tiff/properties.ts";
import { parseXml, type XmlElement, xmlChild, xmlChildren } from "../xml.ts";

/** What Philips writes of a slide, as its objects of attributes. */
export interface PhilipsDescription {
  readonly properties: Readonly<Record<string, string>>;
  /** Of each level in the order of the file, or null where it is not said. */
  readonly spacings: readonly (PixelSpacing | null)[];
  /** JPEG streams in Base64. */
  readonly label: string | null;
  readonly macro: string | null;
}

/** Millimetres between pixels. */
export interface PixelSpacing {
  readonly x: number;
  readonly y: number;
}

const SCANNED_IMAGES = "PIM_DP_SCANNED_IMAGES";
const LEVELS = "PIIM_PIXEL_DATA_REPRESENTATION_SEQUENCE";
const MAX_PROPERTIES = 2000;
const MAX_LEVELS = 64;

/** Null when the text is no `DPUfsImport` object. Throws `slide/malformed` when it is one that is damaged. */
export function parsePhilipsDescription(text: string): PhilipsDescription | null {
  if (!text.includes("DPUfsImport")) return null;
  const root = parseXml(text);
  if (root.name !== "DataObject" || root.attributes.get("ObjectType") !== "DPUfsImport") return null;
  const images = objectsOf(attributeOf(root, SCANNED_IMAGES));
  const ofType = (type: string) => images.find((image) => attributeOf(image, "PIM_DP_IMAGE_TYPE")?.text === type);
  const slide = ofType("WSI");
  if (!slide) {
    throw new AppError(
      "slide/malformed",
      "Expected a whole-slide image in the description of the Philips slide, found none; the file is damaged. Copy or download it again.",
    );
  }
  const levels = objectsOf(attributeOf(slide, LEVELS)).slice(0, MAX_LEVELS);
  const properties: Record<string, string> = {};
  setScalars(properties, "philips", root);
  setScalars(properties, "philips", slide);
  for (const [i, level] of levels.entries()) setScalars(properties, `philips.${LEVELS}[${i}]`, level);
  return {
    properties,
    spacings: levels.map((level) => parsePixelSpacing(attributeOf(level, "DICOM_PIXEL_SPACING")?.text ?? "")),
    label: pictureOf(ofType("LABELIMAGE")),
    macro: pictureOf(ofType("MACROIMAGE")),
  };
}

/** `"0.000227" "0.000228"`: between rows, then between columns. */
export function parsePixelSpacing(text: string): PixelSpacing | null {
  const [y, x, ...others] = text.replaceAll('"', " ").trim().split(/\s+/).map(Number);
  if (x === undefined || y === undefined || others.length > 0) return null;
  return x > 0 && y > 0 && Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
}

function attributeOf(object: XmlElement, name: string): XmlElement | undefined {
  return object.children.find((child) => child.name === "Attribute" && child.attributes.get("Name") === name);
}

/** The objects of an attribute that holds a list of them. */
function objectsOf(attribute: XmlElement | undefined): XmlElement[] {
  return xmlChildren(xmlChild(attribute, "Array"), "DataObject");
}

function pictureOf(image: XmlElement | undefined): string | null {
  const text = image && attributeOf(image, "PIM_DP_IMAGE_DATA")?.text;
  return text ? text : null;
}

function setScalars(properties: Record<string, string>, prefix: string, object: XmlElement): void {
  for (const attribute of xmlChildren(object, "Attribute").slice(0, MAX_PROPERTIES)) {
    const name = attribute.attributes.get("Name");
    if (name && attribute.children.length === 0) setProperty(properties, `${prefix}.${name}`, attribute.text);
  }
}
