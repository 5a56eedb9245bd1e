import { AppError } from "../base/errors.ts";
import type { Backbone, Sampling } from "../modelpack/types.ts";
import type { SupertileTask } from "../patches/types.ts";

/** Lattice positions (col + i * step, row + j * step), i < cols, j < rows. */
export type LatticeBlock = Pick<SupertileTask, "col" | "row" | "step" | "cols" | "rows">;

/** One dense pass: which source pixels it reads and where its cells lie in the network's map. */
export interface DenseGeometry {
  /** Network pixels per source pixel. */
  readonly enlargement: number;
  /** First source pixel to read and how many, halo and resampling margin included. */
  readonly xSource: number;
  readonly ySource: number;
  readonly widthSource: number;
  readonly heightSource: number;
  /** Network pixels to drop on each side of the enlarged picture (the resampling margin). */
  readonly marginNetwork: number;
  /** Input of the network. */
  readonly widthNetwork: number;
  readonly heightNetwork: number;
  /** Cells to drop before the first wanted one, in both directions. */
  readonly haloCells: number;
  /** Cells between wanted ones. */
  readonly cellStep: number;
}

/** Source pixels beyond the edge that `enlarge` looks at. */
const RESAMPLING_REACH = 2;

/** Source pixels per side of a cell, or null when that is no whole number (then a dense pass has no lattice). */
export function cellSizeSource(backbone: Backbone, sampling: Sampling): number | null {
  const size = (backbone.cell * sampling.patch) / sampling.resizeTo;
  return Number.isInteger(size) && size > 0 ? size : null;
}

/**
 * The pass for a block. The halo is rounded up to whole cells, so that every pass starts in phase with the network's
 * strides and its cells do not depend on how the slide is cut.
 * Throws `analysis/out-of-range` when the block's step is no multiple of the cell.
 */
export function denseGeometry(backbone: Backbone, sampling: Sampling, block: LatticeBlock): DenseGeometry {
  const cellSource = cellSizeSource(backbone, sampling);
  const stepSource = block.step * sampling.stride;
  if (cellSource === null || stepSource % cellSource !== 0) {
    throw new AppError(
      "analysis/out-of-range",
      `Expected the dense pass to step by a multiple of the network's cell (${(backbone.cell * sampling.patch) / sampling.resizeTo} source pixels), found ${stepSource}; choose a stride that divides the cell.`,
      { stepSource, stride: sampling.stride, cell: backbone.cell },
    );
  }
  const enlargement = sampling.resizeTo / sampling.patch;
  const cellStep = stepSource / cellSource;
  const haloCells = Math.ceil(backbone.halo / backbone.cell);
  const marginSource = enlargement === 1 ? 0 : wholeMargin(enlargement);
  const before = haloCells * cellSource + marginSource;
  const wide = (block.cols - 1) * cellStep + 1 + 2 * haloCells;
  const high = (block.rows - 1) * cellStep + 1 + 2 * haloCells;
  return {
    enlargement,
    xSource: block.col * sampling.stride - before,
    ySource: block.row * sampling.stride - before,
    widthSource: wide * cellSource + 2 * marginSource,
    heightSource: high * cellSource + 2 * marginSource,
    marginNetwork: marginSource * enlargement,
    widthNetwork: wide * backbone.cell,
    heightNetwork: high * backbone.cell,
    haloCells,
    cellStep,
  };
}

/** The smallest margin within reach that is a whole number of network pixels as well. */
function wholeMargin(enlargement: number): number {
  for (let margin = RESAMPLING_REACH; margin < RESAMPLING_REACH + 4096; margin++) {
    if (Number.isInteger(margin * enlargement)) return margin;
  }
  throw new AppError("analysis/out-of-range", `Expected a simple enlargement of patches, found ${enlargement}.`);
}
