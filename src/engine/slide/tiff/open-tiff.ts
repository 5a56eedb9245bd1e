import { AppError } from "../../base/errors.ts";
import type { PixelLayer } from "../layer.ts";
import type { TileCache } from "../tile-cache.ts";
import type { AssociatedImage, ImageDecoders, PixelSize, SlideLevel } from "../types.ts";
import { readDirectory, readDirectoryChain, type TiffFile } from "./directory.ts";
import { readMetadata, type SlideMetadata } from "./metadata.ts";
import { readPage, type TiffPage } from "./page.ts";
import { pageLayer } from "./page-layer.ts";
import { type SortedPages, sortPages } from "./pyramid.ts";
import { compressionName, refuseUnreadable } from "./refuse.ts";
import { TAG } from "./tags.ts";
import { readBytes } from "./values.ts";

/** What a TIFF gives to a slide: layers with their geometry, and what is known of it. */
export interface TiffContent {
  readonly layers: readonly PixelLayer[];
  readonly levels: readonly SlideLevel[];
  readonly format: string;
  readonly compression: string;
  readonly pixelSize: PixelSize | null;
  readonly objectivePower: number | null;
  readonly associatedImages: readonly AssociatedImage[];
  readonly properties: Readonly<Record<string, string>>;
}

/** Reads the directories and sorts the pages; decodes nothing. Every refusal is an AppError of `slide/...`. */
export async function openTiff(file: TiffFile, decoders: ImageDecoders, cache: TileCache): Promise<TiffContent> {
  const visited = new Set<number>();
  const directories = await readDirectoryChain(file, visited);
  if (directories[0]?.entries.has(TAG.ndpiMark)) throw refuseVendor("a Hamamatsu NDPI slide");
  const pages: TiffPage[] = [];
  for (const [index, directory] of directories.entries()) {
    const page = await readPage(file, directory, index).catch((error: unknown) => {
      // A damaged label does not keep the slide closed; a damaged first image does.
      if (index === 0) throw error;
      return null;
    });
    if (page) pages.push(page);
  }
  await refuseBif(file, pages);
  const subPages = await readSubPages(file, pages, visited);
  const sorted = sortPages(pages, subPages);
  if (!sorted) throw new AppError("slide/malformed", "Expected at least one image in the TIFF file, found none.");
  const metadata = await readMetadata(file, sorted.base.directory, descriptionOf(sorted, pages));
  refuseStack(sorted, metadata);
  refuseUnreadable(sorted.base);
  await refuseTruncated(file, sorted.base);
  const shown = [sorted.base, ...readableLevels(sorted, metadata)];
  const layers = shown.map((page, level) => pageLayer(file, page, decoders, cache, `level ${level}`));
  const [layer0] = layers;
  if (!layer0) throw new RangeError("a pyramid without a level");
  return {
    layers,
    levels: layers.map((layer) => ({
      width: layer.width,
      height: layer.height,
      downsampleX: layer0.width / layer.width,
      downsampleY: layer0.height / layer.height,
      tileWidth: layer.tileWidth,
      tileHeight: layer.tileHeight,
    })),
    format: formatName(file, sorted.base, metadata),
    compression: compressionName(sorted.base.compression),
    pixelSize: pixelSizeOf(metadata, sorted.base.orientation),
    objectivePower: metadata.objectivePower,
    associatedImages: sorted.associated.map(({ name, page }) => ({ name, width: page.width, height: page.height })),
    properties: metadata.properties,
  };
}

async function readSubPages(
  file: TiffFile,
  pages: readonly TiffPage[],
  visited: Set<number>,
): Promise<Map<number, TiffPage[]>> {
  const found = new Map<number, TiffPage[]>();
  for (const page of pages) {
    const children: TiffPage[] = [];
    for (const offset of page.subDirectories) {
      if (offset === 0) continue;
      const directory = await readDirectory(file, offset, visited);
      const child = await readPage(file, directory, page.index).catch(() => null);
      if (child) children.push(child);
    }
    if (children.length > 0) found.set(page.index, children);
  }
  return found;
}

/** Levels whose pixels can be read; Philips pads its coarser levels, so that their ratios are not those of their sizes. */
function readableLevels(sorted: SortedPages, metadata: SlideMetadata): TiffPage[] {
  if (metadata.vendor === "philips") return [];
  return sorted.coarser.filter((page) => {
    try {
      refuseUnreadable(page);
      return page.orientation === sorted.base.orientation;
    } catch {
      return false;
    }
  });
}

function descriptionOf(sorted: SortedPages, pages: readonly TiffPage[]): string {
  return sorted.base.description !== "" ? sorted.base.description : (pages[0]?.description ?? "");
}

/** The last piece of the image must lie inside of the file: a download that broke off is told at once, not tile by tile. */
async function refuseTruncated(file: TiffFile, page: TiffPage): Promise<void> {
  if (!page.offsets || !page.byteCounts) return;
  const last = page.cols * page.rows - 1;
  const end = (await page.offsets.at(last)) + (await page.byteCounts.at(last));
  if (end <= file.source.size) return;
  throw new AppError(
    "slide/truncated",
    `Expected the last tile of the slide to end at byte ${end}, but the file ends at byte ${file.source.size}: it is incomplete. Copy or download it again.`,
  );
}

/** Channels of fluorescence come as grey pages of one size; focus planes of a stained slide as coloured ones. */
function refuseStack(sorted: SortedPages, metadata: SlideMetadata): void {
  const channels = Number(metadata.properties["ome.SizeC"] ?? "1");
  const planes = sorted.siblings.length + 1;
  const isGrey = sorted.base.samples === 1;
  if (!isGrey || (planes === 1 && !(channels > 1))) return;
  throw new AppError(
    "slide/unsupported-format",
    `Expected one coloured image of a stained slide, found ${Math.max(planes, channels)} grey images of one size: a fluorescence or multi-channel image or a stack, which cannot be opened yet. Export one plane as RGB, for instance with QuPath or Fiji.`,
    { planes, channels },
  );
}

/** Ventana BIF tells itself in XMP; its tiles overlap, so reading it as plain TIFF would show torn tissue. */
async function refuseBif(file: TiffFile, pages: readonly TiffPage[]): Promise<void> {
  for (const page of pages.slice(0, 3)) {
    const xmp = await readBytes(file, page.directory, TAG.xmp);
    if (xmp && new TextDecoder("latin1").decode(xmp.subarray(0, 65536)).includes("<iScan")) {
      throw refuseVendor("a Ventana BIF slide");
    }
  }
}

function refuseVendor(what: string): AppError {
  return new AppError(
    "slide/unsupported-format",
    `Expected an Aperio SVS or a plain tiled TIFF, found ${what}, which cannot be opened yet. Export it as a pyramidal TIFF, for instance with QuPath or "vips tiffsave".`,
  );
}

function formatName(file: TiffFile, page: TiffPage, metadata: SlideMetadata): string {
  const container = file.isBig ? "BigTIFF" : "TIFF";
  const names: Readonly<Record<SlideMetadata["vendor"], string>> = {
    aperio: "Aperio SVS",
    philips: "Philips TIFF",
    leica: "Leica SCN",
    ome: "OME-TIFF",
    generic: `${page.isTiled ? "tiled" : "stripped"} ${container}`,
  };
  return names[metadata.vendor];
}

function pixelSizeOf(metadata: SlideMetadata, orientation: number): PixelSize | null {
  const { mppX, mppY } = metadata;
  if (mppX === null || mppY === null) return null;
  const isSwapped = orientation >= 5 && orientation <= 8;
  return { mppX: isSwapped ? mppY : mppX, mppY: isSwapped ? mppX : mppY, origin: "file" };
}
