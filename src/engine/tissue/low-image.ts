import { throwIfAborted } from "../base/errors.ts";
import type { RgbaImage, Slide, SlideLevel } from "../slide/types.ts";

/** The slide, averaged down to cells. Cell (col, row) covers level-0 pixels from (col * cell0X, row * cell0Y) on. */
export interface LowImage {
  readonly cols: number;
  readonly rows: number;
  readonly cell0X: number;
  readonly cell0Y: number;
  /** Mean colour per cell: red, green, blue, row-major, 0 to 255. */
  readonly rgb: Float32Array<ArrayBuffer>;
}

/** Pixels of a level that are read at a time, per side, at most about. */
const BLOCK_PIXELS = 1024;

/**
 * Reads the coarsest level whose pixels are no larger than the wanted cells (level-0 pixels) and averages whole pixels of it into
 * cells, so that cells come close to the wanted size and no detail aliases. Rethrows what the slide throws.
 */
export async function readLowImage(
  slide: Slide,
  wanted: { readonly cell0X: number; readonly cell0Y: number },
  signal?: AbortSignal,
): Promise<LowImage> {
  const level = coarsestWithin(slide.info.levels, wanted);
  const { width, height, downsampleX, downsampleY } = slide.info.levels[level]!;
  const pixelsX = Math.max(1, Math.round(wanted.cell0X / downsampleX));
  const pixelsY = Math.max(1, Math.round(wanted.cell0Y / downsampleY));
  const cols = Math.ceil(width / pixelsX);
  const rows = Math.ceil(height / pixelsY);
  const rgb = new Float32Array(cols * rows * 3);
  const blockCols = Math.max(1, Math.floor(BLOCK_PIXELS / pixelsX));
  const blockRows = Math.max(1, Math.floor(BLOCK_PIXELS / pixelsY));
  for (let row = 0; row < rows; row += blockRows) {
    for (let col = 0; col < cols; col += blockCols) {
      throwIfAborted(signal);
      const x = col * pixelsX;
      const y = row * pixelsY;
      const region = await slide.readRegion(
        {
          x0: x * downsampleX,
          y0: y * downsampleY,
          width: Math.min(width - x, blockCols * pixelsX),
          height: Math.min(height - y, blockRows * pixelsY),
          level,
        },
        signal === undefined ? {} : { signal },
      );
      averageInto(rgb, cols, { col, row, pixelsX, pixelsY }, region);
    }
  }
  return { cols, rows, cell0X: pixelsX * downsampleX, cell0Y: pixelsY * downsampleY, rgb };
}

function coarsestWithin(levels: readonly SlideLevel[], wanted: { readonly cell0X: number; readonly cell0Y: number }) {
  let best = 0;
  levels.forEach((level, index) => {
    const fits = level.downsampleX <= wanted.cell0X * 1.01 && level.downsampleY <= wanted.cell0Y * 1.01;
    if (fits && level.downsampleX > levels[best]!.downsampleX) best = index;
  });
  return best;
}

interface Block {
  readonly col: number;
  readonly row: number;
  readonly pixelsX: number;
  readonly pixelsY: number;
}

function averageInto(rgb: Float32Array, cols: number, block: Block, region: RgbaImage): void {
  const { width, height, data } = region;
  for (let top = 0, row = block.row; top < height; top += block.pixelsY, row++) {
    const bottom = Math.min(height, top + block.pixelsY);
    for (let left = 0, col = block.col; left < width; left += block.pixelsX, col++) {
      const right = Math.min(width, left + block.pixelsX);
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let y = top; y < bottom; y++) {
        for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at += 4) {
          red += data[at]!;
          green += data[at + 1]!;
          blue += data[at + 2]!;
        }
      }
      const count = (right - left) * (bottom - top);
      const to = (row * cols + col) * 3;
      rgb[to] = red / count;
      rgb[to + 1] = green / count;
      rgb[to + 2] = blue / count;
    }
  }
}
