/**
 * The lattice on which a pack computes, in one place so that training, analysis and tests agree.
 *
 * "Source pixels" are pixels at the pack's mpp, anchored at the slide's top left corner. Lattice position (col, row) lies
 * at source pixel (col * stride, row * stride). The slide is covered by cols x rows cells of stride x stride source
 * pixels, the last of each row and column possibly reaching over the slide's edge (white there).
 *
 * - A *feature cell* at position p is the network's mean over `cellStrides` lattice cells a side, from p on.
 * - A *patch* at position p covers `patchStrides` lattice cells a side, from p on: its feature cells stand at
 *   p, p + cellStrides, p + 2 cellStrides, ... A wider window is concentric with the patch; of its feature cells those
 *   at positions inside the lattice count, and no others.
 * - Patches stand where they lie wholly within the lattice: positions 0 ... cols - patchStrides (position 0 alone where the
 *   slide is smaller than a patch), so that every cell is covered.
 * - Confidence of a cell = mean over the patches that cover it.
 */
export interface Lattice {
  readonly cols: number;
  readonly rows: number;
  /** Source pixels between positions. */
  readonly stride: number;
  /** Level-0 pixels between positions. */
  readonly stride0X: number;
  readonly stride0Y: number;
  /** Level-0 pixels per source pixel. */
  readonly downsampleX: number;
  readonly downsampleY: number;
  readonly width0: number;
  readonly height0: number;
  /** Lattice cells per side of a feature cell: how many shifted dense passes a side the stride needs. 1 for `patchwise`. */
  readonly cellStrides: number;
  /** Lattice cells per side of a patch. */
  readonly patchStrides: number;
  /** Feature cells per side of each window, the patch's own first. Empty for `patchwise`. */
  readonly windowCells: readonly number[];
}

/**
 * A block of lattice positions to compute: (col + i * step, row + j * step) for i < cols, j < rows.
 * Positions may lie beyond the lattice at the right and bottom (blocks have one fixed size); what comes of those is dropped.
 */
export interface SupertileTask {
  readonly id: number;
  /** Passes run in order; 0 is the coarsest. */
  readonly pass: number;
  readonly col: number;
  readonly row: number;
  readonly step: number;
  readonly cols: number;
  readonly rows: number;
}

/**
 * What a task yields: planes one after another, each rows x cols, row-major.
 * `dense`: one plane per window, the SVM's projection of a feature cell (no bias). `patchwise`: one plane, the decision of the patch.
 */
export interface SupertilePlanes {
  readonly planes: number;
  readonly cols: number;
  readonly rows: number;
  readonly data: Float32Array<ArrayBuffer>;
}
