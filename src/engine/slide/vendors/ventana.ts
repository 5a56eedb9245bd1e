import { AppError } from "../../base/errors.ts";
import type { OpenContext, SlideContent } from "../content.ts";
import type { PixelLayer } from "../layer.ts";
import { type MosaicSpan, mosaicLayer } from "../mosaic-layer.ts";
import { compressionName } from "../tiff/compressions.ts";
import type { TiffFile } from "../tiff/directory.ts";
import { MAX_EDGE, type TiffPage } from "../tiff/page.ts";
import { pageLayer } from "../tiff/page-layer.ts";
import { associatedLayers, isReadable, type TiffPages } from "../tiff/pages.ts";
import { pixelSizeOf, plausibleMpp, plausiblePower, readTagProperties, setProperty } from "../tiff/properties.ts";
import { refuseDamaged } from "../tiff/pyramid-content.ts";
import { TAG } from "../tiff/tags.ts";
import { readText } from "../tiff/values.ts";
import { parseXml, type XmlElement, xmlDescendants } from "../xml.ts";
import { type VentanaArea, ventanaAreas } from "./ventana-areas.ts";

/** One page of the pyramid, by its description "level=1 mag=20 quality=95". */
interface VentanaLevel {
  readonly page: TiffPage;
  readonly magnification: number;
}

/** Pages whose XMP is looked at for `iScan`; the others hold the stitching data, up to megabytes. */
const LOOKED_AT = 3;
/** A joint takes some 170 bytes, and a slide of 80 x 160 frames has 26,000 of them. */
const MAX_XMP_BYTES = 16 << 20;
const MAX_LEVELS = 20;

const ASSOCIATED: Readonly<Record<string, string>> = {
  "label image": "macro",
  label_image: "macro",
  thumbnail: "thumbnail",
  probability_image: "probability",
};

/**
 * Ventana's and Roche's iScan and DP slides. A BIF holds camera frames that overlap: level 0 puts each where the
 * stitching data has it, and a coarser level, whose page is that of level 0 made smaller frame by frame, likewise. The
 * TIFF that the same scanners write holds no stitching data and is a plain pyramid. Of several planes the first, which
 * is the sharp one, is read.
 */
export async function openVentana({ file, pages }: TiffPages, context: OpenContext): Promise<SlideContent | null> {
  const scan = await readScan(file, pages);
  if (!scan) return null;
  const levels = ventanaLevels(pages);
  const [first] = levels;
  if (!first) throw malformed('a tiled image described "level=0 mag=..."', "none");
  await refuseDamaged(file, first.page);
  const areas = await readAreas(file, first.page, scan);
  const layers: PixelLayer[] = [];
  const downsamples: number[] = [];
  for (const { page, magnification } of levels) {
    const downsample = first.magnification / magnification;
    const source = pageLayer(file, page, context, `level ${layers.length}`);
    layers.push(areas ? stitchedLayer(source, page, areas, downsample) : source);
    downsamples.push(downsample);
  }
  const { properties } = await readTagProperties(file, first.page.directory);
  setProperty(properties, "tiff.ImageDescription", first.page.description);
  for (const [name, value] of scan.attributes) setProperty(properties, `ventana.${name}`, value);
  const mpp = plausibleMpp(Number(scan.attributes.get("ScanRes") ?? Number.NaN));
  const named = pages.flatMap((page) => {
    const name = ASSOCIATED[page.description.trim().toLowerCase()];
    return name === undefined ? [] : [{ name, page }];
  });
  return {
    format: areas ? "Ventana BIF" : "Ventana TIFF",
    compression: compressionName(first.page.compression),
    layers,
    levels: layers.map(({ width, height, tileWidth, tileHeight }, level) => {
      const downsample = downsamples[level] ?? 1;
      return { width, height, downsampleX: downsample, downsampleY: downsample, tileWidth, tileHeight };
    }),
    pixelSize: pixelSizeOf({ mppX: mpp, mppY: mpp }),
    objectivePower: plausiblePower(Number(scan.attributes.get("Magnification") ?? Number.NaN)),
    properties,
    associated: associatedLayers(file, named, context),
  };
}

/** The `iScan` element, which stands alone or within `Metadata`. */
async function readScan(file: TiffFile, pages: readonly TiffPage[]): Promise<XmlElement | null> {
  for (const page of pages.slice(0, LOOKED_AT)) {
    const text = await readText(file, page.directory, TAG.xmp);
    const [scan] = text.includes("<iScan") ? xmlDescendants(parseXml(text), "iScan") : [];
    if (scan) return scan;
  }
  return null;
}

/** Null where the frames do not overlap. */
async function readAreas(file: TiffFile, page: TiffPage, scan: XmlElement): Promise<VentanaArea[] | null> {
  const text = await readText(file, page.directory, TAG.xmp, MAX_XMP_BYTES);
  if (!text.includes("<EncodeInfo")) return null;
  const isDpSeries = scan.attributes.get("ScannerModel")?.startsWith("VENTANA DP") ?? false;
  const { cols, rows, segmentWidth, segmentHeight } = page;
  const frames = { cols, rows, tileWidth: segmentWidth, tileHeight: segmentHeight };
  return ventanaAreas(parseXml(text), frames, isDpSeries);
}

/** Finest first; pages that cannot be read are left out but for the first. */
function ventanaLevels(pages: readonly TiffPage[]): VentanaLevel[] {
  const described = pages.flatMap((page) => {
    const level = /\blevel=(\d+)/.exec(page.description)?.[1];
    const magnification = Number(/\bmag=([\d.]+)/.exec(page.description)?.[1] ?? Number.NaN);
    if (level === undefined || !page.isTiled || !(magnification > 0)) return [];
    return [{ page: { ...page, orientation: 1 }, level: Number(level), magnification }];
  });
  const levels: VentanaLevel[] = [];
  for (const level of described.sort((a, b) => a.level - b.level).slice(0, MAX_LEVELS)) {
    const [first] = levels;
    const finer = levels.at(-1);
    const isNext = finer && level.magnification < finer.magnification && isReadable(level.page);
    if (!first || (isNext && isReducedBy(first.page, level.page, first.magnification / level.magnification))) {
      levels.push(level);
    }
  }
  return levels;
}

/** The page is `base` made smaller, but for what fills its last tile. */
function isReducedBy(base: TiffPage, page: TiffPage, downsample: number): boolean {
  const isWithin = (length: number, length0: number, tile: number) =>
    length + 1 >= length0 / downsample && length - tile <= length0 / downsample;
  return isWithin(page.width, base.width, page.segmentWidth) && isWithin(page.height, base.height, page.segmentHeight);
}

function stitchedLayer(
  source: PixelLayer,
  page: TiffPage,
  areas: readonly VentanaArea[],
  downsample: number,
): PixelLayer {
  const endOf = (edges: readonly number[], tile: number) => Math.ceil(((edges.at(-1) ?? 0) + tile) / downsample);
  const width = Math.max(...areas.map(({ lefts }) => endOf(lefts, page.segmentWidth)));
  const height = Math.max(...areas.map(({ tops }) => endOf(tops, page.segmentHeight)));
  if (!(width >= 1 && height >= 1 && width <= MAX_EDGE && height <= MAX_EDGE)) {
    throw malformed(`1 to ${MAX_EDGE} pixels along each edge`, `${width} x ${height}`);
  }
  const parts = areas.map(({ startCol, startRow, lefts, tops }) => ({
    layer: source,
    columns: spansOf(lefts, startCol, page.segmentWidth, page.width, downsample),
    rows: spansOf(tops, startRow, page.segmentHeight, page.height, downsample),
  }));
  return mosaicLayer(width, height, parts);
}

/** Frames along one axis. Where rounding would leave a line of glass between two, the one before is a pixel longer. */
function spansOf(
  edges: readonly number[],
  start: number,
  tile: number,
  sourceLength: number,
  downsample: number,
): MosaicSpan[] {
  return edges.flatMap((edge, i) => {
    const from = Math.round(((start + i) * tile) / downsample);
    const to = Math.round(edge / downsample);
    const next = edges[i + 1];
    const gap = next === undefined ? 0 : Math.round(next / downsample) - to;
    const own = Math.round(((start + i + 1) * tile) / downsample) - from;
    const length = Math.min(gap === own + 1 ? gap : own, sourceLength - from);
    return length > 0 ? [{ from, length, to }] : [];
  });
}

function malformed(expected: string, found: string): AppError {
  return new AppError(
    "slide/malformed",
    `Expected ${expected} in the Ventana slide, found ${found}; the file is damaged. Copy or download it again.`,
  );
}
