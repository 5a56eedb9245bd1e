import type { TiffPage } from "./page.ts";

/** Pages of one file by their part: the picture itself, its coarser levels, and what only accompanies it. */
export interface SortedPages {
  readonly base: TiffPage;
  /** Coarser than `base`, finest first. */
  readonly coarser: readonly TiffPage[];
  readonly associated: readonly { readonly name: string; readonly page: TiffPage }[];
  /** Pages of the base's own size: channels, focus planes or times of a stack. */
  readonly siblings: readonly TiffPage[];
}

/** NewSubfileType bits of TIFF 6.0. */
const REDUCED = 1;
const MASK = 4;

/**
 * Sorts pages into a pyramid. The base is the largest page that is neither a mask nor named by `nameOf`; a page is one
 * of its levels when it is cut alike (tiles or strips) and has its shape and samples. Where some pages of that shape are
 * marked as reduced and others are not, the others are pictures of their own. `subPages` are the SubIFDs of the page
 * with that index. Levels keep their measured ratio; a page no coarser than 1.3 times the level before is left out.
 */
export function sortPages(
  pages: readonly TiffPage[],
  subPages: ReadonlyMap<number, readonly TiffPage[]>,
  nameOf: (page: TiffPage) => string | null = describedName,
): SortedPages | null {
  const named = pages.map((page) => ({ page, name: nameOf(page) }));
  const candidates = named.filter(({ page, name }) => name === null && (page.subfileType & MASK) === 0);
  const base = largest(candidates.map(({ page }) => page)) ?? largest(pages);
  if (!base) return null;
  const others = named.filter(({ page }) => page !== base && (page.subfileType & MASK) === 0);
  const reduced = others.filter(({ page }) => isReduced(page) && isLevelOf(base, page));
  const siblings: TiffPage[] = [];
  const levels: TiffPage[] = [];
  const associated: { name: string; page: TiffPage }[] = [];
  for (const { page, name } of others) {
    const isSameSize = page.width === base.width && page.height === base.height;
    if (name !== null) associated.push({ name, page });
    else if (isSameSize) siblings.push(page);
    else if (isLevelOf(base, page) && (reduced.length === 0 || isReduced(page))) levels.push(page);
    else associated.push({ name: isOverviewOf(base, page) ? "thumbnail" : `page ${page.index + 1}`, page });
  }
  for (const page of subPages.get(base.index) ?? []) if (isLevelOf(base, page)) levels.push(page);
  return { base, coarser: distinctLevels(base, levels), associated: uniqueNames(associated), siblings };
}

function largest(pages: readonly TiffPage[]): TiffPage | null {
  let best: TiffPage | null = null;
  for (const page of pages) {
    const isBetter = best === null || page.width * page.height > best.width * best.height;
    // A page marked as reduced is a base only when nothing else is there.
    const isDemoted = best !== null && isReduced(page) && !isReduced(best);
    const isPromoted = best !== null && !isReduced(page) && isReduced(best);
    if (isPromoted || (isBetter && !isDemoted)) best = page;
  }
  return best;
}

/** The name that a page's description gives outright, as in "Label" or "macro 1280x431". */
export function describedName(page: TiffPage): string | null {
  const text = page.description.slice(0, 400).toLowerCase();
  const secondLine = text.split("\n")[1]?.trim() ?? "";
  for (const name of ["label", "macro", "thumbnail", "overview"]) {
    if (secondLine.startsWith(name) || text.trim() === name || text.startsWith(`${name} `)) return name;
  }
  return null;
}

function isReduced(page: TiffPage): boolean {
  return (page.subfileType & REDUCED) !== 0;
}

function isLevelOf(base: TiffPage, page: TiffPage): boolean {
  const isCutAlike = page.isTiled === base.isTiled && page.samples === base.samples;
  return isCutAlike && page.width < base.width && hasShapeOf(base, page);
}

/** A small picture of the whole: one that is cut otherwise, since pages cut alike would be levels. */
function isOverviewOf(base: TiffPage, page: TiffPage): boolean {
  return page.isTiled !== base.isTiled && hasShapeOf(base, page);
}

/** Equal ratio along both axes, but for half a percent and the rounding of a size by one pixel either way. */
export function hasShapeOf(base: TiffPage, page: TiffPage): boolean {
  const ratioX = base.width / page.width;
  const ratioY = base.height / page.height;
  const tolerance = 0.005 + 1 / page.width + 1 / page.height;
  return Math.abs(ratioX / ratioY - 1) <= tolerance;
}

function distinctLevels(base: TiffPage, levels: readonly TiffPage[]): TiffPage[] {
  const kept: TiffPage[] = [];
  let finer = base;
  for (const page of [...levels].sort((a, b) => b.width - a.width)) {
    if (finer.width / page.width < 1.3) continue;
    kept.push(page);
    finer = page;
  }
  return kept;
}

function uniqueNames(images: readonly { name: string; page: TiffPage }[]): { name: string; page: TiffPage }[] {
  const used = new Set<string>();
  return images.map(({ name, page }) => {
    const unique = used.has(name) ? `${name} (page ${page.index + 1})` : name;
    used.add(unique);
    return { name: unique, page };
  });
}
