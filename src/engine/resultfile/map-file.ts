import { AppError } from "../base/errors.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";

/** "PMAP", read as a little-endian number. */
const MAGIC = 0x50414d50;
const VERSION = 1;
const HEAD_BYTES = 24;
/** Means of float32 confidences may lie beyond 0 and 1 by their rounding. */
const SLACK = 1e-4;

/** Size and place of a map on its slide. */
export type MapFrame = Pick<ConfidenceGrid, "cols" | "rows" | "stride0X" | "stride0Y" | "width0" | "height0">;

export function mapBytes(cells: number, planes: number): number {
  return HEAD_BYTES + cells * (4 * planes + 1);
}

/**
 * The map bit for bit. Little-endian: magic, version, columns, rows, planes (classes, or 1) and a zero, 4 bytes each; then the float32
 * values plane by plane, row-major, their lowest bytes first, then their second bytes, and so on, which deflates to two thirds of what
 * they would otherwise; then a byte for each cell, 1 for tissue.
 */
export function encodeMap(grid: ConfidenceGrid): Uint8Array<ArrayBuffer> {
  const cells = grid.cols * grid.rows;
  const values = grid.classes?.values ?? grid.values;
  const planes = grid.classes?.count ?? 1;
  const bytes = new Uint8Array(mapBytes(cells, planes));
  const view = new DataView(bytes.buffer);
  [MAGIC, VERSION, grid.cols, grid.rows, planes, 0].forEach((word, i) => {
    view.setUint32(4 * i, word, true);
  });
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let part = 0; part < 4; part++) {
    const at = HEAD_BYTES + part * words.length;
    for (let i = 0; i < words.length; i++) bytes[at + i] = words[i]! >>> (8 * part);
  }
  bytes.set(grid.tissue, HEAD_BYTES + 4 * words.length);
  return bytes;
}

/** Throws `resultfile/bad-field` for bytes that do not hold `planes` maps of this frame with values of 0 to 1 or none. */
export function decodeMap(bytes: Uint8Array<ArrayBuffer>, frame: MapFrame, planes: number): ConfidenceGrid {
  const cells = frame.cols * frame.rows;
  if (bytes.length !== mapBytes(cells, planes)) throw badMap(`${mapBytes(cells, planes)} bytes`, `${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = Array.from({ length: 6 }, (_, i) => view.getUint32(4 * i, true));
  const expected = [MAGIC, VERSION, frame.cols, frame.rows, planes, 0];
  if (head.some((word, i) => word !== expected[i])) throw badMap(`the head ${expected.join(" ")}`, head.join(" "));
  const count = cells * planes;
  const words = new Uint32Array(count);
  for (let part = 0; part < 4; part++) {
    const at = HEAD_BYTES + part * count;
    for (let i = 0; i < count; i++) words[i]! |= bytes[at + i]! << (8 * part);
  }
  const values = new Float32Array(words.buffer);
  const bad = values.findIndex((value) => value < -SLACK || value > 1 + SLACK);
  if (bad >= 0) throw badMap("confidences from 0 to 1", `${values[bad]} at ${bad}`);
  const tissue = bytes.slice(HEAD_BYTES + 4 * count);
  if (tissue.some((value) => value > 1)) throw badMap("0 or 1 for each cell of tissue", "another number");
  if (planes === 1) return { ...frame, values, tissue };
  return { ...frame, values: values.subarray(0, cells), tissue, classes: { count: planes, values } };
}

function badMap(expected: string, found: string): AppError {
  return new AppError("resultfile/bad-field", `Expected map.bin to hold ${expected}, found ${found}.`);
}
