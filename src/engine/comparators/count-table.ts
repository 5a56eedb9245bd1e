/** Summed-area table of counts per bin over a grid of cells: the counts of any rectangle cost 4 reads a bin. */
export interface CountTable {
  readonly cols: number;
  readonly rows: number;
  readonly bins: number;
  /** (cols + 1) x (rows + 1) corners, row-major, `bins` values each: the counts above and to the left of the corner. */
  readonly sums: Int32Array;
}

/** A rectangle of cells, right and bottom exclusive. */
export interface CellBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One label a pixel, row-major. */
export interface LabelImage {
  readonly width: number;
  readonly height: number;
  /** Below the table's bins, or they are not counted. */
  readonly data: Uint8Array | Uint16Array;
}

/**
 * Counts of labels in cells of `cell` x `cell` pixels; the last cells of a row or column may be cut. Several images (channels) count into
 * bins of their own, one image after another, `bins` each. O(pixels + cells * bins).
 */
export function countLabels(images: readonly LabelImage[], bins: number, cell: number): CountTable {
  const [first] = images;
  if (!first) throw new RangeError("no labels to count");
  const cols = Math.ceil(first.width / cell);
  const rows = Math.ceil(first.height / cell);
  const all = bins * images.length;
  const width = (cols + 1) * all;
  const sums = new Int32Array(width * (rows + 1));
  images.forEach(({ width: pixels, height, data }, channel) => {
    for (let y = 0; y < height; y++) {
      const line = (Math.floor(y / cell) + 1) * width + channel * bins;
      for (let x = 0; x < pixels; x++) {
        const label = data[y * pixels + x]!;
        if (label < bins) sums[line + (Math.floor(x / cell) + 1) * all + label]!++;
      }
    }
  });
  for (let row = 1; row <= rows; row++) {
    for (let at = row * width + all; at < (row + 1) * width; at++) {
      sums[at]! += sums[at - all]! + sums[at - width]! - sums[at - width - all]!;
    }
  }
  return { cols, rows, bins: all, sums };
}

/** Writes the counts of a box to `target`, from `offset` on, each times `factor`. */
export function writeCounts(
  table: CountTable,
  box: CellBox,
  target: Float32Array,
  offset: number,
  factor: number,
): void {
  const { bins, sums, cols, rows } = table;
  const { left, top, right, bottom } = box;
  if (!(left >= 0 && top >= 0 && right <= cols && bottom <= rows && left <= right && top <= bottom)) {
    throw new RangeError(`box ${left}, ${top} to ${right}, ${bottom} leaves the table of ${cols} x ${rows} cells`);
  }
  const corner = (col: number, row: number) => (row * (cols + 1) + col) * bins;
  const upperLeft = corner(left, top);
  const upperRight = corner(right, top);
  const lowerLeft = corner(left, bottom);
  const lowerRight = corner(right, bottom);
  for (let bin = 0; bin < bins; bin++) {
    const count = sums[lowerRight + bin]! - sums[upperRight + bin]! - sums[lowerLeft + bin]! + sums[upperLeft + bin]!;
    target[offset + bin] = count * factor;
  }
}
