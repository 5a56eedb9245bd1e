import type { ShownClass } from "../../../src/engine/heatmap/class-map.ts";
import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";

export const LETTER_CLASSES: readonly ShownClass[] = [
  { name: "Necrosis", colour: "#000000", isBackground: false },
  { name: "Cellular tumour", colour: "#009e73", isBackground: false },
  { name: "Background", colour: "#ffffff", isBackground: true },
];
/** Letters n, t and b stand for the classes at 0.8, `.` for glass; cells of 10 pixels. */
export function gridOfLetters(rows: readonly string[]): ConfidenceGrid {
  const cells = rows.join("").split("");
  const values = Float32Array.from({ length: 3 * cells.length }, (_, i) => {
    const cell = cells[i % cells.length]!;
    return cell === "." ? Number.NaN : "ntb".indexOf(cell) === Math.floor(i / cells.length) ? 0.8 : 0.1;
  });
  return {
    cols: rows[0]!.length,
    rows: rows.length,
    stride0X: 10,
    stride0Y: 10,
    width0: rows[0]!.length * 10,
    height0: rows.length * 10,
    values: values.subarray(0, cells.length),
    tissue: Uint8Array.from(cells, (cell) => (cell === "." ? 0 : 1)),
    classes: { count: 3, values },
  };
}
