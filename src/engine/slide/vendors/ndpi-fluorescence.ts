import type { PixelLayer } from "../layer.ts";
import type { TiffDirectory, TiffFile } from "../tiff/directory.ts";
import { readNumber, readText } from "../tiff/values.ts";
import type { ChannelView, RgbaImage, SlideChannel, SlideView } from "../types.ts";
import { NDPI_TAG } from "./ndpi-tags.ts";

/** Capture modes that are fluorescence, as Bio-Formats lists them; 0 is bright field, as is 16 (of 14 bits). */
const FLUORESCENCE = [1, 2, 4, 5, 6, 7, 13, 14, 17, 18];

/**
 * The one channel of a fluorescence slide, whose pixels are stored in its colour already; none for bright field. It is shown
 * as the file has it until a view asks otherwise.
 */
export async function ndpiChannels(file: TiffFile, directory: TiffDirectory, view: SlideView): Promise<SlideChannel[]> {
  const mode = await readNumber(file, directory, NDPI_TAG.captureMode, 0);
  if (!FLUORESCENCE.includes(mode)) return [];
  const [name = ""] = (await readText(file, directory, NDPI_TAG.filterSet)).split("\0");
  const stored: ChannelView = { isShown: true, colour: [255, 255, 255], low: 0, high: 255 };
  const [asked] = view.channels?.length === 1 ? view.channels : [];
  return [{ name: name.trim() || "Fluorescence", most: 255, ...(asked ?? stored) }];
}

/** The layer as `channel` shows it: `low` becomes black, `high` full light, and each colour passes as far as its own value. */
export function shownAs(layer: PixelLayer, channel: ChannelView): PixelLayer {
  const { isShown, colour, low, high } = channel;
  const isStored = isShown && low === 0 && high === 255 && colour.every((value) => value === 255);
  if (isStored) return layer;
  const light = colour.map((most) =>
    Uint8ClampedArray.from({ length: 256 }, (_, value) => {
      const share = (value - low) / Math.max(1e-6, high - low);
      return isShown ? Math.min(1, Math.max(0, share)) * most : 0;
    }),
  );
  const { readBitmap: _stored, ...read } = layer;
  return { ...read, read: async (rect, options) => apply(await layer.read(rect, options), light) };
}

function apply(image: RgbaImage, light: readonly Uint8ClampedArray[]): RgbaImage {
  const { data } = image;
  for (const [c, table] of light.entries()) {
    for (let i = c; i < data.length; i += 4) data[i] = table[data[i]!]!;
  }
  return image;
}
