import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import { fakePack, smallGrid } from "./fakes.ts";

const CLASSES = ["Necrosis", "Cellular tumour", "Background"];
const DETAILS = [
  { colour: "#000000", maskColour: [5, 5, 5], threshold: 0.3 },
  { colour: "#009e73", maskColour: [5, 208, 4], threshold: 0.7 },
  { colour: "#ffffff", maskColour: [255, 255, 255], threshold: 0.5 },
] as const;

/** A fake pack with three classes. */
export function classPackOf(id: string): LoadedPack {
  const loaded = fakePack(id);
  const svm = { ...{ positive: "", negative: "", weights: new Float32Array(), bias: 0 }, calibration: { a: -1, b: 0 } };
  return { ...loaded, pack: { ...loaded.pack, classes: CLASSES, classDetails: [...DETAILS], svms: [svm, svm, svm] } };
}

/** Necrosis as `smallGrid`; the rest of each cell is tumour but for the last, which is background. */
export function classGrid(): ConfidenceGrid {
  const grid = smallGrid();
  const values = new Float32Array(24);
  values.set(grid.values);
  for (let cell = 0; cell < 8; cell++) values[(cell === 7 ? 16 : 8) + cell] = 1 - grid.values[cell]!;
  return { ...grid, values: values.subarray(0, 8), classes: { count: 3, values } };
}
