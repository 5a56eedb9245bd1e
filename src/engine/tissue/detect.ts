import type { Slide } from "../slide/types.ts";
import { classifyTissue } from "./classify.ts";
import { type LowImage, readLowImage } from "./low-image.ts";
import { DEFAULT_TISSUE_OPTIONS, type TissueOptions } from "./options.ts";
import type { TissueMask } from "./types.ts";

/** What a cell is taken to be wide when nobody knows the pixel size. */
const UNKNOWN_CELL_UM = 10;

/** Cells along the longest side when the pixel size is unknown. */
const UNKNOWN_MAX_CELLS = 1024;

/**
 * Finds tissue, glass and pen on a low level of the slide; the mask may be all glass. Deterministic. Rethrows what the slide
 * throws, and `AbortError`.
 */
export async function detectTissue(slide: Slide, options: TissueOptions = {}): Promise<TissueMask> {
  return (await readTissue(slide, options)).mask;
}

/** As `detectTissue`, with the picture in which it was found, cell by cell. */
export async function readTissue(
  slide: Slide,
  options: TissueOptions = {},
): Promise<{ readonly mask: TissueMask; readonly image: LowImage }> {
  const resolved = { ...DEFAULT_TISSUE_OPTIONS, ...options };
  const pixelSize = options.pixelSize ?? slide.info.pixelSize;
  const longest0 = Math.max(slide.info.width0, slide.info.height0);
  const maxCells = pixelSize === null ? Math.min(UNKNOWN_MAX_CELLS, resolved.maxCells) : resolved.maxCells;
  const least0 = Math.max(1, longest0 / maxCells);
  const wanted =
    pixelSize === null
      ? { cell0X: least0, cell0Y: least0 }
      : {
          cell0X: Math.max(least0, resolved.cellUm / pixelSize.mppX),
          cell0Y: Math.max(least0, resolved.cellUm / pixelSize.mppY),
        };
  const image = await readLowImage(slide, wanted, options.signal);
  const cellUm =
    pixelSize === null ? UNKNOWN_CELL_UM : Math.sqrt(image.cell0X * pixelSize.mppX * image.cell0Y * pixelSize.mppY);
  const { cols, rows, cell0X, cell0Y } = image;
  return { mask: { cols, rows, cell0X, cell0Y, data: classifyTissue(image, cellUm, resolved) }, image };
}
