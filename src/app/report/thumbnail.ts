import type { SlideInfo } from "../../engine/slide/types.ts";
import type { SlideClient } from "../../workers/slide.api.ts";

const SIDE = 256;
/** A level with more pixels is not read for a thumbnail. */
const MOST_PIXELS = 2 ** 24;

/**
 * The whole slide as a JPEG of at most 256 pixels a side, from its own pyramid: label and macro are other pictures and never in it. Null
 * where no level is small enough. Throws what reading the slide throws.
 */
export async function slideThumbnail(client: Pick<SlideClient, "info" | "region">): Promise<Blob | null> {
  const level = smallestLevel(client.info);
  const { width, height } = client.info.levels[level] ?? { width: 0, height: 0 };
  if (width * height === 0 || width * height > MOST_PIXELS) return null;
  const image = await client.region({ x0: 0, y0: 0, width, height, level });
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext("2d");
  if (!context) return null;
  const bitmap = await createImageBitmap(new ImageData(image.data, width, height), {
    resizeWidth: canvas.width,
    resizeHeight: canvas.height,
    resizeQuality: "high",
  });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
}

/** The smallest of those that are at least as large as the thumbnail, else the coarsest. */
function smallestLevel({ levels }: SlideInfo): number {
  const index = levels.findLastIndex(({ width, height }) => Math.max(width, height) >= SIDE);
  return index < 0 ? levels.length - 1 : index;
}
