import type { ClassPlanes, ConfidenceGrid } from "./types.ts";

/** In a map of labels: no class, because the cell is glass or was not computed. */
export const NO_CLASS = 255;

/** For each cell the class of the highest confidence (of equal ones the first), `NO_CLASS` off the tissue and where nothing is known. */
export function classLabels(planes: ClassPlanes, tissue: Uint8Array): Uint8Array<ArrayBuffer> {
  const { count, values } = planes;
  const cells = tissue.length;
  const labels = new Uint8Array(cells).fill(NO_CLASS);
  for (let cell = 0; cell < cells; cell++) {
    if (tissue[cell] !== 1 || Number.isNaN(values[cell]!)) continue;
    let best = 0;
    for (let k = 1; k < count; k++) if (values[k * cells + cell]! > values[best * cells + cell]!) best = k;
    labels[cell] = best;
  }
  return labels;
}

/** The confidences of one class as a grid of their own, which shares the memory. Throws `RangeError` for a class that is not there. */
export function gridOfClass(grid: ConfidenceGrid, index: number): ConfidenceGrid {
  const { classes, ...alone } = grid;
  const cells = grid.cols * grid.rows;
  if (!classes || index < 0 || index >= classes.count) {
    throw new RangeError(`Expected a class below ${classes?.count ?? 0}, got ${index}`);
  }
  return { ...alone, values: classes.values.subarray(index * cells, (index + 1) * cells) };
}
