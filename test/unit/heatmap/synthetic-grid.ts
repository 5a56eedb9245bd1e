import { seededRandom } from "../../../src/engine/base/random.ts";
import type { CellMask, ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";

/** A grid whose last column and row are cut by the slide's edge; strides are fractions, as they usually are. */
export function gridOf(
  cols: number,
  rows: number,
  values: ArrayLike<number>,
  tissue?: ArrayLike<number>,
): ConfidenceGrid {
  return {
    cols,
    rows,
    stride0X: 16.25,
    stride0Y: 15.5,
    width0: Math.floor(cols * 16.25 - 7),
    height0: Math.floor(rows * 15.5 - 4),
    values: Float32Array.from(values),
    tissue: tissue ? Uint8Array.from(tissue) : new Uint8Array(cols * rows).fill(1),
  };
}

/** Rows of a picture: `#` is 1, `.` is 0, `o` is glass, a digit d is d / 10. */
export function gridOfPicture(picture: readonly string[]): ConfidenceGrid {
  const cells = picture.join("").split("");
  const values = cells.map((cell) =>
    cell === "#" ? 1 : cell === "." ? 0 : cell === "o" ? Number.NaN : Number(cell) / 10,
  );
  return gridOf(
    picture[0]!.length,
    picture.length,
    values,
    cells.map((cell) => (cell === "o" ? 0 : 1)),
  );
}

export function pictureOf(mask: CellMask): string[] {
  return Array.from({ length: mask.rows }, (_, row) =>
    Array.from({ length: mask.cols }, (_, col) => (mask.data[row * mask.cols + col] === 1 ? "#" : ".")).join(""),
  );
}

/** Noise, smoothed `passes` times by its neighbours and stretched to 0 ... 1: lacy at 0 passes, blobs at 4. */
export function noiseGrid(cols: number, rows: number, seed: number, passes: number): ConfidenceGrid {
  const random = seededRandom(seed);
  let values = Float64Array.from({ length: cols * rows }, () => random());
  for (let pass = 0; pass < passes; pass++) {
    values = values.map((_, i) => {
      const col = i % cols;
      const row = (i - col) / cols;
      let sum = 0;
      let count = 0;
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c++) {
          sum += values[r * cols + c]!;
          count++;
        }
      }
      return sum / count;
    });
  }
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const stretched = values.map((value) => (value - low) / (high - low));
  const tissue = Uint8Array.from(stretched, () => (random() < 0.02 ? 0 : 1));
  return gridOf(
    cols,
    rows,
    stretched.map((value, i) => (tissue[i] === 1 ? value : Number.NaN)),
    tissue,
  );
}
