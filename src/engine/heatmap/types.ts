/** Confidences of several classes on the cells of a grid; in each cell they sum to 1. */
export interface ClassPlanes {
  readonly count: number;
  /** Class by class, row-major, length = count * cols * rows; NaN as in the grid's values. 4 bytes x cells x classes. */
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * A confidence per lattice cell. Cell (col, row) covers level-0 pixels
 * [col * stride0X, (col + 1) * stride0X) x [row * stride0Y, (row + 1) * stride0Y), cut at the slide's edge.
 */
export interface ConfidenceGrid {
  readonly cols: number;
  readonly rows: number;
  /** Level-0 pixels per cell; fractions are usual. */
  readonly stride0X: number;
  readonly stride0Y: number;
  readonly width0: number;
  readonly height0: number;
  /** Row-major, length = cols * rows, 0 to 1; NaN where nothing was computed (glass, or not yet). */
  readonly values: Float32Array<ArrayBuffer>;
  /** Row-major, 1 where the cell is tissue. */
  readonly tissue: Uint8Array<ArrayBuffer>;
  /** Where the pack has more than two classes: all of them; `values` are then those of the first. */
  readonly classes?: ClassPlanes;
}

/** A mask over the cells of a grid, row-major, 1 inside. */
export interface CellMask {
  readonly cols: number;
  readonly rows: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** One connected necrotic region. Rings in level-0 pixels, closed (first point repeated), outer counter-clockwise as GeoJSON asks. */
export interface Region {
  readonly outer: readonly (readonly [number, number])[];
  readonly holes: readonly (readonly (readonly [number, number])[])[];
  /** Level-0 pixels squared, holes taken off; equals the polygon's area. */
  readonly area0: number;
  readonly meanConfidence: number;
  readonly maxConfidence: number;
}

/** What the numbers by the slider say; derived from grid, threshold and post-processing alone. */
export interface NecrosisSummary {
  readonly threshold: number;
  readonly tissueArea0: number;
  readonly necrosisArea0: number;
  /** necrosisArea0 / tissueArea0, 0 to 1; 0 without tissue. */
  readonly fraction: number;
  readonly regionCount: number;
  /** Square millimetres, or null when the pixel size is unknown. */
  readonly tissueMm2: number | null;
  readonly necrosisMm2: number | null;
}
