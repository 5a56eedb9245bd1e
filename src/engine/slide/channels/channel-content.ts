import { levelsOf, type OpenContext, type SlideContent } from "../content.ts";
import type { TiffPage } from "../tiff/page.ts";
import type { ChannelView, SlideChannel } from "../types.ts";
import { channelLayer } from "./channel-layer.ts";
import { type ChannelPlane, commonLevels } from "./channel-plane.ts";
import { channelColours, isTransmitted } from "./colours.ts";
import type { ValueRange } from "./default-range.ts";
import { sampleRanges } from "./sample-ranges.ts";

/** More channels than these are not all shown at first: their light would add up to white. */
const SHOWN_AT_FIRST = 6;

type Pixels = Pick<SlideContent, "layers" | "levels">;

/**
 * A fluorescence image of the given channels as `context.view` shows them, by default as the file says: its colours (see
 * `channelColours`), each from the 1st to the 99.8th percentile of its coarsest level.
 * Throws as `commonLevels`.
 */
export async function channelContent(
  planes: readonly ChannelPlane[],
  context: OpenContext,
): Promise<Pixels & { readonly channels: readonly SlideChannel[] }> {
  const pages = commonLevels(planes);
  const asked = context.view.channels?.length === planes.length ? context.view.channels : null;
  const hasFloats = planes.some(({ pages: [page] }) => page?.sampleFormat === 3);
  const ranges = asked && !hasFloats ? [] : await sampleRanges(pages.at(-1) ?? [], context.decoders);
  const colours = channelColours(planes);
  const channels = planes.map((plane, index): SlideChannel => {
    const limits = limitsOf(plane, ranges[index] ?? null);
    const { low, high } = ranges[index] ?? { low: limits.least, high: limits.most };
    const isShown = index < SHOWN_AT_FIRST && (planes.length === 1 || !isTransmitted(plane.name));
    const own: ChannelView = { isShown, colour: colours[index] ?? [255, 255, 255], low, high };
    return { name: plane.name, ...limits, ...(asked?.[index] ?? own) };
  });
  const layers = pages.map((level, index) =>
    channelLayer(level, channels, context, { key: `channels of level ${index}`, empty: "dark" }),
  );
  return { layers, levels: levelsOf(layers), channels };
}

/** A stained slide in bright field whose red, green and blue bytes lie on three pages. Throws as `commonLevels`. */
export function splitColourContent(planes: readonly ChannelPlane[], context: OpenContext): Pixels {
  const views = [0, 1, 2].map((index): ChannelView => {
    const colour = [index === 0 ? 255 : 0, index === 1 ? 255 : 0, index === 2 ? 255 : 0] as const;
    return { isShown: true, colour, low: 0, high: 255 };
  });
  const layers = commonLevels(planes).map((level, index) =>
    channelLayer(level, views, context, { key: `colours of level ${index}`, empty: "glass" }),
  );
  return { layers, levels: levelsOf(layers) };
}

/** The least and greatest value that the samples can hold; of floating point numbers those found, and 0. */
function limitsOf({ pages: [page], significantBits }: ChannelPlane, found: ValueRange | null) {
  if (!page) return { least: 0, most: 255 };
  if (page.sampleFormat !== 3) return integerLimits(page, significantBits);
  return found ? { least: Math.min(0, found.least), most: Math.max(0, found.most) } : { least: 0, most: 1 };
}

function integerLimits({ bits, sampleFormat }: TiffPage, significantBits: number | null) {
  if (sampleFormat === 2) return { least: -(2 ** (bits - 1)), most: 2 ** (bits - 1) - 1 };
  const used = significantBits !== null && significantBits >= 1 && significantBits <= bits ? significantBits : bits;
  return { least: 0, most: 2 ** used - 1 };
}
