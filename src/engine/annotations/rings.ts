/** A closed ring of level-0 points, first repeated at the end. */
export type Ring = readonly (readonly [number, number])[];

export interface Polygon {
  readonly outer: Ring;
  readonly holes: readonly Ring[];
}

export interface Bounds {
  readonly x0: number;
  readonly y0: number;
  readonly width0: number;
  readonly height0: number;
}

export function boundsOf(ring: Ring): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x0: left, y0: top, width0: right - left, height0: bottom - top };
}

/** Centre of area, holes taken off; the rings may run either way. Measured from the ring's first point, so that large coordinates lose nothing. */
export function centroidOf(polygon: Polygon): readonly [number, number] {
  const [originX, originY] = polygon.outer[0] ?? [0, 0];
  let area = 0;
  let momentX = 0;
  let momentY = 0;
  [polygon.outer, ...polygon.holes].forEach((ring, index) => {
    const part = ringMoments(ring, originX, originY);
    const sign = (index === 0 ? 1 : -1) * (part.area < 0 ? -1 : 1);
    area += sign * part.area;
    momentX += sign * part.momentX;
    momentY += sign * part.momentY;
  });
  return area === 0 ? [originX, originY] : [originX + momentX / area, originY + momentY / area];
}

/** Signed area and first moments of a ring about an origin. */
function ringMoments(ring: Ring, originX: number, originY: number) {
  let area = 0;
  let momentX = 0;
  let momentY = 0;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!;
    const [bx, by] = ring[i]!;
    const [fromX, fromY, toX, toY] = [ax - originX, ay - originY, bx - originX, by - originY];
    const cross = fromX * toY - toX * fromY;
    area += cross / 2;
    momentX += ((fromX + toX) * cross) / 6;
    momentY += ((fromY + toY) * cross) / 6;
  }
  return { area, momentX, momentY };
}
