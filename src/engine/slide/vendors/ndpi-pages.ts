import { AppError } from "../../base/errors.ts";
import type { TiffFile } from "../tiff/directory.ts";
import type { TiffPage } from "../tiff/page.ts";
import { hasShapeOf } from "../tiff/pyramid.ts";
import { readNumber } from "../tiff/values.ts";
import type { FocalPlane } from "../types.ts";
import { NDPI_TAG } from "./ndpi-tags.ts";

/** Pages of an NDPI file by their part. */
export interface NdpiPages {
  /** The levels of the plane that is read, finest first. */
  readonly levels: readonly [TiffPage, ...TiffPage[]];
  readonly objectivePower: number;
  readonly macro: TiffPage | null;
  /** Lowest first; empty where there is but one. */
  readonly focalPlanes: readonly FocalPlane[];
  readonly focalPlane: number;
}

interface Photograph {
  readonly page: TiffPage;
  readonly lens: number;
  /** Nanometres. */
  readonly z: number;
}

const MACRO = -1;

/**
 * Sorts pages by the magnification of their lens. Levels are the pages of the largest one's shape; where a level has no
 * page of the plane that is read, the nearest plane stands in. Null where no page is a photograph through a lens. Throws
 * `slide/bad-region` for a plane that the file does not hold.
 */
export async function sortNdpiPages(
  file: TiffFile,
  pages: readonly TiffPage[],
  wanted: number | undefined,
): Promise<NdpiPages | null> {
  const all: Photograph[] = [];
  for (const page of pages) {
    const lens = await readNumber(file, page.directory, NDPI_TAG.sourceLens, 0);
    const z = await readNumber(file, page.directory, NDPI_TAG.zOffset, 0);
    all.push({ page, lens, z });
  }
  const photographs = all.filter(({ lens }) => lens > 0).sort((a, b) => b.page.width - a.page.width);
  const [widest] = photographs;
  if (!widest) return null;
  const planes = planesOf(photographs, widest);
  const focalPlane = wanted ?? middle(planes);
  const z = planes[focalPlane];
  if (z === undefined) {
    throw new AppError(
      "slide/bad-region",
      `Expected a focal plane from 0 to ${planes.length - 1}, found ${focalPlane}; this slide has ${planes.length}.`,
    );
  }
  const base = nearestPlane(photographs, widest.page.width, z) ?? widest;
  const shaped = photographs.filter(({ page }) => page.width < base.page.width && hasShapeOf(base.page, page));
  const widths = [...new Set(shaped.map(({ page }) => page.width))];
  const coarser = widths.map((width) => nearestPlane(shaped, width, z)?.page).filter((page) => page !== undefined);
  return {
    levels: [base.page, ...coarser],
    objectivePower: base.lens,
    macro: all.find(({ lens }) => lens === MACRO)?.page ?? null,
    focalPlanes: planes.length > 1 ? planes.map((nm) => ({ offsetUm: nm / 1000 })) : [],
    focalPlane,
  };
}

/** Heights of the planes of the finest level in nanometres, lowest first. */
function planesOf(photographs: readonly Photograph[], { page: { width, height } }: Photograph): number[] {
  const finest = photographs.filter(({ page }) => page.width === width && page.height === height);
  return [...new Set(finest.map(({ z }) => z))].sort((a, b) => a - b);
}

/** The plane nearest to what the scanner took as sharp; of two as near, the lower one. */
function middle(planes: readonly number[]): number {
  return planes.reduce((best, z, i) => (Math.abs(z) < Math.abs(planes[best] ?? 0) ? i : best), 0);
}

function nearestPlane(photographs: readonly Photograph[], width: number, z: number): Photograph | null {
  const ofWidth = photographs.filter(({ page }) => page.width === width);
  return ofWidth.reduce<Photograph | null>(
    (best, one) => (best === null || Math.abs(one.z - z) < Math.abs(best.z - z) ? one : best),
    null,
  );
}
