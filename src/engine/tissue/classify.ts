import type { LowImage } from "./low-image.ts";
import { boxBlur, dropSmallComponents } from "./morphology.ts";
import type { ResolvedTissueOptions } from "./options.ts";
import { findPen } from "./pen.ts";
import { TISSUE_CLASS } from "./types.ts";
import { findWhitePoint } from "./white-point.ts";

/** Cells darker than this in every channel are what scanners put where they did not scan. */
const PADDING_BLACK = 10;

/**
 * Class of every cell (`TISSUE_CLASS`), row-major. `cellUm`: side of a cell.
 *
 * The picture is balanced so that glass is white, then averaged over `reachUm`. Averaging first makes lacy, pale necrosis
 * a faint even pink and cancels the coloured noise of compressed glass. A cell is tissue where the average has more colour than
 * glass, or is colourless but dark; ink is taken out, dust dropped, small holes filled.
 */
export function classifyTissue(
  image: LowImage,
  cellUm: number,
  options: ResolvedTissueOptions,
): Uint8Array<ArrayBuffer> {
  const cells = image.cols * image.rows;
  const balanced = balancedToWhite(image.rgb);
  const pen = findPen(balanced, image, Math.max(1, Math.round(options.penWidthUm / 2 / cellUm)));
  for (let i = 0; i < cells; i++) {
    if (pen[i] === 1) balanced.fill(255, i * 3, i * 3 + 3);
  }
  const smooth = boxBlur(balanced, image, 3, Math.max(1, Math.round(options.reachUm / cellUm)));
  const leastChroma = leastTissueChroma(smooth, options);
  const darkest = 255 * (1 - options.greyAbsorption);
  const tissue = new Uint8Array(cells);
  for (let i = 0; i < cells; i++) {
    const red = smooth[i * 3]!;
    const green = smooth[i * 3 + 1]!;
    const blue = smooth[i * 3 + 2]!;
    const chroma = Math.max(red, green, blue) - Math.min(red, green, blue);
    if (pen[i] === 0 && (chroma > leastChroma || (red + green + blue) / 3 < darkest)) tissue[i] = 1;
  }
  const um2 = cellUm * cellUm;
  dropSmallComponents(tissue, image, 0, options.maxHoleUm2 / um2);
  dropSmallComponents(tissue, image, 1, options.minPieceUm2 / um2);
  for (let i = 0; i < cells; i++) {
    if (pen[i] === 1) tissue[i] = TISSUE_CLASS.pen;
  }
  return tissue;
}

function balancedToWhite(rgb: Float32Array): Float32Array<ArrayBuffer> {
  const white = findWhitePoint(rgb);
  const balanced = new Float32Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const isPadding = rgb[at]! < PADDING_BLACK && rgb[at + 1]! < PADDING_BLACK && rgb[at + 2]! < PADDING_BLACK;
    for (let channel = 0; channel < 3; channel++) {
      const level = rgb[at + channel]! / white[channel]!;
      balanced[at + channel] = isPadding ? 255 : Math.min(255, 255 * level);
    }
  }
  return balanced;
}

/**
 * Glass is taken to be the bright cells with little colour; tissue begins four times their spread (by the median absolute
 * deviation) above their median, within the options' bounds. Without glass the lower bound holds.
 */
function leastTissueChroma(smooth: Float32Array, options: ResolvedTissueOptions): number {
  const steps = 16;
  const counts = new Float64Array(options.highestChroma * steps + 1);
  for (let at = 0; at < smooth.length; at += 3) {
    const red = smooth[at]!;
    const green = smooth[at + 1]!;
    const blue = smooth[at + 2]!;
    const chroma = Math.max(red, green, blue) - Math.min(red, green, blue);
    const bin = Math.round(chroma * steps);
    if (bin < counts.length && red + green + blue > 3 * 235) counts[bin]!++;
  }
  const median = medianBin(counts) / steps;
  const deviations = new Float64Array(counts.length);
  counts.forEach((count, bin) => {
    deviations[Math.round(Math.abs(bin - median * steps))]! += count;
  });
  const spread = (1.4826 * medianBin(deviations)) / steps;
  return Math.min(options.highestChroma, Math.max(options.lowestChroma, median + 4 * spread));
}

function medianBin(counts: Float64Array): number {
  const half = counts.reduce((a, b) => a + b, 0) / 2;
  let below = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    below += counts[bin]!;
    if (below > half) return bin;
  }
  return 0;
}
