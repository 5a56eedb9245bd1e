import type { TiffPage } from "../tiff/page.ts";
import { pixelSizeOf, plausibleMpp, type Resolution, setProperty } from "../tiff/properties.ts";
import type { PixelSize } from "../types.ts";
import type { OmeImage, OmeModel } from "./model.ts";

/** Channels whose properties are listed, at most. */
const MAX_LISTED = 128;

/** What the XML says of the slide, as `ome.*`. */
export function omeProperties(model: OmeModel, image: OmeImage): Record<string, string> {
  const properties: Record<string, string> = {};
  const set = (name: string, value: string | number | null) => {
    setProperty(properties, `ome.${name}`, value === null ? "" : String(value));
  };
  set("Creator", model.creator);
  set("Image.Name", image.name);
  set("AcquisitionDate", image.acquired);
  set("Type", image.pixelType);
  set("DimensionOrder", image.dimensionOrder);
  for (const [axis, size] of [
    ["X", image.sizeX],
    ["Y", image.sizeY],
    ["Z", image.sizeZ],
    ["C", image.sizeC],
    ["T", image.sizeT],
  ] as const) {
    set(`Size${axis}`, size);
  }
  set("PhysicalSizeX", inUm(image.umX));
  set("PhysicalSizeY", inUm(image.umY));
  set("PhysicalSizeZ", inUm(image.umZ));
  for (const [index, channel] of image.channels.slice(0, MAX_LISTED).entries()) {
    set(`Channel.${index}.Name`, channel.name);
    set(`Channel.${index}.Fluor`, channel.fluor);
    set(`Channel.${index}.EmissionWavelength`, channel.emissionNm === null ? null : `${round(channel.emissionNm)} nm`);
  }
  if (image.sizeT > 1) set("shown", `time point 1 of ${image.sizeT}`);
  return properties;
}

/** From the XML, else from the resolution of the page. */
export function omePixelSize(image: OmeImage, resolution: Resolution, { orientation }: TiffPage): PixelSize | null {
  const ownX = image.umX === null ? null : plausibleMpp(image.umX);
  const ownY = image.umY === null ? null : plausibleMpp(image.umY);
  return pixelSizeOf({ mppX: ownX ?? ownY ?? resolution.mppX, mppY: ownY ?? ownX ?? resolution.mppY }, orientation);
}

function inUm(um: number | null): string | null {
  return um === null ? null : `${round(um)} µm`;
}

/** Without the noise of a change of unit. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
