import { type StackPlane, stackContent } from "../channels/channel-stack.ts";
import type { OpenContext, SlideContent } from "../content.ts";
import type { TiffPages } from "../tiff/pages.ts";
import type { ByteSource } from "../types.ts";
import { isCompanion } from "./companion.ts";
import { openPages } from "./files.ts";

/** Files of one slide that are opened without their description, at most. */
const MAX_FILES = 64;
const CHANNEL_NUMBER = /([-_. ](?:c|ch|w))\d+/i;

/**
 * A file of an OME-TIFF whose description lies in a companion file that was not given: the files that were, in the order
 * of their names, each a channel where the names differ in a number after a C ("cells-C01.ome.tif"), else each a plane.
 */
export async function openUndescribed(
  tiff: TiffPages,
  metadataFile: string,
  context: OpenContext,
): Promise<SlideContent> {
  const sources = context.sources.filter((source) => !isCompanion(source)).slice(0, MAX_FILES);
  const planes: StackPlane[] = [];
  for (const source of [...sources].sort(byName)) {
    const pages = source === tiff.file.source ? tiff : await openPages(source);
    const page = pages?.pages[0];
    if (pages && page) planes.push({ tiff: pages, page, sample: 0 });
  }
  const areChannels = new Set(sources.map(({ name }) => name.replace(CHANNEL_NUMBER, "$1"))).size === 1;
  const depths = areChannels ? [planes] : planes.map((plane) => [plane]);
  const content = await stackContent(
    { depths, umZ: null, planes: planes.map(({ page }) => page), note: null },
    context,
  );
  const missing = `The planes are described in ${metadataFile}, which was not given. Drop it along with all files of the slide.`;
  return { ...content, format: "OME-TIFF", properties: { ...content.properties, "ome.missing": missing } };
}

function byName(a: ByteSource, b: ByteSource): number {
  return a.name.localeCompare(b.name, "en", { numeric: true });
}
