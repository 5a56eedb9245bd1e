import { boxBlur, dilated, dropSmallComponents, type PlaneSize } from "./morphology.ts";

/**
 * Marker ink, row-major, 1 where found. `balanced`: colour per cell with glass at 255, three values each.
 *
 * Haematoxylin and eosin let green through least and red, save for the bluest nuclei, most. Ink is told by what they cannot be:
 * green, teal and blue ink let red through least by a clear margin; red ink swallows green and blue alike and almost wholly (eosin
 * and blood let more blue through than green); black ink swallows everything alike. A stroke is made of squares of (2 reach + 1)
 * cells with at least 60 % of ink, which spares single dark or bloody cells and bears with tissue showing through; its fading rim, up to
 * 6 reach away, counts where the colour still leans the ink's way.
 */
export function findPen(balanced: Float32Array, size: PlaneSize, reach: number): Uint8Array<ArrayBuffer> {
  const cells = size.cols * size.rows;
  const ink = new Float32Array(cells);
  const rim = new Uint8Array(cells);
  for (let i = 0; i < cells; i++) {
    const red = balanced[i * 3]!;
    const green = balanced[i * 3 + 1]!;
    const blue = balanced[i * 3 + 2]!;
    if (isInk(red, green, blue)) ink[i] = 1;
    if (leansToInk(red, green, blue)) rim[i] = 1;
  }
  const squares = Uint8Array.from(boxBlur(ink, size, 1, reach), (share) => (share >= 0.6 ? 1 : 0));
  if (!squares.includes(1)) return squares;
  const strokes = dilated(squares, size, reach);
  const near = dilated(squares, size, 6 * reach);
  const pen = new Uint8Array(cells);
  for (let i = 0; i < cells; i++) {
    if ((strokes[i] === 1 && (ink[i] === 1 || squares[i] === 1)) || (near[i] === 1 && rim[i] === 1)) pen[i] = 1;
  }
  dropSmallComponents(pen, size, 1, (2 * reach + 1) ** 2);
  return pen;
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
