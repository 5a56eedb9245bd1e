/** What the order needs to know of a block. */
interface Placed {
  readonly col: number;
  readonly row: number;
  readonly blockCol: number;
  readonly blockRow: number;
}

/**
 * Blocks in the order of computing: near `focus` (lattice position) first; without one spread over the whole first, every 8th
 * block column and row, then every 4th, 2nd and the rest. The order is fixed for the same blocks.
 */
export function spatialOrder<Block extends Placed>(
  blocks: readonly Block[],
  focus: { readonly col: number; readonly row: number } | null,
): Block[] {
  const keyed = blocks.map((block) => ({
    block,
    key: focus ? Math.hypot(block.col - focus.col, block.row - focus.row) : sparseness(block),
  }));
  keyed.sort((a, b) => a.key - b.key || a.block.row - b.block.row || a.block.col - b.block.col);
  return keyed.map(({ block }) => block);
}

/** 0 for blocks on every 8th column and row, 3 for those on odd ones. */
function sparseness(block: Placed): number {
  for (let level = 0; level < 3; level++) {
    const spacing = 8 >> level;
    if (block.blockCol % spacing === 0 && block.blockRow % spacing === 0) return level;
  }
  return 3;
}
