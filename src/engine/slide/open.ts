import { AppError } from "../base/errors.ts";
import { layeredSlide } from "./layered-slide.ts";
import { openPicture } from "./pictures/open-picture.ts";
import { SNIFF_BYTES, sniffFile } from "./sniff.ts";
import { addMissingLevels } from "./synthesized-levels.ts";
import { parseTiffHeader } from "./tiff/directory.ts";
import { openTiff } from "./tiff/open-tiff.ts";
import { TileCache } from "./tile-cache.ts";
import type { ByteSource, ImageDecoders, PixelSize, Slide } from "./types.ts";

export interface OpenSlideOptions {
  /** Overrides what the file says. Default: the file's own, or null. */
  readonly pixelSize?: PixelSize | null;
  /** Bytes of decoded tiles kept. Default: 96 MB, some 360 tiles of 256 x 256; several workers open one file each. */
  readonly cacheBytes?: number;
}

const DEFAULT_CACHE_BYTES = 96 * 1024 * 1024;

/**
 * Opens a slide for reading by slices. Decodes no pixel yet.
 * Throws an AppError: `slide/empty-file`, `slide/not-a-slide`, `slide/unsupported-format`,
 * `slide/unsupported-compression`, `slide/truncated`, `slide/malformed`, `slide/cyclic-directory`, `slide/too-large`,
 * `slide/unreadable`.
 */
export async function openSlide(
  source: ByteSource,
  decoders: ImageDecoders,
  options: OpenSlideOptions = {},
): Promise<Slide> {
  if (source.size === 0) {
    throw new AppError("slide/empty-file", `Expected a slide, found the empty file ${source.name}. Copy it again.`);
  }
  const head = await source.read(0, Math.min(SNIFF_BYTES, source.size));
  const kind = sniffFile(head, source.name);
  if (kind !== "tiff") {
    const layer = await openPicture(source, kind, decoders);
    const { width, height, tileWidth, tileHeight } = layer;
    const info = {
      name: source.name,
      byteSize: source.size,
      format: kind.toUpperCase(),
      width0: width,
      height0: height,
      levels: [{ width, height, downsampleX: 1, downsampleY: 1, tileWidth, tileHeight }],
      pixelSize: options.pixelSize ?? null,
      objectivePower: null,
      compression: kind.toUpperCase(),
      associatedImages: [],
      properties: {},
    };
    return layeredSlide(info, [layer], []);
  }
  const cache = new TileCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES);
  const file = parseTiffHeader(source, head);
  if (!file) throw new TypeError("a TIFF by its first bytes has no TIFF header");
  const { layers: stored, levels: storedLevels, ...known } = await openTiff(file, decoders, cache);
  const { layers, levels, caches } = addMissingLevels({ layers: stored, levels: storedLevels }, cache);
  const info = {
    name: source.name,
    byteSize: source.size,
    width0: levels[0]?.width ?? 0,
    height0: levels[0]?.height ?? 0,
    levels,
    ...known,
    pixelSize: options.pixelSize ?? known.pixelSize,
  };
  return layeredSlide(info, layers, [cache, ...caches]);
}
