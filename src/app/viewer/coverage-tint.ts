import type { SeenCells } from "../state/seen-cells.ts";
import type { Affine } from "./affine.ts";

/** What was looked at, as a light tint. */
export function drawCoverage(
  context: CanvasRenderingContext2D,
  { cols, rows, cell0, data }: SeenCells,
  toNavigator: Affine,
  colour: string,
): void {
  const path = new Path2D();
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      if (data[row * cols + col] !== 1) continue;
      const from = col;
      while (col + 1 < cols && data[row * cols + col + 1] === 1) col++;
      path.rect(from * cell0, row * cell0, (col + 1 - from) * cell0, cell0);
    }
  }
  context.save();
  const { a, b, c, d, e, f } = toNavigator;
  context.setTransform(a, b, c, d, e, f);
  context.fillStyle = colour;
  context.fill(path);
  context.restore();
}
