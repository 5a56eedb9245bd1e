import type { PixelSize } from "../slide/types.ts";

/** A corner of something that was measured, in level-0 pixels. */
export interface Corner {
  readonly x0: number;
  readonly y0: number;
}

export interface MeasuredShape {
  /** `length`: an open line through the points; `area`: the field that they enclose, the last one joined to the first. */
  readonly kind: "length" | "area";
  readonly points: readonly Corner[];
}

export interface ShapeFigures {
  /** `um`: micrometres and square micrometres; `px`: level-0 pixels, where nobody knows how large those are. */
  readonly unit: "um" | "px";
  /** Of the line, or around the field. */
  readonly length: number;
  /** Null for a line. */
  readonly area: number | null;
  /** True when the outline of a field crosses itself: then parts of it are taken off rather than added. */
  readonly crossesItself: boolean;
}

/**
 * What was measured. Steps along x count mppX, along y mppY, so that it holds for pixels that are not square, however the slide is turned. The area
 * is the shoelace sum |sum of (x_i y_i+1 - x_i+1 y_i)| / 2 in level-0 pixels times mppX * mppY. Costs the square of the number of points, for the crossings.
 */
export function measureShape(
  { kind, points }: MeasuredShape,
  pixelSize: Pick<PixelSize, "mppX" | "mppY"> | null,
): ShapeFigures {
  const { mppX, mppY } = pixelSize ?? { mppX: 1, mppY: 1 };
  const sides = sidesOf(kind, points);
  const length = sides.reduce((sum, [a, b]) => sum + Math.hypot((b.x0 - a.x0) * mppX, (b.y0 - a.y0) * mppY), 0);
  const unit = pixelSize ? "um" : "px";
  if (kind === "length") return { unit, length, area: null, crossesItself: false };
  // Seen from the first corner, so that large coordinates cost no figures.
  const { x0: x, y0: y } = points[0] ?? { x0: 0, y0: 0 };
  const doubled = sides.reduce((sum, [a, b]) => sum + (a.x0 - x) * (b.y0 - y) - (b.x0 - x) * (a.y0 - y), 0);
  return { unit, length, area: (Math.abs(doubled) / 2) * mppX * mppY, crossesItself: crosses(sides) };
}

type Side = readonly [Corner, Corner];

function sidesOf(kind: MeasuredShape["kind"], points: readonly Corner[]): readonly Side[] {
  const sides: Side[] = [];
  points.forEach((point, i) => {
    const next = points[i + 1] ?? (kind === "area" ? points[0] : undefined);
    if (next && next !== point) sides.push([point, next]);
  });
  return sides;
}

function crosses(sides: readonly Side[]): boolean {
  return sides.some((side, i) =>
    sides.some((other, j) => {
      const areNeighbours = j <= i + 1 || (i === 0 && j === sides.length - 1);
      return !areNeighbours && doCross(side, other);
    }),
  );
}

/** True when each side has the ends of the other one on both its hands. */
function doCross([a, b]: Side, [c, d]: Side): boolean {
  return hand(a, b, c) * hand(a, b, d) < 0 && hand(c, d, a) * hand(c, d, b) < 0;
}

function hand(a: Corner, b: Corner, p: Corner): number {
  return Math.sign((b.x0 - a.x0) * (p.y0 - a.y0) - (b.y0 - a.y0) * (p.x0 - a.x0));
}
