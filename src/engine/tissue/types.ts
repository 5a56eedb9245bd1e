/**
 * Where tissue is, found on a low level of the slide. Cell (col, row) covers level-0 pixels
 * [col * cell0X, (col + 1) * cell0X) x [row * cell0Y, (row + 1) * cell0Y).
 */
export interface TissueMask {
  readonly cols: number;
  readonly rows: number;
  readonly cell0X: number;
  readonly cell0Y: number;
  /** Row-major: what was found in the cell. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Values of `TissueMask.data`. */
export const TISSUE_CLASS = { glass: 0, tissue: 1, pen: 2 } as const;
