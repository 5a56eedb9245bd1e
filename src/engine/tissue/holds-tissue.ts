import { TISSUE_CLASS, type TissueMask } from "./types.ts";

/** Level-0 pixels. */
interface Box0 {
  readonly x0: number;
  readonly y0: number;
  readonly width0: number;
  readonly height0: number;
}

/** Whether any cell of the mask that a box touches is tissue. */
export function holdsTissue({ cols, rows, cell0X, cell0Y, data }: TissueMask, box: Box0): boolean {
  const endCol = Math.min(cols, Math.ceil((box.x0 + box.width0) / cell0X));
  const endRow = Math.min(rows, Math.ceil((box.y0 + box.height0) / cell0Y));
  for (let row = Math.max(0, Math.floor(box.y0 / cell0Y)); row < endRow; row++) {
    for (let col = Math.max(0, Math.floor(box.x0 / cell0X)); col < endCol; col++) {
      if (data[row * cols + col] === TISSUE_CLASS.tissue) return true;
    }
  }
  return false;
}
