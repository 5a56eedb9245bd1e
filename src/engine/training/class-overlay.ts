import { NO_CLASS } from "../heatmap/class-labels.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";
import type { RgbaImage } from "../slide/types.ts";
import type { ClassTruth } from "./class-truth.ts";
import { paintOver } from "./overlay.ts";

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
  return paintOver(picture, grid, truth, (x0, y0, cell) => {
    const label = labels[cell]!;
    const found = label === NO_CLASS ? background : label;
    const own = truth.classAt(x0, y0);
    if (found < 0 || own === NO_CLASS || (found === background && own === background)) return null;
    return VERDICT_COLOURS[found === own ? "right" : "wrong"];
  });
}
