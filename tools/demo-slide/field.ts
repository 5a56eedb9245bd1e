/** A smooth quantity over the whole slide: row-major float32, cell centres at (col + 0.5) * cellUm. */
export interface Field {
  readonly cols: number;
  readonly rows: number;
  /** Micrometres a cell. */
  readonly cellUm: number;
  readonly values: Float32Array;
}

/** A field whose value at each cell centre is `valueAt(xUm, yUm)`. */
export function makeField(
  size: { readonly cols: number; readonly rows: number; readonly cellUm: number },
  valueAt: (xUm: number, yUm: number) => number,
): Field {
  const { cols, rows, cellUm } = size;
  const values = new Float32Array(cols * rows);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      values[row * cols + col] = valueAt((col + 0.5) * cellUm, (row + 0.5) * cellUm);
    }
  }
  return { cols, rows, cellUm, values };
}

/** Bilinear value at a place; the border's value goes on outside. */
export function sampleField(field: Field, xUm: number, yUm: number): number {
  const { cols, rows, cellUm, values } = field;
  const x = Math.min(cols - 1.001, Math.max(0, xUm / cellUm - 0.5));
  const y = Math.min(rows - 1.001, Math.max(0, yUm / cellUm - 0.5));
  const col = Math.floor(x);
  const row = Math.floor(y);
  const at = row * cols + col;
  const fx = x - col;
  const top = values[at]! + fx * (values[at + 1]! - values[at]!);
  const bottom = values[at + cols]! + fx * (values[at + cols + 1]! - values[at + cols]!);
  return top + (y - row) * (bottom - top);
}

/** Signed distance in micrometres to the border of the cells where `inside` is below zero, negative there, smoothed by a cell. */
export function signedDistance(inside: Field): Field {
  const { cols, rows, cellUm, values } = inside;
  const toInside = squaredDistance(values, cols, rows, (value) => value < 0);
  const toOutside = squaredDistance(values, cols, rows, (value) => value >= 0);
  const signed = new Float32Array(cols * rows);
  for (let i = 0; i < signed.length; i++) {
    signed[i] = cellUm * (values[i]! < 0 ? 0.5 - Math.sqrt(toOutside[i]!) : Math.sqrt(toInside[i]!) - 0.5);
  }
  return smoothField(smoothField({ cols, rows, cellUm, values: signed }));
}

/** A binomial blur, three cells wide each way. */
export function smoothField(field: Field): Field {
  const { cols, rows, values } = field;
  const across = new Float32Array(values.length);
  const smoothed = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const at = row * cols + col;
      const left = values[at - (col > 0 ? 1 : 0)]!;
      const right = values[at + (col < cols - 1 ? 1 : 0)]!;
      across[at] = 0.25 * left + 0.5 * values[at]! + 0.25 * right;
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const at = row * cols + col;
      const above = across[at - (row > 0 ? cols : 0)]!;
      const below = across[at + (row < rows - 1 ? cols : 0)]!;
      smoothed[at] = 0.25 * above + 0.5 * across[at]! + 0.25 * below;
    }
  }
  return { ...field, values: smoothed };
}

/** Squared cell distance to the nearest marked cell (Felzenszwalb and Huttenlocher 2012), O(cells). */
function squaredDistance(
  values: Float32Array,
  cols: number,
  rows: number,
  isMarked: (value: number) => boolean,
): Float64Array {
  const far = 1e12;
  const squared = Float64Array.from(values, (value) => (isMarked(value) ? 0 : far));
  for (let col = 0; col < cols; col++) {
    lowerEnvelope(squared, col, cols, rows);
  }
  for (let row = 0; row < rows; row++) {
    lowerEnvelope(squared, row * cols, 1, cols);
  }
  return squared;
}

function lowerEnvelope(line: Float64Array, start: number, step: number, length: number): void {
  const source = new Float64Array(length);
  const apex = new Int32Array(length);
  const border = new Float64Array(length + 1);
  for (let i = 0; i < length; i++) {
    source[i] = line[start + i * step]!;
  }
  let last = 0;
  border[0] = -Infinity;
  border[1] = Infinity;
  for (let i = 1; i < length; i++) {
    let crossing = crossingOf(source, i, apex[last]!);
    while (crossing <= border[last]!) {
      last--;
      crossing = crossingOf(source, i, apex[last]!);
    }
    last++;
    apex[last] = i;
    border[last] = crossing;
    border[last + 1] = Infinity;
  }
  let at = 0;
  for (let i = 0; i < length; i++) {
    while (border[at + 1]! < i) {
      at++;
    }
    const from = apex[at]!;
    line[start + i * step] = (i - from) * (i - from) + source[from]!;
  }
}

function crossingOf(source: Float64Array, a: number, b: number): number {
  return (source[a]! + a * a - source[b]! - b * b) / (2 * a - 2 * b);
}
