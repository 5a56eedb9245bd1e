import type { SlideInfo } from "../slide/types.ts";
import { TISSUE_CLASS, type TissueMask } from "../tissue/types.ts";

export interface PlacesRequest {
  readonly mask: TissueMask;
  readonly info: Pick<SlideInfo, "width0" | "height0">;
  /** Level-0 pixels per source pixel. */
  readonly downsampleX: number;
  readonly downsampleY: number;
  /** Of a square, source pixels. */
  readonly side: number;
  /** Squares at most. */
  readonly count: number;
}

/** A square's top left corner, source pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Share of a square that must be tissue. */
const LEAST_TISSUE = 0.6;

/** Squares that are looked at a side, at most: enough to spread a hundred over any slide. */
const MOST_LINES = 256;

/** Points a side of a square at which the mask is asked. */
const POINTS = 8;

/** Squares that do not overlap, most of each on tissue, spread evenly over the slide's; deterministic. */
export function spreadOnTissue(request: PlacesRequest): Place[] {
  const { info, downsampleX, downsampleY, side, count } = request;
  const cols = Math.max(1, Math.floor(info.width0 / downsampleX / side));
  const rows = Math.max(1, Math.floor(info.height0 / downsampleY / side));
  const columns = Math.min(cols, MOST_LINES);
  const lines = Math.min(rows, MOST_LINES);
  const found: Place[] = [];
  for (let line = 0; line < lines; line++) {
    for (let column = 0; column < columns; column++) {
      const x = Math.floor((column * cols) / columns) * side;
      const y = Math.floor((line * rows) / lines) * side;
      if (tissueShare(request, { x, y }) >= LEAST_TISSUE) found.push({ x, y });
    }
  }
  const kept = Math.min(found.length, count);
  return Array.from({ length: kept }, (_, i) => found[Math.floor(((i + 0.5) * found.length) / kept)]!);
}

export function isTissueAt(mask: TissueMask, x0: number, y0: number): boolean {
  const col = Math.floor(x0 / mask.cell0X);
  const row = Math.floor(y0 / mask.cell0Y);
  return col < mask.cols && row < mask.rows && mask.data[row * mask.cols + col] === TISSUE_CLASS.tissue;
}

function tissueShare({ mask, downsampleX, downsampleY, side }: PlacesRequest, { x, y }: Place): number {
  let tissue = 0;
  for (let i = 0; i < POINTS * POINTS; i++) {
    const atX = x + (((i % POINTS) + 0.5) * side) / POINTS;
    const atY = y + ((Math.floor(i / POINTS) + 0.5) * side) / POINTS;
    if (isTissueAt(mask, atX * downsampleX, atY * downsampleY)) tissue++;
  }
  return tissue / POINTS ** 2;
}
