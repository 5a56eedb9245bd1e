import { AppError } from "../../base/errors.ts";
import { levelsOf, type OpenContext, type SlideContent } from "../content.ts";
import type { TiffFile } from "../tiff/directory.ts";
import { readMetadata, type SlideMetadata } from "../tiff/metadata.ts";
import type { TiffPage } from "../tiff/page.ts";
import { pageLayer } from "../tiff/page-layer.ts";
import { associatedLayers, isReadable, type TiffPages } from "../tiff/pages.ts";
import { type SortedPages, sortPages } from "../tiff/pyramid.ts";
import { compressionName, refuseUnreadable } from "../tiff/refuse.ts";
import { refuseTruncated } from "../tiff/refuse-truncated.ts";
import type { PixelSize } from "../types.ts";

/** Any TIFF whose pages are an image, its coarser levels and what accompanies it: Aperio's and what converters write. */
export async function openGeneric({ file, pages, subPages }: TiffPages, context: OpenContext): Promise<SlideContent> {
  const sorted = sortPages(pages, subPages);
  if (!sorted) throw new AppError("slide/malformed", "Expected at least one image in the TIFF file, found none.");
  const metadata = await readMetadata(file, sorted.base.directory, descriptionOf(sorted, pages));
  refuseUnreadable(sorted.base);
  await refuseTruncated(file, sorted.base);
  const shown = [sorted.base, ...readableLevels(sorted, metadata)];
  const layers = shown.map((page, level) => pageLayer(file, page, context, `level ${level}`));
  return {
    layers,
    levels: levelsOf(layers),
    format: formatName(file, sorted.base, metadata),
    compression: compressionName(sorted.base.compression),
    pixelSize: pixelSizeOf(metadata, sorted.base.orientation),
    objectivePower: metadata.objectivePower,
    associated: associatedLayers(file, sorted.associated, context),
    properties: metadata.properties,
  };
}

/** Levels whose pixels can be read; Philips pads its coarser levels, so that their ratios are not those of their sizes. */
function readableLevels(sorted: SortedPages, metadata: SlideMetadata): TiffPage[] {
  if (metadata.vendor === "philips") return [];
  return sorted.coarser.filter((page) => isReadable(page) && page.orientation === sorted.base.orientation);
}

function descriptionOf(sorted: SortedPages, pages: readonly TiffPage[]): string {
  return sorted.base.description !== "" ? sorted.base.description : (pages[0]?.description ?? "");
}

function formatName(file: TiffFile, page: TiffPage, metadata: SlideMetadata): string {
  const container = file.isBig ? "BigTIFF" : "TIFF";
  const names: Readonly<Record<SlideMetadata["vendor"], string>> = {
    aperio: "Aperio SVS",
    philips: "Philips TIFF",
    leica: "Leica SCN",
    generic: `${page.isTiled ? "tiled" : "stripped"} ${container}`,
  };
  return names[metadata.vendor];
}

function pixelSizeOf(metadata: SlideMetadata, orientation: number): PixelSize | null {
  const { mppX, mppY } = metadata;
  if (mppX === null || mppY === null) return null;
  const isSwapped = orientation >= 5 && orientation <= 8;
  return { mppX: isSwapped ? mppY : mppX, mppY: isSwapped ? mppX : mppY, origin: "file" };
}
