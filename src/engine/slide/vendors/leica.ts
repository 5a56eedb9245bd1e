import { AppError } from "../../base/errors.ts";
import { type AssociatedLayer, levelsOf, type OpenContext, type SlideContent } from "../content.ts";
import type { PixelLayer } from "../layer.ts";
import { type MosaicArea, mosaicLayer } from "../mosaic-layer.ts";
import { compressionName } from "../tiff/compressions.ts";
import { MAX_EDGE, type TiffPage } from "../tiff/page.ts";
import { pageLayer } from "../tiff/page-layer.ts";
import { isReadable, type TiffPages } from "../tiff/pages.ts";
import { pixelSizeOf, plausibleMpp, plausiblePower, readTagProperties, setProperty } from "../tiff/properties.ts";
import { refuseDamaged } from "../tiff/pyramid-content.ts";
import {
  type LeicaCollection,
  type LeicaDimension,
  type LeicaImage,
  parseLeicaDescription,
} from "./leica-description.ts";

/** Regions of one slide agree in nanometres a pixel but for this share, which rounding of their sizes explains. */
const RESOLUTION_TOLERANCE = 0.02;
/** A region of another objective accompanies the slide as one picture of at most this many pixels. */
const MAX_PICTURE_PIXELS = 16 * 1024 * 1024;

/** A region with the directories of the plane of focus that is read, finest first. */
interface Region {
  readonly image: LeicaImage;
  readonly steps: readonly LeicaDimension[];
}

/**
 * Leica SCN. Level 0 is the whole collection at the resolution of its finest regions, each of them at its place, white
 * between; a coarser level is put together from the same step of every region. The picture of the whole slide and the
 * regions of weaker objectives accompany it. Fluorescence is refused.
 */
export async function openLeica(tiff: TiffPages, context: OpenContext): Promise<SlideContent | null> {
  const collection = parseLeicaDescription(tiff.pages[0]?.description ?? "");
  if (!collection) return null;
  const images = finestRegions(collection);
  const [first] = images;
  const planes = [...new Set(first.dimensions.map(({ plane }) => plane))].sort((a, b) => a - b);
  const focalPlane = Math.max(0, Math.min(context.view.focalPlane ?? planes.length >> 1, planes.length - 1));
  const regions = images
    .map((image) => ({ image, steps: image.dimensions.filter(({ plane }) => plane === planes[focalPlane]) }))
    .filter(({ steps }) => steps.length > 0);
  const layers: PixelLayer[] = [];
  for (let level = 0; level < Math.min(...regions.map(({ steps }) => steps.length)); level++) {
    const layer = await levelLayer(tiff, context, collection, regions, level);
    if (!layer) break;
    layers.push(layer);
  }
  const page = pageOf(tiff, first.dimensions[0]);
  const { properties, resolution } = await readTagProperties(tiff.file, page.directory);
  setLeicaProperties(properties, collection, first);
  const measured = {
    mppX: plausibleMpp(first.widthNm / page.width / 1000),
    mppY: plausibleMpp(first.heightNm / page.height / 1000),
  };
  return {
    format: "Leica SCN",
    compression: compressionName(page.compression),
    layers,
    levels: levelsOf(layers),
    pixelSize: pixelSizeOf(measured) ?? pixelSizeOf(resolution),
    objectivePower: plausiblePower(Number(first.objective)),
    properties,
    associated: accompanying(tiff, context, collection, images),
    ...(planes.length > 1 ? { focalPlanes: planes.map(() => ({ offsetUm: null })), focalPlane } : {}),
  };
}

/** Null for a coarser level whose regions do not fit together or cannot be read. */
async function levelLayer(
  tiff: TiffPages,
  context: OpenContext,
  collection: LeicaCollection,
  regions: readonly Region[],
  level: number,
): Promise<PixelLayer | null> {
  const parts = regions.flatMap(({ image, steps }) => {
    const dimension = steps[level];
    return dimension ? [{ image, dimension, nmPerPixel: image.widthNm / dimension.width }] : [];
  });
  const nmPerPixel = Math.min(...parts.map((part) => part.nmPerPixel));
  const isUniform = parts.every((part) => part.nmPerPixel <= nmPerPixel * (1 + RESOLUTION_TOLERANCE));
  if (level > 0 && !isUniform) return null;
  const width = Math.ceil(collection.widthNm / nmPerPixel);
  const height = Math.ceil(collection.heightNm / nmPerPixel);
  if (width > MAX_EDGE || height > MAX_EDGE) {
    throw malformed(`at most ${MAX_EDGE} pixels along each edge`, `${width} x ${height}`);
  }
  const areas: MosaicArea[] = [];
  for (const [i, { image, dimension }] of parts.entries()) {
    const page = pageOf(tiff, dimension);
    if (level > 0 && !isReadable(page)) return null;
    await refuseDamaged(tiff.file, page);
    areas.push({
      layer: pageLayer(tiff.file, page, context, `level ${level} region ${i}`),
      columns: [{ from: 0, length: page.width, to: Math.trunc(image.xNm / nmPerPixel) }],
      rows: [{ from: 0, length: page.height, to: Math.trunc(image.yNm / nmPerPixel) }],
    });
  }
  // Where regions overlap, the first one in the file shows.
  return mosaicLayer(width, height, areas.reverse());
}

/** The brightfield regions of the finest resolution. */
function finestRegions({ images }: LeicaCollection): readonly [LeicaImage, ...LeicaImage[]] {
  const regions = images.filter(({ isMacro }) => !isMacro);
  const bright = regions.filter(isBrightfield);
  const finest = Math.min(...bright.map(nmPerPixelOf));
  const [first, ...others] = bright.filter((image) => nmPerPixelOf(image) <= finest * (1 + RESOLUTION_TOLERANCE));
  if (first) return [first, ...others];
  if (regions.length === 0) throw malformed("at least one region in fine resolution", "none");
  throw new AppError(
    "slide/unsupported-format",
    "Expected a Leica slide scanned in brightfield, found fluorescence, which cannot be opened yet. Export one channel as TIFF, for instance with QuPath.",
  );
}

function isBrightfield({ illuminationSource, dimensions }: LeicaImage): boolean {
  const isBright = illuminationSource === "" || illuminationSource === "brightfield";
  return isBright && dimensions.every(({ channel }) => channel === 0);
}

function nmPerPixelOf({ widthNm, dimensions }: LeicaImage): number {
  return widthNm / dimensions[0].width;
}

/** The directory of a step, which must have the size that the description says. */
function pageOf({ pages }: TiffPages, { directory, width, height }: LeicaDimension): TiffPage {
  const page = pages.find(({ index }) => index === directory);
  const isThere = page !== undefined && page.width === width && page.height === height;
  if (!isThere) {
    const found = page ? `${page.width} x ${page.height} pixels` : "none";
    throw malformed(`an image of ${width} x ${height} pixels in directory ${directory}`, found);
  }
  return { ...page, orientation: 1 };
}

function accompanying(
  tiff: TiffPages,
  context: OpenContext,
  { images }: LeicaCollection,
  regions: readonly LeicaImage[],
): AssociatedLayer[] {
  const macro = images.find((image) => image.isMacro && isBrightfield(image));
  const found: AssociatedLayer[] = [];
  for (const [i, image] of images.entries()) {
    if (image.isMacro ? image !== macro : !isBrightfield(image) || regions.includes(image)) continue;
    const dimension = image.isMacro ? image.dimensions[0] : image.dimensions.find(isOnePicture);
    const page = dimension && tiff.pages.find(({ index }) => index === dimension.directory);
    if (!page || !isReadable(page)) continue;
    const name = image.isMacro ? "macro" : `region ${i + 1} at ${image.objective}x`;
    found.push({ name, layer: pageLayer(tiff.file, page, context, `associated ${name}`) });
  }
  return found;
}

function isOnePicture({ width, height }: LeicaDimension): boolean {
  return width * height <= MAX_PICTURE_PIXELS;
}

function setLeicaProperties(properties: Record<string, string>, collection: LeicaCollection, image: LeicaImage): void {
  setProperty(properties, "leica.barcode", collection.barcode);
  setProperty(properties, "leica.aperture", image.aperture);
  setProperty(properties, "leica.creation-date", image.creationDate);
  setProperty(properties, "leica.device-model", image.deviceModel);
  setProperty(properties, "leica.device-version", image.deviceVersion);
  setProperty(properties, "leica.illumination-source", image.illuminationSource);
  setProperty(properties, "leica.objective", image.objective);
}

function malformed(expected: string, found: string): AppError {
  return new AppError(
    "slide/malformed",
    `Expected ${expected} in the Leica slide, found ${found}; the file is damaged. Copy or download it again.`,
  );
}
