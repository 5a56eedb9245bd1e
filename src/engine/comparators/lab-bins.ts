import type { LabelImage } from "./count-table.ts";
import type { LabImage } from "./lab.ts";

/** Bins of each channel. */
export const LAB_BINS = 16;

/** Of a* and b*: what lies beyond falls into the outermost bins. */
const CHROMA_LIMIT = 64;

/** The bin of each pixel in L* (0 to 100), a* and b* (-64 to 64), 16 equal bins each: three histograms side by side, not a joint one. */
export function labBins({ width, height, lightness, a, b }: LabImage): LabelImage[] {
  const binned = (values: Float32Array, from: number, to: number): LabelImage => {
    const data = new Uint8Array(values.length);
    const scale = LAB_BINS / (to - from);
    for (let i = 0; i < data.length; i++) {
      data[i] = Math.min(LAB_BINS - 1, Math.max(0, Math.floor((values[i]! - from) * scale)));
    }
    return { width, height, data };
  };
  return [binned(lightness, 0, 100), binned(a, -CHROMA_LIMIT, CHROMA_LIMIT), binned(b, -CHROMA_LIMIT, CHROMA_LIMIT)];
}
