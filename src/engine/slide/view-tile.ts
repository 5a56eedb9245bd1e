/** Longest edge of a tile of strips: the smallest greatest texture of a graphics card still in use. */
const WIDEST = 4096;
/** Pixels of a tile that is shown whole: 16 MB, and a few copies of it on the way to the screen. A quarter of a larger one is shown. */
const MOST_PIXELS = 1 << 22;
/** Pixels of a tile of strips, about. */
const STRIPS_PIXELS = 1 << 20;

interface Grid {
  readonly width: number;
  readonly height: number;
  readonly segmentWidth: number;
  readonly segmentHeight: number;
}

/**
 * The tiles that the viewer is told to ask for: the file's own where they are of a fit size. Strips become tiles that are as wide as
 * may be and hold whole strips: with square ones every strip would be decoded for each of many, in whatever order a viewer asks.
 * What has neither gets squares of the edge `otherwise`.
 */
export function viewTile(grid: Grid, otherwise: number): { width: number; height: number } {
  const { width, height, segmentWidth, segmentHeight } = grid;
  const isFit = (length: number): boolean => length <= WIDEST && length >= 64;
  if (isFit(segmentWidth) && isFit(segmentHeight)) {
    const isQuartered = segmentWidth * segmentHeight > MOST_PIXELS && segmentWidth % 2 === 0 && segmentHeight % 2 === 0;
    const parts = isQuartered ? 2 : 1;
    return { width: segmentWidth / parts, height: segmentHeight / parts };
  }
  const isRowWise = segmentWidth >= width;
  if (!isRowWise || width <= otherwise) return { width: otherwise, height: otherwise };
  const columns = Math.ceil(width / WIDEST);
  const tileWidth = upTo16(Math.ceil(width / columns));
  const rows = Math.min(WIDEST, Math.floor(STRIPS_PIXELS / tileWidth));
  return { width: tileWidth, height: Math.min(wholeStrips(segmentHeight, rows), upTo16(height)) };
}

/** Rows of whole strips below `most`, a multiple of 16 where that can be; `most` for strips that are longer. */
function wholeStrips(segmentHeight: number, most: number): number {
  let step = segmentHeight;
  while (step % 16 !== 0 && step * 2 <= most) step *= 2;
  return segmentHeight > most ? most : Math.floor(most / step) * step;
}

function upTo16(length: number): number {
  return Math.ceil(length / 16) * 16;
}
