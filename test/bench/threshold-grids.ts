import { seededRandom } from "../../src/engine/base/random.ts";
import type { ConfidenceGrid } from "../../src/engine/heatmap/types.ts";

/** Maps as they come and maps that are hard: ever finer textures, and noise from cell to cell. */
export function madeGrids(side: number): readonly { readonly name: string; readonly grid: ConfidenceGrid }[] {
  const random = seededRandom(1);
  return [
    { name: "blobs, as a window's mean makes them", grid: gridOf(side, waves(side / 10, 0)) },
    { name: "lace: blobs with frayed borders and thousands of islands", grid: gridOf(side, waves(side / 33, 0.6)) },
    { name: "fine lace", grid: gridOf(side, waves(side / 100, 0.8)) },
    { name: "salt and pepper: a tenth of the cells turned", grid: gridOf(side, speckled(side, random)) },
    { name: "noise", grid: gridOf(side, () => random()) },
  ];
}

type Confidence = (col: number, row: number) => number;

/** A disc of tissue that nearly fills the picture. */
function gridOf(side: number, confidence: Confidence): ConfidenceGrid {
  const values = new Float32Array(side * side);
  const tissue = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let col = 0; col < side; col++) {
      const cell = row * side + col;
      tissue[cell] = Math.hypot(col - side / 2, row - side / 2) < 0.47 * side ? 1 : 0;
      values[cell] = tissue[cell] === 1 ? confidence(col, row) : Number.NaN;
    }
  }
  const size0 = side * 8;
  return { cols: side, rows: side, stride0X: 8, stride0Y: 8, width0: size0, height0: size0, values, tissue };
}

function waves(length: number, detail: number): Confidence {
  return (col, row) => {
    const [x, y] = [col / length, row / length];
    const coarse = Math.sin(1.3 * x + 1) * Math.cos(1.1 * y) + 0.5 * Math.sin(3.1 * x + 2.3 * y);
    const fine = detail * Math.sin(17 * x + 11 * y) * Math.sin(19 * y);
    return 1 / (1 + Math.exp(1 - 3 * (coarse + fine)));
  };
}

function speckled(side: number, random: () => number): Confidence {
  const base = waves(side / 10, 0);
  return (col, row) => {
    const value = base(col, row);
    return random() < 0.1 ? 1 - value : value;
  };
}
