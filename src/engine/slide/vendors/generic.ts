import { AppError } from "../../base/errors.ts";
import type { OpenContext, SlideContent } from "../content.ts";
import type { TiffFile } from "../tiff/directory.ts";
import { readMetadata, type SlideMetadata } from "../tiff/metadata.ts";
import type { TiffPage } from "../tiff/page.ts";
import type { TiffPages } from "../tiff/pages.ts";
import { pixelSizeOf } from "../tiff/properties.ts";
import { type SortedPages, sortPages } from "../tiff/pyramid.ts";
import { pyramidContent } from "../tiff/pyramid-content.ts";

/** Any TIFF whose pages are an image, its coarser levels and what accompanies it, as converters write it. */
export async function openGeneric({ file, pages, subPages }: TiffPages, context: OpenContext): Promise<SlideContent> {
  const sorted = sortPages(pages, subPages);
  if (!sorted) throw new AppError("slide/malformed", "Expected at least one image in the TIFF file, found none.");
  const metadata = await readMetadata(file, sorted.base.directory, descriptionOf(sorted, pages));
  refuseStack(sorted, metadata);
  return await pyramidContent(file, sorted, context, {
    format: formatName(file, sorted.base, metadata),
    pixelSize: pixelSizeOf(metadata, sorted.base.orientation),
    objectivePower: metadata.objectivePower,
    properties: metadata.properties,
  });
}

function descriptionOf(sorted: SortedPages, pages: readonly TiffPage[]): string {
  return sorted.base.description !== "" ? sorted.base.description : (pages[0]?.description ?? "");
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
  if (metadata.vendor === "ome") return "OME-TIFF";
  return `${page.isTiled ? "tiled" : "stripped"} ${file.isBig ? "BigTIFF" : "TIFF"}`;
}
