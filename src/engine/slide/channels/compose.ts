import type { ChannelSamples } from "../tiff/channel-samples.ts";
import type { ChannelView, RgbaImage } from "../types.ts";

/** One channel of a piece with how it is shown; `samples` is null where the file leaves the piece out. */
export interface ShownSamples {
  readonly samples: ChannelSamples | null;
  readonly view: ChannelView;
}

/**
 * The light of all channels added up, in the linear scale of 0 to 255 that the colours are given in:
 *
 *     out[k] = round(min(255, sum over channels c of colour_c[k] * t_c)),  k = red, green, blue
 *     t_c = (v_c - low_c) / (high_c - low_c), cut to 0 to 1; with high_c <= low_c: 1 for v_c > low_c, else 0
 *
 * A value that is no number gives no light, nor does a piece that the file leaves out: the dark of the microscope, not
 * white glass. Cost: width * height * channels; memory: 12 bytes a pixel besides the picture.
 */
export function composeChannels(channels: readonly ShownSamples[], width: number, height: number): RgbaImage {
  const light = new Float32Array(width * height * 3);
  for (const { samples, view } of channels) if (samples && view.isShown) addLight(light, samples, view, width, height);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0, from = 0; at < data.length; at += 4, from += 3) {
    data[at] = Math.floor(light[from]! + 0.5);
    data[at + 1] = Math.floor(light[from + 1]! + 0.5);
    data[at + 2] = Math.floor(light[from + 2]! + 0.5);
    data[at + 3] = 255;
  }
  return { width, height, data };
}

function addLight(
  light: Float32Array,
  { values, first, step, rowStep }: ChannelSamples,
  { colour, low, high }: ChannelView,
  width: number,
  height: number,
): void {
  const [red, green, blue] = colour;
  const scale = high > low ? 1 / (high - low) : Number.POSITIVE_INFINITY;
  for (let y = 0, at = 0; y < height; y++) {
    let from = first + y * rowStep;
    for (let x = 0; x < width; x++, at += 3, from += step) {
      const above = values[from]! - low;
      // A comparison with NaN is false, so that it gives no light.
      if (!(above > 0)) continue;
      const share = Math.min(1, above * scale);
      light[at] = light[at]! + red * share;
      light[at + 1] = light[at + 1]! + green * share;
      light[at + 2] = light[at + 2]! + blue * share;
    }
  }
}
