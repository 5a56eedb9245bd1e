import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";

/** "PALGRID" and the version, so that a file that is cut or foreign is never taken for a grid. */
const MAGIC = [0x50, 0x41, 0x4c, 0x47, 0x52, 0x49, 0x44, 1] as const;
const HEADER = 24;

/** The shape of a grid, which is kept beside its bytes. */
export type GridShape = Omit<ConfidenceGrid, "values" | "tissue" | "classes"> & {
  /** 1 where there is one map; else the classes. */
  readonly planes: number;
};

export function gridShape(grid: ConfidenceGrid): GridShape {
  const { cols, rows, stride0X, stride0Y, width0, height0, classes } = grid;
  return { cols, rows, stride0X, stride0Y, width0, height0, planes: classes?.count ?? 1 };
}

/** Magic and version; planes, columns, rows, 0 as 32-bit numbers, low byte first; confidences as in memory (little-endian float32); tissue. */
export function encodeGrid(grid: ConfidenceGrid): Uint8Array<ArrayBuffer> {
  const { cols, rows, planes } = gridShape(grid);
  const values = grid.classes?.values ?? grid.values;
  const bytes = new Uint8Array(HEADER + values.byteLength + grid.tissue.length);
  bytes.set(MAGIC);
  const view = new DataView(bytes.buffer);
  [planes, cols, rows].forEach((number, i) => {
    view.setUint32(MAGIC.length + 4 * i, number, true);
  });
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), HEADER);
  bytes.set(grid.tissue, HEADER + values.byteLength);
  return bytes;
}

/** Null for bytes that are not the grid of this shape. */
export function decodeGrid(bytes: Uint8Array<ArrayBuffer>, shape: GridShape): ConfidenceGrid | null {
  const { planes, ...grid } = shape;
  const cells = grid.cols * grid.rows;
  const valueBytes = planes * cells * 4;
  if (bytes.length !== HEADER + valueBytes + cells || MAGIC.some((byte, i) => bytes[i] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = [planes, grid.cols, grid.rows];
  if (header.some((number, i) => view.getUint32(MAGIC.length + 4 * i, true) !== number)) return null;
  const all = new Float32Array(bytes.slice(HEADER, HEADER + valueBytes).buffer);
  const tissue = bytes.slice(HEADER + valueBytes);
  if (planes === 1) return { ...grid, tissue, values: all };
  return { ...grid, tissue, values: all.subarray(0, cells), classes: { count: planes, values: all } };
}
