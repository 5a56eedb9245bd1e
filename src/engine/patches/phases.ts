import type { SamplingMode } from "../modelpack/types.ts";
import type { Lattice } from "./types.ts";

/** The positions (col + i * step, row + j * step) of a lattice. */
export interface Phase {
  readonly col: number;
  readonly row: number;
  readonly step: number;
}

/** Patches that the coarsest pass skips between two, at most: 64 source pixels at the paper's stride of 8. */
const COARSEST_STEP = 8;

/**
 * The passes of a run, each a set of phases; together they hold every position exactly once.
 *
 * Dense with n = `cellStrides`: n x n phases of step n, (0, 0) first, then those that halve the gaps. Patch by patch: the positions
 * at every 8th column and row (fewer where a patch is smaller than that), then what every 4th, 2nd and every position adds.
 */
export function planPhases(lattice: Lattice, mode: SamplingMode): Phase[][] {
  if (mode === "dense") return densePasses(lattice.cellStrides);
  let coarsest = 1;
  while (coarsest * 2 <= Math.min(COARSEST_STEP, lattice.patchStrides)) coarsest *= 2;
  const passes: Phase[][] = [[{ col: 0, row: 0, step: coarsest }]];
  for (let half = coarsest / 2; half >= 1; half /= 2) {
    const step = half * 2;
    passes.push([
      { col: half, row: half, step },
      { col: half, row: 0, step },
      { col: 0, row: half, step },
    ]);
  }
  return passes;
}

function densePasses(step: number): Phase[][] {
  const phases: Phase[] = [];
  for (let row = 0; row < step; row++) {
    for (let col = 0; col < step; col++) phases.push({ col, row, step });
  }
  return phases
    .sort((a, b) => fineness(a) - fineness(b) || isEdgeWise(a) - isEdgeWise(b) || a.row - b.row || a.col - b.col)
    .map((phase) => [phase]);
}

/** Halvings that reach both offsets: 0 for (0, 0); an odd offset of an even step comes last. */
function fineness({ col, row, step }: Phase): number {
  return Math.max(halvings(col, step), halvings(row, step));
}

function halvings(offset: number, step: number): number {
  let spacing = step;
  let count = 0;
  while (offset % spacing !== 0) {
    spacing = spacing % 2 === 0 ? spacing / 2 : 1;
    count++;
  }
  return count;
}

/** Diagonal phases first: they fill the largest gaps. */
function isEdgeWise({ col, row }: Phase): number {
  return col === 0 || row === 0 ? 1 : 0;
}
