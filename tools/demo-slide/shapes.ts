/** A point of a thick line: centre and half-thickness, micrometres. */
export interface Knot {
  readonly xUm: number;
  readonly yUm: number;
  readonly radiusUm: number;
}

/** Distance in micrometres to a thick line whose radius changes evenly between its knots; negative inside. */
export function thickLineDistance(knots: readonly Knot[], xUm: number, yUm: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < knots.length; i++) {
    const a = knots[i]!;
    const b = knots[i + 1] ?? a;
    nearest = Math.min(nearest, capsuleDistance(a, b, xUm, yUm));
  }
  return nearest;
}

/** Distance in micrometres to the capsule from `a` to `b`; negative inside. */
export function capsuleDistance(a: Knot, b: Knot, xUm: number, yUm: number): number {
  const t = shareAlong(b.xUm - a.xUm, b.yUm - a.yUm, xUm - a.xUm, yUm - a.yUm);
  const x = xUm - a.xUm - t * (b.xUm - a.xUm);
  const y = yUm - a.yUm - t * (b.yUm - a.yUm);
  return Math.sqrt(x * x + y * y) - a.radiusUm - t * (b.radiusUm - a.radiusUm);
}

/** Distance in micrometres to a closed polygon, negative inside (even-odd). */
export function polygonDistance(corners: readonly (readonly [number, number])[], xUm: number, yUm: number): number {
  let nearest2 = Number.POSITIVE_INFINITY;
  let isInside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [ax, ay] = corners[i]!;
    const [bx, by] = corners[j]!;
    const t = shareAlong(bx - ax, by - ay, xUm - ax, yUm - ay);
    const x = xUm - ax - t * (bx - ax);
    const y = yUm - ay - t * (by - ay);
    nearest2 = Math.min(nearest2, x * x + y * y);
    if (ay > yUm !== by > yUm && xUm < ((bx - ax) * (yUm - ay)) / (by - ay) + ax) {
      isInside = !isInside;
    }
  }
  return isInside ? -Math.sqrt(nearest2) : Math.sqrt(nearest2);
}

/** How far along a line from 0 to (dx, dy) the point (x, y) projects, held to 0 to 1. */
function shareAlong(dx: number, dy: number, x: number, y: number): number {
  const length2 = dx * dx + dy * dy;
  return length2 > 0 ? Math.min(1, Math.max(0, (x * dx + y * dy) / length2)) : 0;
}
