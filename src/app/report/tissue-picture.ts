import type { RgbaImage, SlideInfo, SlideLevel } from "../../engine/slide/types.ts";
import type { SlideClient } from "../../workers/slide.api.ts";

/** Pixels read at a time: 32 MB of RGBA. */
const STRIP_PIXELS = 8_000_000;

/** The whole slide as a canvas whose longer side is `longestSide` pixels, or its own size where that is smaller. */
export async function readTissue(client: SlideClient, longestSide: number): Promise<HTMLCanvasElement> {
  const { level, index } = levelFor(client.info, longestSide);
  const scale = Math.min(1, longestSide / Math.max(level.width, level.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(level.width * scale));
  canvas.height = Math.max(1, Math.round(level.height * scale));
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  context.imageSmoothingQuality = "high";
  const rowsPerRow = level.height / canvas.height;
  const strip = Math.max(1, Math.floor(STRIP_PIXELS / level.width / rowsPerRow));
  // Strips end on whole rows of the canvas, so that none shows at its edge.
  for (let row = 0; row < canvas.height; row += strip) {
    const rows = Math.min(strip, canvas.height - row);
    const top = Math.round(row * rowsPerRow);
    const bottom = Math.round((row + rows) * rowsPerRow);
    const image = await client.region({
      x0: 0,
      y0: top * level.downsampleY,
      width: level.width,
      height: bottom - top,
      level: index,
    });
    context.drawImage(canvasOf(image), 0, row, canvas.width, rows);
  }
  return canvas;
}

/** The coarsest level that still nearly fills the picture, else the finest. */
function levelFor(info: SlideInfo, longestSide: number): { readonly level: SlideLevel; readonly index: number } {
  const wanted = 0.75 * Math.min(longestSide, Math.max(info.width0, info.height0));
  const found = info.levels.findLastIndex(({ width, height }) => Math.max(width, height) >= wanted);
  const index = Math.max(0, found);
  const level = info.levels[index];
  if (!level) throw new RangeError("A slide has at least one level.");
  return { level, index };
}

export function canvasOf(image: RgbaImage): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d")?.putImageData(new ImageData(image.data, image.width, image.height), 0, 0);
  return canvas;
}
