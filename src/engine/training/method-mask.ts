import type { CellMask, ConfidenceGrid } from "../heatmap/types.ts";
import type { RgbaImage } from "../slide/types.ts";

/** A mask with the grid on which it lies, one cell per pixel of the picture that it came from. */
export interface GriddedMask {
  readonly grid: Pick<ConfidenceGrid, "cols" | "rows" | "stride0X" | "stride0Y">;
  readonly mask: CellMask;
}

/** A black and white picture, of whatever size, as a mask over an image of width0 x height0 pixels: bright is inside. */
export function maskOfPicture(picture: RgbaImage, width0: number, height0: number): GriddedMask {
  const { width: cols, height: rows, data } = picture;
  const inside = new Uint8Array(cols * rows);
  for (let i = 0; i < inside.length; i++) inside[i] = data[i * 4]! >= 128 ? 1 : 0;
  return {
    grid: { cols, rows, stride0X: width0 / cols, stride0Y: height0 / rows },
    mask: { cols, rows, data: inside },
  };
}
