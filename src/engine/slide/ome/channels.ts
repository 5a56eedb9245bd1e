import { type ChannelPlane, MAX_CHANNELS } from "../channels/channel-plane.ts";
import type { TiffFile } from "../tiff/directory.ts";
import type { TiffPage } from "../tiff/page.ts";
import { PHOTOMETRIC } from "../tiff/tags.ts";
import type { OmeChannel, OmeImage } from "./model.ts";

/** Where the pixels of a channel lie on the plane that is shown. */
export interface LocatedPlane {
  readonly file: TiffFile;
  /** Finest first. */
  readonly pages: readonly TiffPage[];
}

/** True for pixels that are colours, or too few bits to be anything else but black and white. */
export function isColoured(page: TiffPage, image: OmeImage): boolean {
  const { photometric, samples, bits } = page;
  if (photometric === PHOTOMETRIC.blackIsZero || photometric === PHOTOMETRIC.whiteIsZero) return bits > 0 && bits < 8;
  return photometric === PHOTOMETRIC.palette ? image.sizeC === 1 : samples >= 3 && samples <= 4;
}

/**
 * The channels of the plane that is shown; `located` in the order of the XML's channels, null where the pixels are
 * missing. Each sample of a page with several is a channel of its own.
 */
export function channelPlanes(
  image: OmeImage,
  located: readonly (LocatedPlane | null)[],
  main: TiffFile,
): ChannelPlane[] {
  const [first] = located;
  const samplesOfFirst = first?.pages[0]?.samples ?? 1;
  // All channels in one page, though the XML speaks of a plane for each.
  const isTogether = samplesOfFirst > 1 && samplesOfFirst === image.channels.length && !located.slice(1).some(Boolean);
  const planes: ChannelPlane[] = [];
  for (const [index, channel] of image.channels.entries()) {
    const place = isTogether ? first : located[index];
    const samples = isTogether ? [index] : samplesOf(channel, place?.pages[0]);
    for (const sample of samples) {
      planes.push({
        name: nameOf(channel, planes.length, samples.length > 1 ? sample : null),
        colour: samples.length > 1 ? null : channel.colour,
        emissionNm: channel.emissionNm,
        file: place?.file ?? main,
        pages: place?.pages ?? [],
        sample,
        significantBits: image.significantBits,
      });
    }
  }
  return planes.slice(0, MAX_CHANNELS);
}

function samplesOf(channel: OmeChannel, page: TiffPage | undefined): number[] {
  const count = Math.min(MAX_CHANNELS, page?.samples ?? channel.samples);
  return Array.from({ length: Math.max(1, count) }, (_, sample) => sample);
}

function nameOf({ name, fluor }: OmeChannel, index: number, sample: number | null): string {
  const isTold = fluor !== "" && !name.toLowerCase().includes(fluor.toLowerCase());
  const words = [name, isTold ? fluor : ""].filter((word) => word !== "").join(" ");
  if (words === "") return `Channel ${index + 1}`;
  return sample === null ? words : `${words} ${sample + 1}`;
}

const RGB_NAMES = /^(r|red) (g|green) (b|blue)$/i;
const RGB_COLOURS = "255,0,0 0,255,0 0,0,255";

/**
 * A stained slide whose colours were split: three pages of bytes called red, green and blue, or nameless ones with just
 * these colours, as Bio-Formats writes them.
 */
export function isSplitColour(image: OmeImage, planes: readonly ChannelPlane[]): boolean {
  const isBytes = planes.every(({ pages: [page] }) => page?.bits === 8 && page.sampleFormat === 1);
  if (planes.length !== 3 || image.channels.length !== 3 || !isBytes) return false;
  const names = image.channels.map(({ name }) => name).join(" ");
  if (RGB_NAMES.test(names)) return true;
  return names.trim() === "" && image.channels.map(({ colour }) => String(colour)).join(" ") === RGB_COLOURS;
}
