import { throwIfAborted } from "../../engine/base/errors.ts";
import type { RgbaImage, SlideInfo, SlideLevel } from "../../engine/slide/types.ts";
import type { SlideClient } from "../../workers/slide.api.ts";

/** Pixels read at a time: 32 MB of RGBA. */
const STRIP_PIXELS = 8_000_000;

/** A part of a slide in level-0 pixels. */
export interface Part0 {
  readonly x0: number;
  readonly y0: number;
  readonly width0: number;
  readonly height0: number;
}

export interface ReadTissueOptions {
  /** Default: the whole slide. */
  readonly part?: Part0;
  readonly signal?: AbortSignal | undefined;
  /** Told after each strip, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * The slide, or a part that lies on it, as a canvas whose longer side is `longestSide` pixels, or its own size where that is smaller. Reads the
 * level that is needed and no finer one, in strips, so that memory is bounded by the canvas and one strip.
 */
export async function readTissue(
  client: SlideClient,
  longestSide: number,
  { part, signal, onProgress }: ReadTissueOptions = {},
): Promise<HTMLCanvasElement> {
  const { width0, height0 } = client.info;
  const { level, index, left, top, width, height } = onLevel(
    client.info,
    part ?? { x0: 0, y0: 0, width0, height0 },
    longestSide,
  );
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  context.imageSmoothingQuality = "high";
  const rowsPerRow = height / canvas.height;
  const strip = Math.max(1, Math.floor(STRIP_PIXELS / width / rowsPerRow));
  // Strips end on whole rows of the canvas, so that none shows at its edge.
  for (let row = 0; row < canvas.height; row += strip) {
    throwIfAborted(signal);
    const rows = Math.min(strip, canvas.height - row);
    const from = Math.round(row * rowsPerRow);
    const to = Math.round((row + rows) * rowsPerRow);
    const request = {
      x0: left * level.downsampleX,
      y0: (top + from) * level.downsampleY,
      width,
      height: Math.max(1, to - from),
      level: index,
    };
    const image = await client.region(request, signal ? { signal } : {});
    context.drawImage(canvasOf(image), 0, row, canvas.width, rows);
    onProgress?.((row + rows) / canvas.height);
  }
  return canvas;
}

interface PartOnLevel {
  readonly level: SlideLevel;
  readonly index: number;
  /** Pixels of the level. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The part on the coarsest level that still nearly fills the picture, else on the finest. */
function onLevel(info: SlideInfo, part: Part0, longestSide: number): PartOnLevel {
  const wanted = 0.75 * Math.min(longestSide, Math.max(part.width0, part.height0));
  const sideOn = ({ downsampleX, downsampleY }: SlideLevel) =>
    Math.max(part.width0 / downsampleX, part.height0 / downsampleY);
  const index = Math.max(
    0,
    info.levels.findLastIndex((level) => sideOn(level) >= wanted - 1),
  );
  const level = info.levels[index];
  if (!level) throw new RangeError("A slide has at least one level.");
  const left = Math.min(level.width - 1, Math.round(part.x0 / level.downsampleX));
  const top = Math.min(level.height - 1, Math.round(part.y0 / level.downsampleY));
  return {
    level,
    index,
    left,
    top,
    width: Math.max(1, Math.min(level.width - left, Math.round(part.width0 / level.downsampleX))),
    height: Math.max(1, Math.min(level.height - top, Math.round(part.height0 / level.downsampleY))),
  };
}

export function canvasOf(image: RgbaImage): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d")?.putImageData(new ImageData(image.data, image.width, image.height), 0, 0);
  return canvas;
}
