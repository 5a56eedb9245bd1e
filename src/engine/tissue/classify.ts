import type { LowImage } from "./low-image.ts";
import { boxBlur, dropSmallComponents } from "./morphology.ts";
import type { ResolvedTissueOptions } from "./options.ts";
import { findPen } from "./pen.ts";
import { TISSUE_CLASS } from "./types.ts";
import { findWhitePoint } from "./white-point.ts";

/** Cells darker than this in every channel are what scanners put where they did not scan. */
const PADDING_BLACK = 10;

/** Levels of stain that one level of texture is worth, and the levels of texture that count at most. */
const TEXTURE_WEIGHT = 0.25;
const TEXTURE_LIMIT = 16;

/**
 * Class of every cell (`TISSUE_CLASS`), row-major. `cellUm`: side of a cell.
 *
 * The picture is balanced so that glass is white, then averaged over `reachUm`. Averaging first makes lacy, pale necrosis a faint even
 * pink and cancels the coloured noise of compressed glass. A cell's stain is the average's colour (highest less lowest
 * channel) plus a quarter of the brightness's standard deviation there, since pale tissue keeps its grain where glass is smooth. A cell is
 * tissue where it has more stain than glass, or is colourless but dark; ink is taken out, dust dropped, small holes filled.
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
  const { stain, brightness } = stainOf(balanced, image, Math.max(1, Math.round(options.reachUm / cellUm)));
  const leastStain = leastTissueStain(stain, brightness, options);
  const darkest = 255 * (1 - options.greyAbsorption);
  const classes = new Uint8Array(cells);
  for (let i = 0; i < cells; i++) {
    if (pen[i] === 0 && (stain[i]! > leastStain || brightness[i]! < darkest)) classes[i] = TISSUE_CLASS.tissue;
  }
  const um2 = cellUm * cellUm;
  dropSmallComponents(classes, image, 0, options.maxHoleUm2 / um2);
  dropSmallComponents(classes, image, 1, options.minPieceUm2 / um2);
  for (let i = 0; i < cells; i++) {
    if (pen[i] === 1) classes[i] = TISSUE_CLASS.pen;
  }
  return classes;
}

function stainOf(balanced: Float32Array, image: LowImage, reach: number) {
  const cells = image.cols * image.rows;
  const squares = new Float32Array(cells);
  for (let i = 0; i < cells; i++) squares[i] = brightnessAt(balanced, i) ** 2;
  const smooth = boxBlur(balanced, image, 3, reach);
  const smoothSquares = boxBlur(squares, image, 1, reach);
  const stain = new Float32Array(cells);
  const brightness = new Float32Array(cells);
  for (let i = 0; i < cells; i++) {
    const red = smooth[i * 3]!;
    const green = smooth[i * 3 + 1]!;
    const blue = smooth[i * 3 + 2]!;
    const mean = brightnessAt(smooth, i);
    const texture = Math.sqrt(Math.max(0, smoothSquares[i]! - mean ** 2));
    brightness[i] = mean;
    stain[i] =
      Math.max(red, green, blue) - Math.min(red, green, blue) + TEXTURE_WEIGHT * Math.min(TEXTURE_LIMIT, texture);
  }
  return { stain, brightness };
}

function brightnessAt(rgb: Float32Array, cell: number): number {
  return (rgb[cell * 3]! + rgb[cell * 3 + 1]! + rgb[cell * 3 + 2]!) / 3;
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
 * Glass is taken to be the bright cells with little stain; tissue begins four times their spread (by the median absolute
 * deviation) above their median, within the options' bounds. Without glass the lower bound holds.
 */
function leastTissueStain(stain: Float32Array, brightness: Float32Array, options: ResolvedTissueOptions): number {
  const steps = 16;
  const counts = new Float64Array(Math.round(options.highestStain * steps) + 1);
  for (let i = 0; i < stain.length; i++) {
    const bin = Math.round(stain[i]! * steps);
    if (bin < counts.length && brightness[i]! > 235) counts[bin]!++;
  }
  const median = medianBin(counts);
  const deviations = new Float64Array(counts.length);
  counts.forEach((count, bin) => {
    deviations[Math.abs(bin - median)]! += count;
  });
  const glassLimit = (median + 4 * 1.4826 * medianBin(deviations)) / steps;
  return Math.min(options.highestStain, Math.max(options.lowestStain, glassLimit));
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
