import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import type { Lattice } from "../../../src/engine/patches/types.ts";
import { tissueCells } from "../../../src/engine/tissue/cells.ts";
import type { TissueMask } from "../../../src/engine/tissue/types.ts";

function latticeOf(width0: number, height0: number, stride0X: number, stride0Y: number): Lattice {
  return {
    cols: Math.ceil(width0 / stride0X),
    rows: Math.ceil(height0 / stride0Y),
    stride: 8,
    stride0X,
    stride0Y,
    downsampleX: stride0X / 8,
    downsampleY: stride0Y / 8,
    width0,
    height0,
    cellStrides: 1,
    patchStrides: 1,
    windowCells: [1],
  };
}

/** Share of tissue in a lattice cell by the level-0 pixels' centres. */
function sampledShare(mask: TissueMask, lattice: Lattice, col: number, row: number): number {
  let tissue = 0;
  let total = 0;
  for (
    let y = Math.ceil(row * lattice.stride0Y - 0.5);
    y + 0.5 < Math.min((row + 1) * lattice.stride0Y, lattice.height0);
    y++
  ) {
    for (
      let x = Math.ceil(col * lattice.stride0X - 0.5);
      x + 0.5 < Math.min((col + 1) * lattice.stride0X, lattice.width0);
      x++
    ) {
      total++;
      const at = Math.floor((y + 0.5) / mask.cell0Y) * mask.cols + Math.floor((x + 0.5) / mask.cell0X);
      if (mask.data[at] === 1) tissue++;
    }
  }
  return tissue / total;
}

describe("tissueCells", () => {
  it.each([
    ["cells larger than the mask's", 40, 40],
    ["cells smaller than the mask's", 7, 5],
    ["cells that do not fit the mask's", 23.7, 31.1],
    ["one cell larger than the slide", 900, 900],
  ])("is 1 where at least half is tissue: %s", (_name, stride0X, stride0Y) => {
    const [width0, height0] = [311, 203];
    const random = seededRandom(11);
    const [cell0X, cell0Y] = [16, 15];
    const cols = Math.ceil(width0 / cell0X);
    const rows = Math.ceil(height0 / cell0Y);
    const data = Uint8Array.from({ length: cols * rows }, () => Math.floor(random() * 3));
    const mask = { cols, rows, cell0X, cell0Y, data };
    const lattice = latticeOf(width0, height0, stride0X, stride0Y);
    const cells = tissueCells(mask, lattice);
    for (let row = 0; row < lattice.rows; row++) {
      for (let col = 0; col < lattice.cols; col++) {
        const found = cells[row * lattice.cols + col];
        const share = sampledShare(mask, lattice, col, row);
        // Sampling by pixels is off by up to a pixel's row and column.
        if (Math.abs(share - 0.5) > 0.15) expect(found).toBe(share > 0.5 ? 1 : 0);
      }
    }
  });

  it("counts exactly half as tissue, and pen as none", () => {
    const mask: TissueMask = { cols: 4, rows: 1, cell0X: 5, cell0Y: 10, data: Uint8Array.of(1, 0, 2, 1) };
    expect([...tissueCells(mask, latticeOf(20, 10, 10, 10))]).toEqual([1, 1]);
    const penOnly: TissueMask = { ...mask, data: Uint8Array.of(2, 2, 0, 1) };
    expect([...tissueCells(penOnly, latticeOf(20, 10, 10, 10))]).toEqual([0, 1]);
  });
});
