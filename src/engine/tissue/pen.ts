import { dilated, dropSmallComponents, eroded, type PlaneSize } from "./morphology.ts";

/**
 * Marker ink, row-major, 1 where found. `balanced`: colour per cell with glass at 255, three values each.
 *
 * Haematoxylin and eosin let green through least and red, save for the bluest nuclei, most. Ink is told by what they cannot be:
 * green, teal and blue ink let red through least by a clear margin; red ink swallows green and blue alike and almost wholly
 * (eosin and blood let more blue through than green); black ink swallows everything alike. Only strokes at least 2 `reach` cells wide count,
 * which spares single dark or bloody cells; the fading rim of a stroke, within 3 `reach`, counts where its colour still leans the ink's way.
 */
export function findPen(balanced: Float32Array, size: PlaneSize, reach: number): Uint8Array<ArrayBuffer> {
  const core = new Uint8Array(size.cols * size.rows);
  const rim = new Uint8Array(core.length);
  for (let i = 0; i < core.length; i++) {
    const red = balanced[i * 3]!;
    const green = balanced[i * 3 + 1]!;
    const blue = balanced[i * 3 + 2]!;
    if (isInk(red, green, blue)) core[i] = 1;
    if (leansToInk(red, green, blue)) rim[i] = 1;
  }
  const strokes = dilated(eroded(core, size, reach), size, reach);
  const near = dilated(strokes, size, 3 * reach);
  for (let i = 0; i < core.length; i++)
    strokes[i] = (strokes[i] === 1 && core[i] === 1) || (near[i] === 1 && rim[i] === 1) ? 1 : 0;
  dropSmallComponents(strokes, size, 1, (2 * reach + 1) ** 2);
  return strokes;
}

function isInk(red: number, green: number, blue: number): boolean {
  const highest = Math.max(red, green, blue);
  const isGreenOrBlue = green - red > 20 && highest - red > 30;
  const isRed = red > 110 && green < 0.25 * red && blue - green < 0.12 * red;
  const isBlack = highest < 60 && highest - Math.min(red, green, blue) < 20;
  return isGreenOrBlue || isRed || isBlack;
}

function leansToInk(red: number, green: number, blue: number): boolean {
  const isGreenish = green - red > 6;
  const isReddish = red - green > 30 && blue - green < 0.05 * red;
  const isDark = Math.max(red, green, blue) < 90;
  return isGreenish || isReddish || isDark;
}
