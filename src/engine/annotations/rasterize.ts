import type { Polygon, Ring } from "./rings.ts";

/** Pixels of cell0X x cell0Y level-0 pixels from the slide's corner on, row-major. */
export interface RasterFrame {
  readonly cols: number;
  readonly rows: number;
  readonly cell0X: number;
  readonly cell0Y: number;
}

/**
 * 1 where the centre of a pixel lies in any of the polygons, their holes left out (even-odd within a polygon, so rings may run either
 * way). Scan lines; O(rows x points + pixels filled).
 */
export function rasterize(polygons: readonly Polygon[], frame: RasterFrame): Uint8Array<ArrayBuffer> {
  const inside = new Uint8Array(frame.cols * frame.rows);
  for (const { outer, holes } of polygons) fillEvenOdd(inside, [outer, ...holes], frame);
  return inside;
}

function fillEvenOdd(inside: Uint8Array, rings: readonly Ring[], { cols, rows, cell0X, cell0Y }: RasterFrame): void {
  const crossings: number[][] = Array.from({ length: rows }, () => []);
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [ax, ay] = ring[i]!;
      const [bx, by] = ring[i + 1]!;
      if (ay === by) continue;
      // A line through a point counts for the edge that goes on below it, so that it counts once.
      const first = Math.max(0, Math.ceil(Math.min(ay, by) / cell0Y - 0.5));
      const last = Math.min(rows - 1, Math.ceil(Math.max(ay, by) / cell0Y - 0.5) - 1);
      for (let row = first; row <= last; row++) {
        const y = (row + 0.5) * cell0Y;
        crossings[row]!.push(ax + ((y - ay) * (bx - ax)) / (by - ay));
      }
    }
  }
  crossings.forEach((xs, row) => {
    xs.sort((a, b) => a - b);
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const first = Math.max(0, Math.ceil(xs[i]! / cell0X - 0.5));
      const last = Math.min(cols - 1, Math.ceil(xs[i + 1]! / cell0X - 0.5) - 1);
      if (first <= last) inside.fill(1, row * cols + first, row * cols + last + 1);
    }
  });
}
