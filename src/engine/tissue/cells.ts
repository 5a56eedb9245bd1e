import type { Lattice } from "../patches/types.ts";
import { TISSUE_CLASS, type TissueMask } from "./types.ts";

/**
 * Row-major, lattice.cols x lattice.rows: 1 where at least half of the lattice cell, as far as it lies on the slide, is tissue.
 * Mask cells are split by area, so the two grids need not fit. O(mask cells + lattice cells).
 */
export function tissueCells(mask: TissueMask, lattice: Lattice): Uint8Array<ArrayBuffer> {
  const columns = overlaps(lattice.cols, lattice.stride0X, lattice.width0, mask.cols, mask.cell0X);
  const lines = overlaps(lattice.rows, lattice.stride0Y, lattice.height0, mask.rows, mask.cell0Y);
  const cells = new Uint8Array(lattice.cols * lattice.rows);
  const rowShares = new Float64Array(lattice.cols);
  for (let row = 0; row < lattice.rows; row++) {
    const area = new Float64Array(lattice.cols);
    for (let maskRow = lines.first[row]!; maskRow <= lines.last[row]!; maskRow++) {
      const height0 = overlap0(row, lattice.stride0Y, lattice.height0, maskRow, mask.cell0Y);
      if (height0 <= 0) continue;
      sumRow(mask, maskRow, lattice, columns, rowShares);
      for (let col = 0; col < lattice.cols; col++) area[col]! += height0 * rowShares[col]!;
    }
    const rowHeight0 = Math.min((row + 1) * lattice.stride0Y, lattice.height0) - row * lattice.stride0Y;
    for (let col = 0; col < lattice.cols; col++) {
      const colWidth0 = Math.min((col + 1) * lattice.stride0X, lattice.width0) - col * lattice.stride0X;
      if (area[col]! >= 0.5 * colWidth0 * rowHeight0) cells[row * lattice.cols + col] = 1;
    }
  }
  return cells;
}

/** First and last mask index that each lattice index touches. */
function overlaps(count: number, stride0: number, size0: number, maskCount: number, cell0: number) {
  const first = new Int32Array(count);
  const last = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    first[i] = Math.min(maskCount - 1, Math.floor((i * stride0) / cell0));
    last[i] = Math.min(maskCount - 1, Math.ceil(Math.min((i + 1) * stride0, size0) / cell0) - 1);
  }
  return { first, last };
}

function overlap0(index: number, stride0: number, size0: number, maskIndex: number, cell0: number): number {
  const end0 = Math.min((index + 1) * stride0, size0, (maskIndex + 1) * cell0);
  return end0 - Math.max(index * stride0, maskIndex * cell0);
}

function sumRow(
  mask: TissueMask,
  maskRow: number,
  lattice: Lattice,
  columns: { readonly first: Int32Array; readonly last: Int32Array },
  widths0: Float64Array,
): void {
  const offset = maskRow * mask.cols;
  for (let col = 0; col < lattice.cols; col++) {
    let width0 = 0;
    for (let maskCol = columns.first[col]!; maskCol <= columns.last[col]!; maskCol++) {
      if (mask.data[offset + maskCol] !== TISSUE_CLASS.tissue) continue;
      width0 += Math.max(0, overlap0(col, lattice.stride0X, lattice.width0, maskCol, mask.cell0X));
    }
    widths0[col] = width0;
  }
}
