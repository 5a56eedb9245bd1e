import { AppError } from "../../base/errors.ts";
import type { OpenContext, SlideContent } from "../content.ts";
import { readMetadata } from "../tiff/metadata.ts";
import type { TiffPage } from "../tiff/page.ts";
import type { TiffPages } from "../tiff/pages.ts";
import { pixelSizeOf } from "../tiff/properties.ts";
import { type SortedPages, sortPages } from "../tiff/pyramid.ts";
import { pyramidContent } from "../tiff/pyramid-content.ts";

/** Any TIFF whose pages are an image, its coarser levels and what accompanies it, as converters write it. */
export async function openGeneric({ file, pages, subPages }: TiffPages, context: OpenContext): Promise<SlideContent> {
  const sorted = sortPages(pages, subPages);
  if (!sorted) throw new AppError("slide/malformed", "Expected at least one image in the TIFF file, found none.");
  const { base } = sorted;
  const metadata = await readMetadata(file, base.directory, descriptionOf(sorted, pages));
  return await pyramidContent(file, sorted, context, {
    format: `${base.isTiled ? "tiled" : "stripped"} ${file.isBig ? "BigTIFF" : "TIFF"}`,
    pixelSize: pixelSizeOf(metadata, base.orientation),
    objectivePower: null,
    properties: metadata.properties,
  });
}

function descriptionOf(sorted: SortedPages, pages: readonly TiffPage[]): string {
  return sorted.base.description !== "" ? sorted.base.description : (pages[0]?.description ?? "");
}
