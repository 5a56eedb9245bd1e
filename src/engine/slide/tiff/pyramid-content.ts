import { AppError } from "../../base/errors.ts";
import { levelsOf, type OpenContext, type SlideContent } from "../content.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";
import { pageLayer } from "./page-layer.ts";
import { associatedLayers, isReadable } from "./pages.ts";
import type { SortedPages } from "./pyramid.ts";
import { compressionName, refuseUnreadable } from "./refuse.ts";

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

/**
 * Throws when the page cannot be read, or when its last piece lies beyond the file's end: a download that broke off is
 * told at once, not tile by tile.
 */
export async function refuseDamaged(file: TiffFile, page: TiffPage): Promise<void> {
  refuseUnreadable(page);
  if (!page.offsets || !page.byteCounts) return;
  const last = page.cols * page.rows - 1;
  const end = (await page.offsets.at(last)) + (await page.byteCounts.at(last));
  if (end <= file.source.size) return;
  throw new AppError(
    "slide/truncated",
    `Expected the last tile of the slide to end at byte ${end}, but the file ends at byte ${file.source.size}: it is incomplete. Copy or download it again.`,
  );
}
