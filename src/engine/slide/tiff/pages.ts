import type { AssociatedLayer, OpenContext } from "../content.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";
import { pageLayer } from "./page-layer.ts";
import { refuseUnreadable } from "./refuse.ts";

/** All images of a TIFF file, before anyone has said what they are. */
export interface TiffPages {
  readonly file: TiffFile;
  /** The main list, in file order. */
  readonly pages: readonly TiffPage[];
  /** SubIFDs of the page with that index. */
  readonly subPages: ReadonlyMap<number, readonly TiffPage[]>;
}

/** Labels, macros and thumbnails whose pixels can be read; the others are left out. */
export function associatedLayers(
  file: TiffFile,
  images: readonly { readonly name: string; readonly page: TiffPage }[],
  context: OpenContext,
): AssociatedLayer[] {
  return images
    .filter(({ page }) => isReadable(page))
    .map(({ name, page }) => ({
      name,
      layer: pageLayer(file, page, context, `associated ${name}`),
    }));
}

/** True when `refuseUnreadable` finds nothing to refuse. */
export function isReadable(page: TiffPage): boolean {
  try {
    refuseUnreadable(page);
    return true;
  } catch {
    return false;
  }
}
