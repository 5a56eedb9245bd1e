import { type DicomItem, itemOf, numbersOf, textsOf } from "./item.ts";
import { KEPT, TAG } from "./tags.ts";

/**
 * What is shown of a file, by DICOM's own keywords. Names, numbers and birth dates of patients, dates, institutions,
 * descriptions in free words and identifiers that a hospital gives are not among it, whatever the file holds.
 */
const SHOWN: readonly (readonly [number, string])[] = [
  [TAG.imageType, "ImageType"],
  [TAG.sopClass, "SOPClassUID"],
  [TAG.modality, "Modality"],
  [0x00080070, "Manufacturer"],
  [0x00081090, "ManufacturerModelName"],
  [0x00181020, "SoftwareVersions"],
  [TAG.dimensionOrganization, "DimensionOrganizationType"],
  [TAG.samplesPerPixel, "SamplesPerPixel"],
  [TAG.photometric, "PhotometricInterpretation"],
  [TAG.planarConfiguration, "PlanarConfiguration"],
  [TAG.numberOfFrames, "NumberOfFrames"],
  [TAG.rows, "Rows"],
  [TAG.columns, "Columns"],
  [TAG.bitsAllocated, "BitsAllocated"],
  [TAG.bitsStored, "BitsStored"],
  [0x00280102, "HighBit"],
  [TAG.pixelRepresentation, "PixelRepresentation"],
  [0x00282110, "LossyImageCompression"],
  [0x00282112, "LossyImageCompressionRatio"],
  [0x00282114, "LossyImageCompressionMethod"],
  [TAG.imagedVolumeWidth, "ImagedVolumeWidth"],
  [TAG.imagedVolumeHeight, "ImagedVolumeHeight"],
  [0x00480003, "ImagedVolumeDepth"],
  [TAG.matrixColumns, "TotalPixelMatrixColumns"],
  [TAG.matrixRows, "TotalPixelMatrixRows"],
  [0x00480011, "FocusMethod"],
  [0x00480012, "ExtendedDepthOfField"],
  [0x00480102, "ImageOrientationSlide"],
  [TAG.numberOfOpticalPaths, "NumberOfOpticalPaths"],
  [TAG.focalPlanes, "TotalPixelMatrixFocalPlanes"],
];
/** Longest value shown, in characters. */
const MAX_VALUE = 200;
/** Values shown of one element. */
const MAX_VALUES = 8;

/** Named as OpenSlide names them: `dicom.Keyword`, with `[i]` where there are several. */
export function propertiesOf(head: DicomItem, transferSyntax: string): Record<string, string> {
  const properties: Record<string, string> = { "dicom.TransferSyntaxUID": transferSyntax };
  for (const [tag, keyword] of SHOWN) add(properties, head, tag, `dicom.${keyword}`);
  const path = "dicom.OpticalPathSequence[0].ObjectiveLensPower";
  add(properties, itemOf(head, TAG.opticalPaths), TAG.objectivePower, path);
  const spacing = "dicom.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].PixelSpacing";
  add(properties, itemOf(itemOf(head, TAG.sharedGroups), TAG.pixelMeasures), TAG.pixelSpacing, spacing);
  return properties;
}

function add(properties: Record<string, string>, item: DicomItem | undefined, tag: number, name: string): void {
  const values = valuesOf(item, tag).slice(0, MAX_VALUES);
  for (const [i, value] of values.entries()) {
    properties[values.length === 1 ? name : `${name}[${i}]`] = value.slice(0, MAX_VALUE);
  }
}

function valuesOf(item: DicomItem | undefined, tag: number): string[] {
  const isBinary = /^(US|UL|SL|SS|FL|FD)$/.test(KEPT.get(tag) ?? "");
  return isBinary ? numbersOf(item, tag).map(String) : textsOf(item, tag).filter((text) => text !== "");
}
