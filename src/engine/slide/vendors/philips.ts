import { bytesSource } from "../blob-source.ts";
import type { AssociatedLayer, OpenContext, SlideContent } from "../content.ts";
import { openPicture } from "../pictures/open-picture.ts";
import { compressionName } from "../tiff/compressions.ts";
import type { TiffPage } from "../tiff/page.ts";
import { pageLayer } from "../tiff/page-layer.ts";
import { associatedLayers, isReadable, type TiffPages } from "../tiff/pages.ts";
import { pixelSizeOf, plausibleMpp, readTagProperties } from "../tiff/properties.ts";
import { refuseDamaged } from "../tiff/pyramid-content.ts";
import type { ImageDecoders } from "../types.ts";
import { type PhilipsDescription, parsePhilipsDescription, parsePixelSpacing } from "./philips-description.ts";

/** A level's page cut to the pixels that belong to the slide. */
interface PhilipsLevel {
  readonly page: TiffPage;
  readonly downsample: number;
}

/**
 * Philips TIFF. The levels are the tiled pages; each is filled up to whole tiles, and what is tissue follows from the
 * level's pixel spacing, which is a whole multiple of the first one's. Label and macro are pages or JPEG streams in the
 * XML. Tiles between several scanned regions are missing: white.
 */
export async function openPhilips(tiff: TiffPages, context: OpenContext): Promise<SlideContent | null> {
  const { file, pages } = tiff;
  const [first] = pages;
  const description = first?.isTiled ? parsePhilipsDescription(first.description) : null;
  if (!first || !description) return null;
  await refuseDamaged(file, first);
  const levels = philipsLevels(pages, description);
  const { properties } = await readTagProperties(file, first.directory);
  Object.assign(properties, description.properties);
  const spacing = parsePixelSpacing(properties["philips.DICOM_PIXEL_SPACING"] ?? "") ?? description.spacings[0];
  const layers = levels.map(({ page }, level) => pageLayer(file, page, context, `level ${level}`));
  return {
    format: "Philips TIFF",
    compression: compressionName(first.compression),
    layers,
    levels: layers.map((layer, level) => ({
      width: layer.width,
      height: layer.height,
      downsampleX: levels[level]?.downsample ?? 1,
      downsampleY: levels[level]?.downsample ?? 1,
      tileWidth: layer.tileWidth,
      tileHeight: layer.tileHeight,
    })),
    pixelSize: spacing
      ? pixelSizeOf({ mppX: plausibleMpp(spacing.x * 1000), mppY: plausibleMpp(spacing.y * 1000) })
      : null,
    objectivePower: powerOf(properties["philips.DICOM_DERIVATION_DESCRIPTION"] ?? ""),
    properties,
    associated: await accompanying(tiff, context, description),
  };
}

/** Levels of which the spacing tells the true size. */
function philipsLevels(pages: readonly TiffPage[], { spacings }: PhilipsDescription): PhilipsLevel[] {
  const tiled = pages.filter(({ isTiled }) => isTiled).map((page) => ({ ...page, orientation: 1 }));
  const [first] = tiled;
  const spacing0 = spacings[0];
  if (!first) return [];
  const levels: PhilipsLevel[] = [{ page: first, downsample: 1 }];
  for (const [i, page] of tiled.entries()) {
    const spacing = spacings[i];
    if (i === 0 || !spacing0 || !spacing || !isReadable(page)) continue;
    const downsample = Math.round((spacing.x / spacing0.x + spacing.y / spacing0.y) / 2);
    const width = Math.floor(first.width / downsample);
    const height = Math.floor(first.height / downsample);
    const isCoarser = downsample > (levels.at(-1)?.downsample ?? 1);
    const isFilledUp = isWithinTile(width, page.width, page.segmentWidth);
    if (isCoarser && isFilledUp && isWithinTile(height, page.height, page.segmentHeight)) {
      levels.push({ page: { ...page, width, height }, downsample });
    }
  }
  return levels;
}

function isWithinTile(length: number, filledUp: number, tile: number): boolean {
  return length >= 1 && length <= filledUp && filledUp - length < tile;
}

/** "tiff-useBigTIFF=1-useRgb=0-levels=40,10002,...-sourceFilename=...": the first level, unless it is a number of theirs. */
function powerOf(derivation: string): number | null {
  const [before] = derivation.split("-sourceFilename=");
  const power = Number(/(?:^|-)levels=(\d+)/.exec(before ?? "")?.[1]);
  return power >= 1 && power <= 200 ? power : null;
}

async function accompanying(
  { file, pages }: TiffPages,
  context: OpenContext,
  description: PhilipsDescription,
): Promise<AssociatedLayer[]> {
  const found: AssociatedLayer[] = [];
  for (const name of ["label", "macro"] as const) {
    const page = pages.find(({ isTiled, description }) => !isTiled && description.toLowerCase().startsWith(name));
    const [layer] = page ? associatedLayers(file, [{ name, page }], context) : [];
    const stored = layer ?? (await storedPicture(name, description[name], context.decoders));
    if (stored) found.push(stored);
  }
  return found;
}

/** Null for a picture that is not there or damaged, which does not keep the slide closed. */
async function storedPicture(
  name: string,
  base64: string | null,
  decoders: ImageDecoders,
): Promise<AssociatedLayer | null> {
  if (base64 === null) return null;
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return { name, layer: await openPicture(bytesSource(bytes, name), "jpeg", decoders) };
  } catch {
    return null;
  }
}
