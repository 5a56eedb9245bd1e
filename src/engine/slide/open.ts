import { AppError } from "../base/errors.ts";
import { checkedDecoders } from "./checked-decoders.ts";
import { inColourOf } from "./colour.ts";
import { levelsOf, type OpenContext, type SlideContent } from "./content.ts";
import { openDicom } from "./dicom/open-dicom.ts";
import { layeredSlide } from "./layered-slide.ts";
import { isCompanion, refuseCompanion } from "./ome/companion.ts";
import { openPicture } from "./pictures/open-picture.ts";
import { PICTURE_NAMES } from "./pictures/picture-size.ts";
import { SNIFF_BYTES, sniffFile } from "./sniff.ts";
import { addMissingLevels } from "./synthesized-levels.ts";
import { parseTiffHeader } from "./tiff/directory.ts";
import { openTiff } from "./tiff/open-tiff.ts";
import { TileCache } from "./tile-cache.ts";
import type { ByteSource, ImageDecoders, PixelSize, Slide, SlideView } from "./types.ts";

export interface OpenSlideOptions {
  /** Overrides what the file says. Default: the file's own, or null. */
  readonly pixelSize?: PixelSize | null;
  /** Bytes of decoded tiles kept. Default: 96 MB, some 360 tiles of 256 x 256; several workers open one file each. */
  readonly cacheBytes?: number;
  /** Which of the file's pictures is read. Default: its middle plane, its own channels, colours as stored. */
  readonly view?: SlideView;
}

const DEFAULT_CACHE_BYTES = 96 * 1024 * 1024;

/** Parts of one slide that its label or whole-slide photograph may show: names and numbers of a patient. */
const PRIVATE_IMAGES = /^(label|macro|overview)/;

/**
 * Opens a slide for reading by slices: one file, or all files that together are one slide, the first one first. Decodes
 * no pixel yet.
 * Throws an AppError: `slide/empty-file`, `slide/not-a-slide`, `slide/unsupported-format`,
 * `slide/unsupported-compression`, `slide/truncated`, `slide/malformed`, `slide/cyclic-directory`, `slide/too-large`,
 * `slide/unreadable`.
 */
export async function openSlide(
  source: ByteSource | readonly ByteSource[],
  decoders: ImageDecoders,
  options: OpenSlideOptions = {},
): Promise<Slide> {
  const sources = "read" in source ? [source] : source;
  // A companion file of OME-TIFF describes the others and holds no pixel.
  const first = sources.find((other) => !isCompanion(other)) ?? sources[0];
  if (!first) throw new TypeError("a slide without a file");
  if (first.size === 0) {
    throw new AppError("slide/empty-file", `Expected a slide, found the empty file ${first.name}. Copy it again.`);
  }
  if (isCompanion(first)) throw refuseCompanion(first);
  const cache = new TileCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES);
  const context = { sources, decoders: checkedDecoders(decoders), cache, view: options.view ?? {} };
  const content = await openContent(first, context);
  const { associated, colour, colourNote, ...shown } = await inColourOf(content, options.view ?? {});
  const { layers, levels, caches } = addMissingLevels({ ...shown, levels: content.levels }, cache);
  const [level0] = levels;
  if (!level0) throw new RangeError("a slide without a level");
  const info = {
    name: first.name,
    byteSize: sources.reduce((sum, { size }) => sum + size, 0),
    format: content.format,
    width0: level0.width,
    height0: level0.height,
    levels,
    pixelSize: options.pixelSize ?? content.pixelSize,
    objectivePower: content.objectivePower,
    compression: content.compression,
    associatedImages: associated.map(({ name, layer }) => ({
      name,
      width: layer.width,
      height: layer.height,
      isPrivate: PRIVATE_IMAGES.test(name),
    })),
    focalPlanes: content.focalPlanes ?? [],
    focalPlane: content.focalPlane ?? 0,
    channels: content.channels ?? [],
    hasColourProfile: content.readColourProfile !== undefined,
    colour,
    colourNote,
    properties: content.properties,
  };
  return layeredSlide(info, { layers, associated, caches: [cache, ...caches] });
}

async function openContent(first: ByteSource, context: OpenContext): Promise<SlideContent> {
  const head = await first.read(0, Math.min(SNIFF_BYTES, first.size));
  const kind = sniffFile(head, first.name);
  if (kind === "tiff") {
    const file = parseTiffHeader(first, head);
    if (!file) throw new TypeError("a TIFF by its first bytes has no TIFF header");
    return await openTiff(file, context);
  }
  if (kind === "dicom") return await openDicom(context);
  const layer = await openPicture(first, kind, context.decoders);
  return {
    format: PICTURE_NAMES[kind],
    compression: PICTURE_NAMES[kind],
    layers: [layer],
    levels: levelsOf([layer]),
    pixelSize: null,
    objectivePower: null,
    properties: {},
  };
}
