import type { TiffPage } from "../tiff/page.ts";
import type { TiffPages } from "../tiff/pages.ts";
import { hasShapeOf, sortPages } from "../tiff/pyramid.ts";

/** The pages of one plane, finest first: its SubIFDs, and `further` pages that are coarser versions of it. */
export function planeLevels({ subPages }: TiffPages, page: TiffPage, further: readonly TiffPage[] = []): TiffPage[] {
  const sorted = sortPages([page, ...further], subPages);
  if (sorted?.base !== page) return [page];
  return [page, ...sorted.coarser.filter(({ orientation }) => orientation === page.orientation)];
}

/**
 * Coarser versions of a plane among the main pages that are not in `taken`: as some converters write them, all planes of
 * a level in the order of the finest. `order` is the plane's place among `total`.
 */
export function levelsBehind(
  { pages }: TiffPages,
  page: TiffPage,
  { taken, order, total }: { readonly taken: ReadonlySet<number>; readonly order: number; readonly total: number },
): TiffPage[] {
  const bySize = new Map<string, TiffPage[]>();
  for (const other of pages) {
    if (taken.has(other.index) || other.width >= page.width || !hasShapeOf(page, other)) continue;
    const size = `${other.width} x ${other.height}`;
    bySize.set(size, [...(bySize.get(size) ?? []), other]);
  }
  return [...bySize.values()].flatMap((level) => (level.length === total ? (level[order] ?? []) : []));
}
