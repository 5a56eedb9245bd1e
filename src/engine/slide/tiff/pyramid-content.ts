import { levelsOf, type OpenContext, type SlideContent } from "../content.ts";
import { compressionName } from "./compressions.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";
import { pageLayer } from "./page-layer.ts";
import { associatedLayers, isReadable } from "./pages.ts";
import type { SortedPages } from "./pyramid.ts";
import { refuseUnreadable } from "./refuse.ts";
import { refuseTruncated } from "./refuse-truncated.ts";

/** What a vendor's description says of a slide whose levels are the file's pages as they are. */
export type PyramidDescription = Pick<SlideContent, "format" | "pixelSize" | "objectivePower" | "properties">;

/** A slide of which each page is a whole level. Throws when the finest cannot be read; coarser ones are then left out. */
export async function pyramidContent(
  file: TiffFile,
  sorted: Pick<SortedPages, "base" | "coarser" | "associated">,
  context: OpenContext,
  description: PyramidDescription,
): Promise<SlideContent> {
  const { base, coarser, associated } = sorted;
  await refuseDamaged(file, base);
  const shown = [base, ...coarser.filter((page) => isReadable(page) && page.orientation === base.orientation)];
  const layers = shown.map((page, level) => pageLayer(file, page, context, `level ${level}`));
  return {
    ...description,
    layers,
    levels: levelsOf(layers),
    compression: compressionName(base.compression),
    associated: associatedLayers(file, associated, context),
  };
}

/** Throws when the page cannot be read or the file ends before its last piece. */
export async function refuseDamaged(file: TiffFile, page: TiffPage): Promise<void> {
  refuseUnreadable(page);
  await refuseTruncated(file, page);
}
