import type { Lattice } from "./types.ts";

/**
 * Lattice positions whose values decide the confidence of a tissue cell (row-major, lattice.cols x lattice.rows, 1 where
 * needed), so that a map never depends on how the slide was cut.
 *
 * Patch by patch these are the patches that cover a tissue cell; dense, every feature cell of the widest window around such
 * a patch as well. `tissue`: row-major, 1 where the lattice cell is tissue.
 */
export function neededPositions(lattice: Lattice, tissue: Uint8Array): Uint8Array<ArrayBuffer> {
  const { cols, rows, patchStrides, cellStrides, windowCells } = lattice;
  if (tissue.length !== cols * rows) {
    throw new RangeError(`neededPositions expects ${cols} x ${rows} cells, got ${tissue.length}`);
  }
  const lastCol = Math.max(0, cols - patchStrides);
  const lastRow = Math.max(0, rows - patchStrides);
  const patches = spread(tissue, { cols, rows, before: patchStrides - 1, after: 0, lastCol, lastRow });
  const own = windowCells[0];
  if (own === undefined) return patches;
  const widest = Math.max(...windowCells);
  const before = ((widest - own) * cellStrides) / 2;
  const after = (widest - 1) * cellStrides - before;
  return spread(patches, { cols, rows, before, after, lastCol: cols - 1, lastRow: rows - 1 });
}

interface Spread {
  readonly cols: number;
  readonly rows: number;
  readonly before: number;
  readonly after: number;
  /** Positions beyond these stay unmarked; a run that lies wholly beyond marks the last one. */
  readonly lastCol: number;
  readonly lastRow: number;
}

/** Marks [col - before, col + after] x [row - before, row + after] around every marked cell, one axis after the other. O(cells). */
function spread(marks: Uint8Array, shape: Spread): Uint8Array<ArrayBuffer> {
  const { cols, rows, before, after, lastCol, lastRow } = shape;
  const along = new Uint8Array(marks.length);
  for (let row = 0; row < rows; row++) {
    spreadLine(marks, along, { start: row * cols, step: 1, length: cols, before, after, last: lastCol });
  }
  const both = new Uint8Array(marks.length);
  for (let col = 0; col < cols; col++) {
    spreadLine(along, both, { start: col, step: cols, length: rows, before, after, last: lastRow });
  }
  return both;
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly length: number;
  readonly before: number;
  readonly after: number;
  readonly last: number;
}

function spreadLine(from: Uint8Array, to: Uint8Array, line: Line): void {
  let done = 0;
  for (let at = 0; at < line.length; at++) {
    if (from[line.start + at * line.step] !== 1) continue;
    const first = Math.min(line.last, Math.max(done, at - line.before));
    const last = Math.min(line.last, at + line.after);
    for (let mark = first; mark <= last; mark++) to[line.start + mark * line.step] = 1;
    done = Math.max(done, last);
  }
}
