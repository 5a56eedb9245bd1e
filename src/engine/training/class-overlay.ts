import { NO_CLASS } from "../heatmap/class-labels.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";
import type { RgbaImage } from "../slide/types.ts";
import type { ClassTruth } from "./class-truth.ts";

/** Share of the colour where it covers the section. */
const OPACITY = 0.55;

/** What is right and what is wrong in a map of classes: green-blue and orange, apart with every common colour blindness. */
export const VERDICT_COLOURS = { right: [0, 158, 115], wrong: [230, 120, 0] } as const;

/**
 * The section with the cells that have their own class in one colour and those that have another in the other; pixels of the mask
 * without a class stay as they are. `picture` shows the whole slide, at any size; `labels` lie on the cells of `grid`, cells without a
 * label count as `background` (-1: stay as they are).
 */
export function classVerdict(
  picture: RgbaImage,
  grid: Pick<ConfidenceGrid, "cols" | "rows" | "stride0X" | "stride0Y">,
  labels: Uint8Array,
  truth: ClassTruth,
  background: number,
): RgbaImage {
  const { width, height } = picture;
  const data = new Uint8ClampedArray(picture.data);
  for (let y = 0; y < height; y++) {
    const y0 = Math.floor(((y + 0.5) * truth.height0) / height);
    const row = Math.min(grid.rows - 1, Math.floor((y0 + 0.5) / grid.stride0Y));
    for (let x = 0; x < width; x++) {
      const x0 = Math.floor(((x + 0.5) * truth.width0) / width);
      const col = Math.min(grid.cols - 1, Math.floor((x0 + 0.5) / grid.stride0X));
      const label = labels[row * grid.cols + col]!;
      const found = label === NO_CLASS ? background : label;
      const own = truth.classAt(x0, y0);
      if (found < 0 || own === NO_CLASS || (found === background && own === background)) continue;
      const colour = VERDICT_COLOURS[found === own ? "right" : "wrong"];
      const at = (y * width + x) * 4;
      for (const channel of [0, 1, 2] as const) {
        data[at + channel] = data[at + channel]! * (1 - OPACITY) + colour[channel] * OPACITY;
      }
    }
  }
  return { width, height, data };
}
