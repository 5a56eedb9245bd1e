import { AppError } from "../base/errors.ts";
import type { FloatTensor } from "./types.ts";

/** Planes of a map [batch, planes, rows, cols]. Throws `features/bad-model` when rows or cols are not as promised. */
export function checkMap(map: FloatTensor, expected: { readonly rows: number; readonly cols: number }): number {
  const [, planes, rows, cols] = map.dims;
  if (map.dims.length === 4 && planes !== undefined && rows === expected.rows && cols === expected.cols) return planes;
  throw new AppError(
    "features/bad-model",
    `Expected the network to answer with a map of ${expected.rows} x ${expected.cols} cells, found the shape ${map.dims.join(" x ")}; check backbone.cell and backbone.kind in pack.json.`,
    { dims: [...map.dims], expected },
  );
}

/** Throws `features/bad-model` unless the output holds `channels` values (of a map: planes) per picture. */
export function checkChannels(output: FloatTensor, kind: "map" | "vector", channels: number): void {
  const dims = kind === "map" ? 4 : 2;
  if (output.dims.length === dims && output.dims[1] === channels) return;
  throw new AppError(
    "features/bad-model",
    `Expected the network to answer with a ${kind} of ${channels} channels, found the shape ${output.dims.join(" x ")}; check backbone.channels and backbone.kind in pack.json.`,
    { dims: [...output.dims], channels },
  );
}
