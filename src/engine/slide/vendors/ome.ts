import { AppError } from "../../base/errors.ts";
import { channelContent, splitColourContent } from "../channels/channel-content.ts";
import { chosenPlane, focalPlanesOf } from "../channels/focal-planes.ts";
import { levelsBehind, planeLevels } from "../channels/plane-levels.ts";
import { levelsOf, type OpenContext, type SlideContent } from "../content.ts";
import { channelPlanes, isColoured, isSplitColour, type LocatedPlane } from "../ome/channels.ts";
import { isCompanion, readCompanion } from "../ome/companion.ts";
import { type OmeFiles, omeFiles, pageAt } from "../ome/files.ts";
import { type SortedImages, sortImages } from "../ome/images.ts";
import { isOme, type OmeModel, parseOme } from "../ome/model.ts";
import { type OmePlane, planeOrder, planeTotal } from "../ome/planes.ts";
import { omePixelSize, omeProperties } from "../ome/properties.ts";
import { openUndescribed } from "../ome/undescribed.ts";
import { compressionName } from "../tiff/compressions.ts";
import { readMetadata } from "../tiff/metadata.ts";
import type { TiffPage } from "../tiff/page.ts";
import { pageLayer } from "../tiff/page-layer.ts";
import { associatedLayers, isReadable, type TiffPages } from "../tiff/pages.ts";
import { refuseUnreadable } from "../tiff/refuse.ts";
import { refuseTruncated } from "../tiff/refuse-truncated.ts";

/**
 * OME-TIFF (https://docs.openmicroscopy.org/ome-model/latest/ome-tiff/specification.html): planes of several channels,
 * depths and times on pages of one or several files, each with its pyramid in SubIFDs, described by XML in the first page
 * or in a companion file. Null for a file without such XML, or with XML that cannot be read.
 */
export async function openOme(tiff: TiffPages, context: OpenContext): Promise<SlideContent | null> {
  const own = modelOf(tiff.pages[0]?.description ?? "");
  if (!own) return null;
  const model = own.metadataFile === null ? own : await readCompanion(own.metadataFile, context.sources);
  if (!model) return await openUndescribed(tiff, own.metadataFile ?? "", context);
  const images = sortImages(model.images);
  return images && (await openImage(tiff, { model, images }, context));
}

function modelOf(description: string): OmeModel | null {
  if (!isOme(description)) return null;
  try {
    return parseOme(description);
  } catch {
    // The pages may be sound all the same.
    return null;
  }
}

async function openImage(
  tiff: TiffPages,
  { model, images }: { readonly model: OmeModel; readonly images: SortedImages },
  context: OpenContext,
): Promise<SlideContent> {
  const { image, planes } = images.slide;
  const sources = context.sources.filter((source) => !isCompanion(source));
  const files = omeFiles(tiff, model, { planes, sources });
  const missing = files.missing(planes);
  const depths = [...new Set(planes.filter((plane) => files.has(plane)).map(({ z }) => z))].sort((a, b) => a - b);
  if (depths.length === 0) throw nothingGiven(tiff, missing);
  const focalPlane = chosenPlane(depths.length, context.view);
  const shown = planes.filter(({ z }) => z === depths[focalPlane]);
  const located = await Promise.all(
    image.channels.map((_, c) =>
      locate(
        shown.find((plane) => plane.c === c),
        { tiff, files, images },
      ),
    ),
  );
  const base = located.find((place) => place !== null);
  const page = base?.pages[0];
  if (!base || !page) throw noPage(shown);
  for (const place of located) if (place?.pages[0]) await refuseTruncated(place.file, place.pages[0]);
  const metadata = await readMetadata(base.file, page.directory, tiff.pages[0]?.description ?? "");
  return {
    ...(await pixelsOf(tiff, { images, located, base }, context)),
    format: "OME-TIFF",
    compression: compressionName(page.compression),
    pixelSize: omePixelSize(image, metadata, page),
    objectivePower: image.objectivePower,
    properties: { ...metadata.properties, ...omeProperties(model, image), ...missingProperty(missing) },
    associated: associatedLayers(tiff.file, accompanying(tiff, images), context),
    focalPlanes: focalPlanesOf(depths, image.sizeZ, image.umZ),
    focalPlane,
  };
}

interface Place {
  readonly tiff: TiffPages;
  readonly files: OmeFiles;
  readonly images: SortedImages;
}

/** The pages of a plane; null where its file was not given, or lacks the page. */
async function locate(plane: OmePlane | undefined, { tiff, files, images }: Place): Promise<LocatedPlane | null> {
  const found = plane && (await files.pagesOf(plane));
  const page = found && pageAt(found, plane);
  if (!page) return null;
  return {
    file: found.file,
    pages: planeLevels(found, page, found === tiff ? furtherLevels(tiff, images, plane, page) : []),
  };
}

/** Coarser versions of a plane that the XML lists as images of their own, or does not mention at all. */
function furtherLevels(tiff: TiffPages, images: SortedImages, plane: OmePlane, page: TiffPage): TiffPage[] {
  const { slide, levels, mentioned } = images;
  const listed = levels.flatMap(({ planes }) => {
    const place = planes.find(({ z, c }) => z === plane.z && c === plane.c);
    return (place && pageAt(tiff, place)) ?? [];
  });
  const order = planeOrder(slide.image, plane.z, plane.c);
  const behind = levelsBehind(tiff, page, { taken: mentioned, order, total: planeTotal(slide.image) });
  return [...listed, ...behind];
}

interface Located {
  readonly images: SortedImages;
  readonly located: readonly (LocatedPlane | null)[];
  readonly base: LocatedPlane;
}

/** Colours as they are, split colours put together again, and everything else as channels of light. */
async function pixelsOf(
  tiff: TiffPages,
  { images, located, base }: Located,
  context: OpenContext,
): Promise<Pick<SlideContent, "layers" | "levels" | "channels">> {
  const [page, ...coarser] = base.pages;
  if (page && isColoured(page, images.slide.image)) {
    refuseUnreadable(page);
    const pages = [page, ...coarser.filter(isReadable)];
    const layers = pages.map((level, index) => pageLayer(base.file, level, context, `level ${index}`));
    return { layers, levels: levelsOf(layers) };
  }
  const { image } = images.slide;
  const planes = channelPlanes(image, located, tiff.file);
  if (isSplitColour(image, planes)) return splitColourContent(planes, context);
  return await channelContent(planes, context);
}

function accompanying(tiff: TiffPages, { associated }: SortedImages) {
  return associated.flatMap(({ name, planes: [plane] }) => {
    const page = plane && pageAt(tiff, plane);
    return page ? [{ name, page }] : [];
  });
}

function missingProperty(missing: readonly string[]): Record<string, string> {
  if (missing.length === 0) return {};
  const what = missing.length === 1 ? "a file of this slide was" : `${missing.length} files of this slide were`;
  return { "ome.missing": `${what} not given: ${listed(missing)}. Drop all of them together to see the whole of it.` };
}

function nothingGiven({ file }: TiffPages, missing: readonly string[]): AppError {
  return new AppError(
    "slide/unsupported-format",
    `Expected the planes of the slide that ${file.source.name} belongs to, found none in it: they lie in ${listed(missing) || "no file that it names"}. Drop these files along with it.`,
    { missing },
  );
}

function noPage(shown: readonly OmePlane[]): AppError {
  return new AppError(
    "slide/malformed",
    `Expected image ${(shown[0]?.ifd ?? 0) + 1} of the file to hold the slide, found no such image; the file is damaged. Copy or download it again.`,
  );
}

function listed(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");
}
