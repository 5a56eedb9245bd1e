import { AppError } from "../../base/errors.ts";
import { levelsOf, type OpenContext, type SlideContent } from "../content.ts";
import type { TiffFile } from "../tiff/directory.ts";
import { readMetadata, type SlideMetadata } from "../tiff/metadata.ts";
import type { TiffPage } from "../tiff/page.ts";
import { pageLayer } from "../tiff/page-layer.ts";
import { associatedLayers, isReadable, type TiffPages } from "../tiff/pages.ts";
import { type SortedPages, sortPages } from "../tiff/pyramid.ts";
import { compressionName, refuseUnreadable } from "../tiff/refuse.ts";
import type { PixelSize } from "../types.ts";

/** Any TIFF whose pages are an image, its coarser levels and what accompanies it: Aperio's and what converters write. */
export async function openGeneric({ file, pages, subPages }: TiffPages, context: OpenContext): Promise<SlideContent> {
  const sorted = sortPages(pages, subPages);
  if (!sorted) throw new AppError("slide/malformed", "Expected at least one image in the TIFF file, found none.");
  const metadata = await readMetadata(file, sorted.base.directory, descriptionOf(sorted, pages));
  refuseStack(sorted, metadata);
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

/** The last piece of the image must lie inside of the file: a download that broke off is told at once, not tile by tile. */
async function refuseTruncated(file: TiffFile, page: TiffPage): Promise<void> {
  if (!page.offsets || !page.byteCounts) return;
  const last = page.cols * page.rows - 1;
  const end = (await page.offsets.at(last)) + (await page.byteCounts.at(last));
  if (end <= file.source.size) return;
  throw new AppError(
    "slide/truncated",
    `Expected the last tile of the slide to end at byte ${end}, but the file ends at byte ${file.source.size}: it is incomplete. Copy or download it again.`,
  );
}

/** Channels of fluorescence come as grey pages of one size; focus planes of a stained slide as coloured ones. */
function refuseStack(sorted: SortedPages, metadata: SlideMetadata): void {
  const channels = Number(metadata.properties["ome.SizeC"] ?? "1");
  const planes = sorted.siblings.length + 1;
  const isGrey = sorted.base.samples === 1;
  if (!isGrey || (planes === 1 && !(channels > 1))) return;
  throw new AppError(
    "slide/unsupported-format",
    `Expected one coloured image of a stained slide, found ${Math.max(planes, channels)} grey images of one size: a fluorescence or multi-channel image or a stack, which cannot be opened yet. Export one plane as RGB, for instance with QuPath or Fiji.`,
    { planes, channels },
  );
}

function formatName(file: TiffFile, page: TiffPage, metadata: SlideMetadata): string {
  const container = file.isBig ? "BigTIFF" : "TIFF";
  const names: Readonly<Record<SlideMetadata["vendor"], string>> = {
    aperio: "Aperio SVS",
    philips: "Philips TIFF",
    leica: "Leica SCN",
    ome: "OME-TIFF",
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
