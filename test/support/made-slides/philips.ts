import { description, madeTiff, pattern, software, subfileType } from "./tiff-file.ts";

/** Width and height of the slide's levels, and of their pages, filled up to whole tiles of 64 x 64 pixels. */
export const PHILIPS_LEVELS = [
  { width: 320, height: 256, pageWidth: 320, pageHeight: 256 },
  { width: 160, height: 128, pageWidth: 192, pageHeight: 128 },
  { width: 80, height: 64, pageWidth: 128, pageHeight: 64 },
] as const;
/** Left out of level 0. */
export const PHILIPS_MISSING = 7;
const TILE = [64, 64] as const;
/** A grey JPEG of 24 x 16 pixels. */
export const PHILIPS_MACRO =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//wAALCAAQABgBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAABgf/xAAWEAADAAAAAAAAAAAAAAAAAAAABUH/2gAIAQEAAD8ADK4MVcGKuEdVwYq4MVcP/9k=";

/**
 * A Philips TIFF as its own XML and OpenSlide's source describe it: the levels, a page for the label, the macro as JPEG
 * in the XML. `spacings`: what the XML says of each level, in millimetres. `edit` gets the last word on the XML.
 */
export function madePhilips(
  spacings: readonly string[] = ["0.000227273", "0.000454545", "0.000909091"],
  edit = (xml: string) => xml,
): Uint8Array<ArrayBuffer> {
  return madeTiff(
    [
      ...PHILIPS_LEVELS.map(({ pageWidth, pageHeight }, level) => ({
        width: pageWidth,
        height: pageHeight,
        tile: TILE,
        colour: pattern(level),
        missing: level === 0 ? [PHILIPS_MISSING] : [],
        fields:
          level === 0
            ? [description(edit(philipsXml(spacings))), software("Philips DP v1.0")]
            : [description(`level=${level} mag=22 quality=80`), subfileType(1)],
      })),
      { width: 30, height: 40, colour: pattern(7), fields: [description("Label")] },
    ],
    true,
  );
}

function philipsXml(spacings: readonly string[]): string {
  const levels = spacings.map(
    (spacing, i) =>
      `<DataObject ObjectType="PixelDataRepresentation">${attribute("DICOM_PIXEL_SPACING", `&quot;${spacing}&quot; &quot;${spacing}&quot;`)}${attribute("PIIM_PIXEL_DATA_REPRESENTATION_NUMBER", String(i))}</DataObject>`,
  );
  const slide = [
    attribute("PIM_DP_IMAGE_TYPE", "WSI"),
    attribute(
      "DICOM_DERIVATION_DESCRIPTION",
      "tiff-useBigTIFF=1-levels=40,10002-q80-sourceFilename=&quot;a-b.ndpi&quot;",
    ),
    attribute("DICOM_PIXEL_SPACING", "&quot;0.000226891&quot; &quot;0.000226907&quot;"),
    attribute("PIIM_PIXEL_DATA_REPRESENTATION_SEQUENCE", `<Array>${levels.join("")}</Array>`),
  ];
  const macro = [attribute("PIM_DP_IMAGE_TYPE", "MACROIMAGE"), attribute("PIM_DP_IMAGE_DATA", PHILIPS_MACRO)];
  const images = [slide, macro].map(
    (parts) => `<DataObject ObjectType="DPScannedImage">${parts.join("")}</DataObject>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" ?>
<DataObject ObjectType="DPUfsImport">
  ${attribute("DICOM_MANUFACTURER", "Hamamatsu")}
  ${attribute("PIM_DP_SCANNED_IMAGES", `<Array>${images.join("")}</Array>`)}
  ${attribute("PIM_DP_UFS_BARCODE", "MzMxMTk0MA==")}
  ${attribute("DICOM_SOFTWARE_VERSIONS", "&quot;4.0.3&quot;")}
</DataObject>`;
}

function attribute(name: string, value: string): string {
  return `<Attribute Name="${name}" Group="0x301D" Element="0x1003" PMSVR="IString">${value}</Attribute>`;
}
