import { throwIfAborted } from "../../base/errors.ts";
import type { OpenContext } from "../content.ts";
import { type PixelLayer, segmentedLayer } from "../layer.ts";
import { cropImage } from "../pixels.ts";
import { openFrameIndex } from "./frame-index.ts";
import { decodeFrame, emptyFrame, frameFailure, jpegColour, jpegFrame, readFrameBytes } from "./frame-pixels.ts";
import { type DicomLevel, partOf } from "./level.ts";

/** Bytes that decoding takes for each pixel of a frame: its samples, and four for its colours. */
const WORK_BYTES = 8;

type LayerContext = Pick<OpenContext, "decoders" | "cache">;

/** Pixels of a level in one of its planes. The level must have passed `refuseUnreadable`. Throws `slide/truncated`. */
export async function levelLayer(
  level: DicomLevel,
  plane: number,
  { decoders, cache }: LayerContext,
  key: string,
): Promise<PixelLayer> {
  const { first, parts, map } = level;
  const indexes = await Promise.all(parts.map(openFrameIndex));

  async function frameBytes(col: number, row: number) {
    const frame = map.frameAt(col, row, plane);
    if (frame === null) return null;
    const at = partOf(level, frame);
    const instance = parts[at.part]!;
    const bytes = await readFrameBytes(instance.source, indexes[at.part]!, at.frame);
    return bytes && { instance, bytes };
  }

  const grid = {
    width: first.width,
    height: first.height,
    segmentWidth: first.tileWidth,
    segmentHeight: first.tileHeight,
    workBytes: first.tileWidth * first.tileHeight * WORK_BYTES,
  };
  cache.reserve(first.tileWidth * first.tileHeight * 4 + 65536);
  const sizeAt = (col: number, row: number) => ({
    width: Math.min(first.tileWidth, first.width - col * first.tileWidth),
    height: Math.min(first.tileHeight, first.height - row * first.tileHeight),
  });
  const layer = segmentedLayer(grid, key, cache, async (col, row) => {
    const found = await frameBytes(col, row);
    const image = found ? await decodeFrame(found.instance, found.bytes, decoders) : emptyFrame(first);
    return cropImage(image, { x: 0, y: 0, ...sizeAt(col, row) });
  });
  const toBitmap = decoders.decodeJpegToBitmap;
  const isPlain = parts.every(({ syntax, photometric }) => syntax.coding === "jpeg" && photometric !== "MONOCHROME1");
  if (!toBitmap || !isPlain || layer.tileWidth !== first.tileWidth || layer.tileHeight !== first.tileHeight)
    return layer;
  return {
    ...layer,
    async readBitmap(col, row, options = {}) {
      throwIfAborted(options.signal);
      const found = await frameBytes(col, row);
      throwIfAborted(options.signal);
      if (!found) return null;
      const { instance, bytes } = found;
      const stream = jpegFrame(instance, bytes);
      const bitmap = await toBitmap(stream, jpegColour(instance)).catch((cause: unknown) => {
        throw frameFailure(instance, cause);
      });
      const { width, height } = sizeAt(col, row);
      if (bitmap.width === width && bitmap.height === height) return bitmap;
      const cropped = await createImageBitmap(bitmap, 0, 0, width, height);
      bitmap.close();
      return cropped;
    },
  };
}
