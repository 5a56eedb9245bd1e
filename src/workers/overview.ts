import type { Slide, SlideLevel } from "../engine/slide/types.ts";
import { tilesAtOnce } from "./tiles-at-once.ts";
import { toBitmap } from "./to-bitmap.ts";

/** Size of a picture of the whole slide, and how many pixels of the coarsest level make one of its own. */
export interface OverviewShape {
  readonly width: number;
  readonly height: number;
  readonly factor: number;
}

/** Longest edge of the overview: what a stage shows of a whole slide. */
const LONGEST = 1024;
const GREATEST_FACTOR = 16;

/**
 * The overview of a slide whose coarsest level is so fine that a first view of it, and one more for the navigator, would ask for a
 * hundred tiles; null where the file's own levels are coarse enough. Only the viewer sees it: no number is computed from it.
 */
export function overviewOf(levels: readonly SlideLevel[]): OverviewShape | null {
  const coarsest = levels.at(-1);
  if (!coarsest) return null;
  const { width, height, tileWidth, tileHeight } = coarsest;
  let factor = 1;
  while (Math.max(width, height) / factor > LONGEST) factor *= 2;
  // Tiles must fall on whole pixels of it, or seams would show.
  const isWhole =
    (tileWidth % factor === 0 || tileWidth >= width) && (tileHeight % factor === 0 || tileHeight >= height);
  if (factor === 1 || factor > GREATEST_FACTOR || !isWhole) return null;
  return { width: Math.round(width / factor), height: Math.round(height / factor), factor };
}

/** Gives the overview to each who asks, the stage and the navigator. Draws it once, from now on: the page will ask for it first. */
export function overviewReader(slide: Slide, shape: OverviewShape): () => Promise<ImageBitmap> {
  const draw = () => {
    const drawing = drawOverview(slide, shape);
    drawing.catch(() => {
      drawn = null;
    });
    return drawing;
  };
  let drawn: Promise<ImageBitmap> | null = draw();
  return async () => {
    drawn ??= draw();
    return await createImageBitmap(await drawn);
  };
}

/** Draws all tiles of the coarsest level into one small picture. */
async function drawOverview(slide: Slide, { width, height, factor }: OverviewShape): Promise<ImageBitmap> {
  const level = slide.info.levels.length - 1;
  const coarsest = slide.info.levels[level];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context || !coarsest) throw new RangeError("no canvas, or a slide without a level");
  context.imageSmoothingQuality = "medium";
  const { width: levelWidth, height: levelHeight, tileWidth, tileHeight } = coarsest;
  const cols = Math.ceil(levelWidth / tileWidth);
  const count = cols * Math.ceil(levelHeight / tileHeight);
  let next = 0;
  async function drawTiles(onto: OffscreenCanvasRenderingContext2D): Promise<void> {
    for (let index = next++; index < count; index = next++) {
      const col = index % cols;
      const row = Math.floor(index / cols);
      const tile = toBitmap(await slide.readTile({ level, col, row }, { shrink: factor }));
      const fullWidth = Math.min(tileWidth, levelWidth - col * tileWidth);
      const scale = tile.width === fullWidth ? factor : 1;
      const at = { x: (col * tileWidth) / factor, y: (row * tileHeight) / factor };
      onto.drawImage(tile, at.x, at.y, tile.width / scale, tile.height / scale);
      tile.close();
    }
  }
  await Promise.all(Array.from({ length: Math.min(tilesAtOnce(slide.info.levels), count) }, () => drawTiles(context)));
  return canvas.transferToImageBitmap();
}
