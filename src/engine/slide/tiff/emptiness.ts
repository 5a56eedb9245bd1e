import type { PixelRect } from "../pixels.ts";
import type { TiffPage } from "./page.ts";

/** Pieces looked up for one question at most; beyond it the answer is "perhaps something". */
const MAX_PIECES = 1 << 18;

/**
 * Whether the file leaves out all pieces under a rectangle, told by their byte counts alone: true is certain, false is not. Null for
 * a page without byte counts.
 */
export function emptinessOf(page: TiffPage): ((rect: PixelRect) => Promise<boolean>) | null {
  const { byteCounts, segmentWidth, segmentHeight, cols } = page;
  if (!byteCounts) return null;
  return async ({ x, y, width, height }) => {
    const firstCol = Math.floor(x / segmentWidth);
    const firstRow = Math.floor(y / segmentHeight);
    const across = Math.floor((x + width - 1) / segmentWidth) - firstCol + 1;
    const lastRow = Math.floor((y + height - 1) / segmentHeight);
    if (across * (lastRow - firstRow + 1) > MAX_PIECES) return false;
    for (let row = firstRow; row <= lastRow; row++) {
      if (!(await byteCounts.areZero(row * cols + firstCol, across))) return false;
    }
    return true;
  };
}
