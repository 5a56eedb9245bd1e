import type { Box0 } from "../../engine/pictures/top-patches.ts";
import type { SlideInfo } from "../../engine/slide/types.ts";

/** Air on each side, as a share of the longer one. */
const AIR = 0.15;

/** Level-0 pixels: a single cell is shown with what lies around it. */
const LEAST = 256;

/** Pixels of the coarsest level a side, at most: a slide without a pyramid would be read whole for one picture. */
const MOST_READ = 2048;

/** The square with a box in its middle, as far as it fits on the slide; of one too large to be read at once its middle. */
export function squareAround(
  { x0, y0, width0, height0 }: Box0,
  info: Pick<SlideInfo, "width0" | "height0" | "levels">,
): Box0 {
  const coarsest = info.levels.at(-1)?.downsampleX ?? 1;
  const wanted = Math.max(LEAST, Math.max(width0, height0) * (1 + 2 * AIR));
  const side = Math.min(wanted, MOST_READ * coarsest);
  const place = (from: number, length: number, whole: number) => {
    const fitting = Math.min(side, whole);
    return { from: Math.min(Math.max(0, from + length / 2 - fitting / 2), whole - fitting), length: fitting };
  };
  const x = place(x0, width0, info.width0);
  const y = place(y0, height0, info.height0);
  return { x0: x.from, y0: y.from, width0: x.length, height0: y.length };
}
