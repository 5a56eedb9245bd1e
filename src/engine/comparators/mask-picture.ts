import type { CellMask } from "../heatmap/types.ts";
import type { Lattice } from "../patches/types.ts";

/** Pixels of a picture's longer side, at most. */
const LONGEST = 4096;

/** A mask over the whole image as a grey picture: 255 inside, 0 outside. As large as the image, or as fits 4,096 pixels. */
export function maskPicture(
  mask: CellMask,
  { width0, height0, stride0X, stride0Y }: Pick<Lattice, "width0" | "height0" | "stride0X" | "stride0Y">,
): { readonly width: number; readonly height: number; readonly data: Uint8Array } {
  const shrink = Math.max(1, Math.max(width0, height0) / LONGEST);
  const width = Math.max(1, Math.round(width0 / shrink));
  const height = Math.max(1, Math.round(height0 / shrink));
  const data = new Uint8Array(width * height);
  const columns = cellsAlong(width, width0 / stride0X, mask.cols);
  const lines = cellsAlong(height, height0 / stride0Y, mask.rows);
  for (let y = 0, to = 0; y < height; y++) {
    const line = lines[y]! * mask.cols;
    for (let x = 0; x < width; x++, to++) data[to] = mask.data[line + columns[x]!] === 1 ? 255 : 0;
  }
  return { width, height, data };
}

/** The cell under each pixel's centre; `cells` of them (a fraction at the edge) span the picture. */
function cellsAlong(pixels: number, cells: number, last: number): Int32Array {
  return Int32Array.from({ length: pixels }, (_, i) => Math.min(last - 1, Math.floor(((i + 0.5) / pixels) * cells)));
}
