import type { OpenContext, SlideContent } from "../content.ts";
import { compressionName } from "../tiff/compressions.ts";
import { readMetadata } from "../tiff/metadata.ts";
import type { TiffPage } from "../tiff/page.ts";
import type { TiffPages } from "../tiff/pages.ts";
import { pixelSizeOf } from "../tiff/properties.ts";
import { refuseTruncated } from "../tiff/refuse-truncated.ts";
import { channelContent } from "./channel-content.ts";
import type { ChannelPlane } from "./channel-plane.ts";
import { chosenPlane, focalPlanesOf } from "./focal-planes.ts";
import { levelsBehind, planeLevels } from "./plane-levels.ts";

/** One channel on one plane of focus. */
export interface StackPlane {
  readonly tiff: TiffPages;
  readonly page: TiffPage;
  readonly sample: number;
}

/** Grey images that are channels and planes of focus by their order alone. */
export interface ChannelStack {
  /** The channels of each plane of focus, lowest first; as many on each. */
  readonly depths: readonly (readonly StackPlane[])[];
  /** Micrometres between planes of focus, or null. */
  readonly umZ: number | null;
  /** All pages of the stack, in file order: coarser ones behind them come in the same order. */
  readonly planes: readonly TiffPage[];
  /** A sentence on how the pages were understood, or null. */
  readonly note: string | null;
}

/** The stack's plane that `context.view` asks for. Throws as `channelContent`. */
export async function stackContent(stack: ChannelStack, context: OpenContext): Promise<SlideContent> {
  const focalPlane = chosenPlane(stack.depths.length, context.view);
  const shown = stack.depths[focalPlane] ?? [];
  const [first] = shown;
  if (!first) throw new RangeError("a stack without a plane");
  for (const { tiff, page } of shown) await refuseTruncated(tiff.file, page);
  const planes = shown.map((plane, index) => channelOf(stack, plane, index));
  const { tiff, page } = first;
  const metadata = await readMetadata(tiff.file, page.directory, tiff.pages[0]?.description ?? "");
  return {
    ...(await channelContent(planes, context)),
    format: tiff.file.isBig ? "multi-channel BigTIFF" : "multi-channel TIFF",
    compression: compressionName(page.compression),
    pixelSize: pixelSizeOf(metadata, page.orientation),
    objectivePower: null,
    properties: { ...metadata.properties, ...(stack.note === null ? {} : { "stack.note": stack.note }) },
    focalPlanes: focalPlanesOf(
      stack.depths.map((_, z) => z),
      stack.depths.length,
      stack.umZ,
    ),
    focalPlane,
  };
}

function channelOf(stack: ChannelStack, { tiff, page, sample }: StackPlane, index: number): ChannelPlane {
  const taken = new Set(stack.planes.map((plane) => plane.index));
  const behind = levelsBehind(tiff, page, { taken, order: stack.planes.indexOf(page), total: stack.planes.length });
  return {
    name: `Channel ${index + 1}`,
    colour: null,
    emissionNm: null,
    file: tiff.file,
    pages: planeLevels(tiff, page, behind),
    sample,
    significantBits: null,
  };
}
