import { AppError } from "../../base/errors.ts";
import type { OpenContext } from "../content.ts";
import { type PixelLayer, type SegmentGrid, segmentedLayer } from "../layer.ts";
import { orientedLayer } from "../orientation.ts";
import { whiteImage } from "../pixels.ts";
import { type ChannelSamples, decodeChannelSamples } from "../tiff/channel-samples.ts";
import { piecesOf, reserveFor } from "../tiff/page-layer.ts";
import { MAX_WORK_BYTES_ALONE, workBytesPerPixel } from "../tiff/piece-limits.ts";
import type { SegmentPart } from "../tiff/segment-bytes.ts";
import type { ChannelView, ImageDecoders } from "../types.ts";
import type { ChannelPage } from "./channel-plane.ts";
import { composeChannels } from "./compose.ts";

export interface ChannelLayerOptions {
  /** Of its pieces in the cache. */
  readonly key: string;
  /** What a piece is that the file leaves out in every channel: no light, or white glass. */
  readonly empty: "dark" | "glass";
}

/** One level of a fluorescence image as `views` show it; only channels that are shown are decoded. */
export function channelLayer(
  channels: readonly (ChannelPage | null)[],
  views: readonly ChannelView[],
  { decoders, cache }: Pick<OpenContext, "decoders" | "cache">,
  { key, empty }: ChannelLayerOptions,
): PixelLayer {
  const page = channels.find((channel) => channel !== null)?.page;
  if (!page) throw new RangeError("a level without a channel");
  reserveFor(page, cache);
  const pieces = piecesOf(page);
  const shown = channels.map((channel, index) => (views[index]?.isShown ? channel : null));
  const grid = { ...pieces.grid, workBytes: workBytesOf(shown, pieces.grid) };
  const layer = segmentedLayer(grid, key, cache, async (col, row) => {
    const found = await readPiece(shown, pieces.partAt(col, row), decoders);
    const { width, height } = pieces.sizeAt(col, row);
    if (empty === "glass" && found.every((samples) => samples === null)) return whiteImage(width, height);
    const lit = views.map((view, index) => ({ view, samples: found[index] ?? null }));
    return composeChannels(lit, width, height);
  });
  return page.orientation > 1 && page.orientation <= 8 ? orientedLayer(layer, page.orientation) : layer;
}

/** Bytes that a piece takes while its channels are decoded, those of one page once. Throws `slide/too-large`. */
function workBytesOf(shown: readonly (ChannelPage | null)[], { segmentWidth, segmentHeight }: SegmentGrid): number {
  const pages = [...new Set(shown.flatMap((channel) => (channel ? [channel.page] : [])))];
  const bytes = segmentWidth * segmentHeight * pages.reduce((sum, page) => sum + workBytesPerPixel(page), 4);
  if (bytes <= MAX_WORK_BYTES_ALONE) return bytes;
  throw new AppError(
    "slide/too-large",
    `Expected tiles whose channels can be decoded together, found ${pages.length} channels in tiles of ${segmentWidth} x ${segmentHeight} pixels. Show fewer channels, or export the image in smaller tiles.`,
  );
}

/** The samples of a piece in the order of the channels; samples that lie side by side in one page are decoded once. */
export async function readPiece(
  channels: readonly (ChannelPage | null)[],
  part: SegmentPart,
  decoders: ImageDecoders,
): Promise<readonly (ChannelSamples | null)[]> {
  const found = new Array<ChannelSamples | null>(channels.length).fill(null);
  for (const [index, channel] of channels.entries()) {
    if (!channel || channels.findIndex((other) => other?.page === channel.page) < index) continue;
    const { file, page } = channel;
    const beside = channels.flatMap((other, at) => (other?.page === page ? [{ at, sample: other.sample }] : []));
    const samples = beside.map(({ sample }) => sample);
    const decoded = await decodeChannelSamples(file, page, part, samples, decoders);
    for (const [i, { at }] of beside.entries()) found[at] = decoded[i] ?? null;
  }
  return found;
}
