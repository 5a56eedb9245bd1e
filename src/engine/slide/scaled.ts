import { AppError, throwIfAborted } from "../base/errors.ts";
import { copyPixels, whiteImage } from "./pixels.ts";
import { type AxisTaps, axisTaps, resample } from "./resample.ts";
import type { ReadOptions, RgbaImage, Slide, SlideLevel } from "./types.ts";

/**
 * A rectangle of the slide at any scale. Source pixel (i, j) covers level-0 [i * downsampleX, (i + 1) * downsampleX)
 * and likewise down; x, y, width and height count source pixels from the slide's corner.
 */
export interface ScaledRequest {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Level-0 pixels per source pixel; below 1 enlarges. */
  readonly downsampleX: number;
  readonly downsampleY: number;
}

/** Pixels of a level read at once: 16 MB of RGBA. */
const BLOCK_PIXELS = 4 * 1024 * 1024;
/** Rows of a level per block: enough to meet each tile of the file in few blocks. */
const BLOCK_ROWS = 1024;
/** A level that is this little coarser than asked for still serves: ratios of sizes are rounded (4.0003 for 4). */
const LEVEL_TOLERANCE = 1.005;

/**
 * Pixels at the asked scale from the nearest level that is finer or equal: by area when shrinking, by cubic
 * convolution when enlarging (`axisTaps`), an exact copy when the scale is the level's own. Outside of the slide is
 * white. A source pixel never depends on the rectangle it is read with. Reads blocks of 16 MB, whatever is asked.
 * Throws `slide/bad-region`, and as `Slide.readRegion`.
 */
export async function readScaled(slide: Slide, request: ScaledRequest, options: ReadOptions = {}): Promise<RgbaImage> {
  checkRequest(request);
  const { downsampleX, downsampleY } = request;
  const { index, level } = chooseLevel(slide.info.levels, downsampleX, downsampleY);
  const ratioX = exactRatio(downsampleX / level.downsampleX);
  const ratioY = exactRatio(downsampleY / level.downsampleY);
  const image = whiteImage(request.width, request.height);
  // Source pixels whose centre lies on the slide; the rest stays white.
  const left = Math.max(0, request.x);
  const top = Math.max(0, request.y);
  const right = Math.min(request.x + request.width, Math.ceil(level.width / ratioX - 0.5));
  const bottom = Math.min(request.y + request.height, Math.ceil(level.height / ratioY - 0.5));
  const rows = Math.max(1, Math.floor(BLOCK_ROWS / Math.max(1, ratioY)));
  const columns = Math.max(1, Math.floor(BLOCK_PIXELS / Math.max(1, rows * ratioY) / Math.max(1, ratioX)));
  for (let y = top; y < bottom; y += rows) {
    for (let x = left; x < right; x += columns) {
      throwIfAborted(options.signal);
      const width = Math.min(columns, right - x);
      const height = Math.min(rows, bottom - y);
      const block = await readBlock(slide, index, { x, y, width, height, ratioX, ratioY }, options);
      copyPixels(block, image, x - request.x, y - request.y);
    }
  }
  return image;
}

interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly ratioX: number;
  readonly ratioY: number;
}

async function readBlock(slide: Slide, index: number, block: Block, options: ReadOptions): Promise<RgbaImage> {
  const level = slide.info.levels[index];
  if (!level) throw new RangeError(`no level ${index}`);
  const { x, y, width, height, ratioX, ratioY } = block;
  if (ratioX === 1 && ratioY === 1) {
    const x0 = x * level.downsampleX;
    const y0 = y * level.downsampleY;
    return await slide.readRegion({ x0, y0, width, height, level: index }, options);
  }
  const columns = axisTaps(ratioX, x, width);
  const rows = axisTaps(ratioY, y, height);
  const across = span(columns, level.width);
  const down = span(rows, level.height);
  const region = { width: across.length, height: down.length, level: index };
  const x0 = across.from * level.downsampleX;
  const y0 = down.from * level.downsampleY;
  const pixels = await slide.readRegion({ ...region, x0, y0 }, options);
  const finer = { ...pixels, left: across.from, top: down.from };
  return { width, height, data: resample(finer, columns, rows) };
}

/** Level pixels that the taps name and the level has. */
function span(taps: AxisTaps, length: number): { from: number; length: number } {
  const last = taps.first.length - 1;
  const from = Math.min(Math.max(0, taps.first[0]!), length - 1);
  const to = Math.min(Math.max(taps.first[last]! + taps.width, from + 1), length);
  return { from, length: to - from };
}

function chooseLevel(
  levels: readonly SlideLevel[],
  downsampleX: number,
  downsampleY: number,
): { index: number; level: SlideLevel } {
  for (let index = levels.length - 1; index >= 0; index--) {
    const level = levels[index];
    if (!level) continue;
    const isFineEnough =
      level.downsampleX <= downsampleX * LEVEL_TOLERANCE && level.downsampleY <= downsampleY * LEVEL_TOLERANCE;
    if (isFineEnough || index === 0) return { index, level };
  }
  throw new RangeError("a slide without levels");
}

function exactRatio(ratio: number): number {
  return Math.abs(ratio - 1) < 1e-9 ? 1 : ratio;
}

function checkRequest(request: ScaledRequest): void {
  const { x, y, width, height, downsampleX, downsampleY } = request;
  const isWhole = [x, y, width, height].every(Number.isInteger) && width >= 1 && height >= 1;
  const isScaled = [downsampleX, downsampleY].every((value) => value > 0 && Number.isFinite(value));
  if (isWhole && isScaled) return;
  throw new AppError(
    "slide/bad-region",
    `Expected a rectangle of whole pixels and a positive scale, found ${width} x ${height} at ${x}, ${y} with ${downsampleX} and ${downsampleY} level-0 pixels a pixel.`,
  );
}
