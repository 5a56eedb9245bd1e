import { AppError } from "../../base/errors.ts";
import { levelsOf, type OpenContext, type SlideContent } from "../content.ts";
import type { PixelLayer } from "../layer.ts";
import { type MosaicSpan, mosaicLayer } from "../mosaic-layer.ts";
import { compressionName } from "../tiff/compressions.ts";
import type { TiffPage } from "../tiff/page.ts";
import { pageLayer } from "../tiff/page-layer.ts";
import { isReadable, type TiffPages } from "../tiff/pages.ts";
import { pixelSizeOf, plausibleMpp, plausiblePower, readTagProperties, setProperty } from "../tiff/properties.ts";
import { refuseDamaged } from "../tiff/pyramid-content.ts";

const MAX_PROPERTIES = 500;
/** TIFF's own least tile edge. */
const LEAST_TILE = 16;

/** How far each tile of a level covers the one before, in pixels. */
interface Overlap {
  readonly x: number;
  readonly y: number;
}

/**
 * Trestle's MedScan: every page a level whose tiles overlap by the amounts that the description gives for it.
 * XResolution and YResolution are micrometres a pixel here, not pixels a unit.
 */
export async function openTrestle({ file, pages }: TiffPages, context: OpenContext): Promise<SlideContent | null> {
  const [first] = pages;
  if (!first || first.description === "" || !pages.every(({ isTiled }) => isTiled)) return null;
  const { properties } = await readTagProperties(file, first.directory);
  if (!properties["tiff.Software"]?.startsWith("MedScan")) return null;
  setProperty(properties, "tiff.ImageDescription", first.description);
  // "Background Color=E6E6E6;White Balance=...;Objective Power=10;JPEG Quality=...;OverlapsXY= 64 64 32 32 16 16"
  for (const part of first.description.split(";", MAX_PROPERTIES)) {
    const equals = part.indexOf("=");
    if (equals > 0) setProperty(properties, `trestle.${part.slice(0, equals).trim()}`, part.slice(equals + 1));
  }
  const overlaps = parseOverlaps(properties["trestle.OverlapsXY"] ?? "");
  await refuseDamaged(file, first);
  const layers: PixelLayer[] = [];
  for (const page of pages) {
    const finer = layers.at(-1);
    if (finer && !isReadable(page)) continue;
    const overlap = overlaps[page.index] ?? { x: 0, y: 0 };
    refuseOverlap(page, overlap);
    const layer = overlappingLayer(
      page,
      overlap,
      pageLayer(file, { ...page, orientation: 1 }, context, `level ${layers.length}`),
    );
    if (!finer || layer.width < finer.width) layers.push(layer);
  }
  const mppX = plausibleMpp(Number(properties["tiff.XResolution"] ?? Number.NaN));
  const mppY = plausibleMpp(Number(properties["tiff.YResolution"] ?? Number.NaN));
  return {
    format: "Trestle TIFF",
    compression: compressionName(first.compression),
    layers,
    levels: levelsOf(layers),
    pixelSize: pixelSizeOf({ mppX, mppY }),
    objectivePower: plausiblePower(Number(properties["trestle.Objective Power"])),
    properties,
  };
}

/** Pairs of x and y, one a level. */
function parseOverlaps(text: string): Overlap[] {
  const numbers = text.split(/\s+/).filter(Boolean).map(Number);
  return Array.from({ length: numbers.length >> 1 }, (_, i) => ({
    x: numbers[i * 2] ?? Number.NaN,
    y: numbers[i * 2 + 1] ?? Number.NaN,
  }));
}

function refuseOverlap({ segmentWidth, segmentHeight }: TiffPage, { x, y }: Overlap): void {
  if (x === 0 && y === 0) return;
  const isWhole = Number.isInteger(x) && Number.isInteger(y) && x >= 0 && y >= 0;
  const isTile = segmentWidth >= LEAST_TILE && segmentHeight >= LEAST_TILE;
  if (isTile && isWhole && x <= segmentWidth / 2 && y <= segmentHeight / 2) return;
  throw new AppError(
    "slide/malformed",
    `Expected tiles of the Trestle slide that overlap by at most half their size, found ${segmentWidth} x ${segmentHeight} pixels that overlap by ${x} x ${y}; the file is damaged. Copy or download it again.`,
  );
}

function overlappingLayer(page: TiffPage, overlap: Overlap, layer: PixelLayer): PixelLayer {
  if (overlap.x === 0 && overlap.y === 0) return layer;
  const columns = spansOf(page.width, page.segmentWidth, overlap.x);
  const rows = spansOf(page.height, page.segmentHeight, overlap.y);
  const width = page.width - (columns.length - 1) * overlap.x;
  const height = page.height - (rows.length - 1) * overlap.y;
  return mosaicLayer(width, height, [{ layer, columns, rows }]);
}

function spansOf(length: number, tile: number, overlap: number): MosaicSpan[] {
  return Array.from({ length: Math.ceil(length / tile) }, (_, i) => ({
    from: i * tile,
    length: Math.min(tile, length - i * tile),
    to: i * (tile - overlap),
  }));
}
