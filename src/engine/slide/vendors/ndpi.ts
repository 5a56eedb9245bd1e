import { AppError, isAppError } from "../../base/errors.ts";
import type { OpenContext, SlideContent } from "../content.ts";
import { halvedLayer } from "../halved.ts";
import type { PixelLayer } from "../layer.ts";
import { compressionName } from "../tiff/compressions.ts";
import type { TiffFile } from "../tiff/directory.ts";
import { readMetadata } from "../tiff/metadata.ts";
import type { TiffPage } from "../tiff/page.ts";
import { pageLayer } from "../tiff/page-layer.ts";
import { associatedLayers, type TiffPages } from "../tiff/pages.ts";
import { refuseUnreadable } from "../tiff/refuse.ts";
import { COMPRESSION, TAG } from "../tiff/tags.ts";
import type { SlideLevel } from "../types.ts";
import { ndpiChannels, shownAs } from "./ndpi-fluorescence.ts";
import { ndpiLevel } from "./ndpi-level.ts";
import { sortNdpiPages } from "./ndpi-pages.ts";
import { ndpiProperties } from "./ndpi-properties.ts";
import { openNdpiStream } from "./ndpi-stream.ts";

/** A level without restart markers is decoded whole up to this many pixels and bytes. */
const WHOLE_PIXELS = 16 << 20;
const WHOLE_BYTES = 64 << 20;

interface Level {
  readonly layer: PixelLayer;
  /** What is decoded alone, in pixels: OpenSlide halves a level only where this halves without a rest. */
  readonly piece: { readonly width: number; readonly height: number };
}

/** Hamamatsu NDPI: one JPEG a level, read by the pieces between its restart markers. Null where the pages are not of it. */
export async function openNdpi({ file, pages }: TiffPages, context: OpenContext): Promise<SlideContent | null> {
  if (!pages[0]?.directory.entries.has(TAG.ndpiMark)) return null;
  const sorted = await sortNdpiPages(file, pages, context.view.focalPlane);
  if (!sorted) return null;
  const [base, ...coarser] = sorted.levels;
  const stored = [await openLevel(file, base, context, "level 0")];
  for (const [i, page] of coarser.entries()) {
    const level = await openLevel(file, page, context, `level ${i + 1}`).catch(leftOut);
    if (level) stored.push(level);
  }
  const { directory } = base;
  const channels = await ndpiChannels(file, directory, context.view);
  const { layers, levels } = withHalves(stored, context);
  const { mppX, mppY, properties } = await readMetadata(file, directory, base.description);
  return {
    format: "Hamamatsu NDPI",
    compression: compressionName(base.compression),
    layers: layers.map((layer) => channels.reduce(shownAs, layer)),
    levels,
    channels,
    pixelSize: mppX !== null && mppY !== null ? { mppX, mppY, origin: "file" } : null,
    objectivePower: sorted.objectivePower,
    associated: associatedLayers(file, sorted.macro ? [{ name: "macro", page: sorted.macro }] : [], context),
    focalPlanes: sorted.focalPlanes,
    focalPlane: sorted.focalPlane,
    properties: { ...properties, ...(await ndpiProperties(file, directory)) },
  };
}

/** A damaged coarser level does not keep the slide closed; a file that is gone does. */
function leftOut(error: unknown): null {
  if (isAppError(error) && error.code !== "slide/unreadable") return null;
  throw error;
}

async function openLevel(file: TiffFile, page: TiffPage, context: OpenContext, key: string): Promise<Level> {
  if (page.compression === COMPRESSION.jpeg && !page.isTiled && page.rows === 1) {
    const stream = await openNdpiStream(file, page);
    const layer = stream && ndpiLevel(page, stream, context, key);
    if (layer) return { layer, piece: stream.grid };
    await refuseWhole(page);
  }
  refuseUnreadable(page);
  return { layer: pageLayer(file, page, context, key), piece: page };
}

async function refuseWhole(page: TiffPage): Promise<void> {
  const bytes = (await page.byteCounts?.at(0)) ?? 0;
  if (page.width * page.height <= WHOLE_PIXELS && bytes <= WHOLE_BYTES) return;
  throw new AppError(
    "slide/too-large",
    `Expected restart markers in the slide's JPEG, so that it can be read by parts, found none that cut its ${page.width} x ${page.height} pixels. Export it as a pyramidal TIFF, for instance with "vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg".`,
  );
}

/**
 * The stored levels, and where the next one is coarser by more than two or there is none, halves, quarters and eighths of
 * them: the levels that OpenSlide tells of, which scanners that store every second one leave to be made.
 */
function withHalves(stored: readonly Level[], { cache }: OpenContext): { layers: PixelLayer[]; levels: SlideLevel[] } {
  const width0 = stored[0]?.layer.width ?? 1;
  const height0 = stored[0]?.layer.height ?? 1;
  const byWidth = new Map<number, { layer: PixelLayer; downsampleX: number; downsampleY: number }>();
  for (const { layer, piece } of stored) {
    let next = { layer, downsampleX: width0 / layer.width, downsampleY: height0 / layer.height };
    byWidth.set(layer.width, next);
    for (const factor of [2, 4, 8]) {
      if (piece.width % factor !== 0 || piece.height % factor !== 0) break;
      if (next.layer.width < 2 || next.layer.height < 2) break;
      next = {
        layer: halvedLayer(next.layer, `halved ${layer.width} by ${factor}`, cache),
        downsampleX: next.downsampleX * 2,
        downsampleY: next.downsampleY * 2,
      };
      byWidth.set(next.layer.width, next);
    }
  }
  const all = [...byWidth.values()].sort((a, b) => b.layer.width - a.layer.width);
  return {
    layers: all.map(({ layer }) => layer),
    levels: all.map(({ layer, downsampleX, downsampleY }) => {
      const { width, height, tileWidth, tileHeight } = layer;
      return { width, height, downsampleX, downsampleY, tileWidth, tileHeight };
    }),
  };
}
