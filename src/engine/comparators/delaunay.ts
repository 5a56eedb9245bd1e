/** Points with whole coordinates. */
export interface PointSet {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/**
 * Triangles as half-edges, three in a row a triangle: half-edge e goes from point `from[e]` to `from[after(e)]`, its triangle on one
 * and the same side of all. `twin[e]` is the half-edge back, -1 on the hull.
 */
export interface Triangulation {
  readonly from: readonly number[];
  readonly twin: readonly number[];
}

/** The next half-edge of the same triangle. */
export function after(e: number): number {
  return e % 3 === 2 ? e - 2 : e + 1;
}

/**
 * Delaunay triangulation: no point lies within the circle through a triangle's corners. Points are taken from left to right (then
 * from top to bottom), each joined to the part of the hull that it sees, and edges are flipped until all circles are empty (C. Lawson,
 * 1977). With whole coordinates of up to 8,192 all signs are exact in float64, so that there is no rounding to guard against. Of equal
 * points all but the first are left out; points on one line have no triangle.
 */
export function delaunay(points: PointSet): Triangulation {
  const order = ordered(points);
  const start = order.findIndex((c, k) => k >= 2 && turn(points, order[0]!, order[1]!, c) !== 0);
  if (start < 0) return { from: [], twin: [] };
  const growing = new GrowingMesh(points);
  growing.addFan(order.slice(0, start), order[start]!);
  for (const point of order.slice(start + 1)) growing.addOutside(point);
  return growing;
}

class GrowingMesh implements Triangulation {
  readonly from: number[] = [];
  readonly twin: number[] = [];
  readonly #points: PointSet;
  /** By point on the hull: the half-edge that goes from it along the hull, and the point before it. */
  readonly #hullEdge = new Map<number, number>();
  readonly #hullBefore = new Map<number, number>();
  #latest = -1;

  constructor(points: PointSet) {
    this.#points = points;
  }

  /** The first triangles: points on one line, and one beside it. */
  addFan(line: readonly number[], apex: number): void {
    const isLeft = turn(this.#points, line[0]!, line[1]!, apex) > 0;
    for (let k = 0; k + 1 < line.length; k++) {
      const e = isLeft ? this.#add(line[k]!, line[k + 1]!, apex) : this.#add(line[k + 1]!, line[k]!, apex);
      if (k > 0) this.#join(isLeft ? e + 2 : e + 1, isLeft ? e - 2 : e - 1);
    }
    for (let e = 0; e < this.from.length; e++) if (this.twin[e] === -1) this.#setHull(e);
    this.#latest = apex;
  }

  /** A point to the right of all others: a triangle for each edge of the hull that it sees. */
  addOutside(point: number): void {
    const seen = this.#seenFrom(point);
    const flips: number[] = [];
    let last = -1;
    for (const e of seen) {
      const made = this.#add(this.#end(e), this.from[e]!, point);
      this.#join(made, e);
      if (last >= 0) this.#join(last + 2, made + 1);
      flips.push(made);
      last = made;
    }
    for (const e of seen) this.#hullEdge.delete(this.from[e]!);
    this.#setHull(flips[0]! + 1);
    this.#setHull(last + 2);
    this.#latest = point;
    this.#flipUntilEmpty(flips);
  }

  /** Edges of the hull with the point strictly outside, in the hull's order; all of them lie around the latest point. */
  #seenFrom(point: number): number[] {
    const sees = (e: number) => turn(this.#points, this.from[e]!, this.#end(e), point) < 0;
    const seen: number[] = [];
    for (let e = this.#hullEdge.get(this.#latest)!; sees(e); e = this.#hullEdge.get(this.#end(e))!) seen.push(e);
    for (let at = this.#latest; ; ) {
      at = this.#hullBefore.get(at)!;
      const e = this.#hullEdge.get(at)!;
      if (!sees(e)) return seen;
      seen.unshift(e);
    }
  }

  /**
   * Looks at edges opposite the newest point; where the point across lies within the circle, the edge is turned to join the two points,
   * and the two edges behind it are looked at in turn.
   */
  #flipUntilEmpty(pending: number[]): void {
    const { from, twin } = this;
    while (pending.length > 0) {
      const a = pending.pop()!;
      const b = twin[a]!;
      if (b === -1) continue;
      const beforeA = after(after(a));
      const beforeB = after(after(b));
      const near = from[beforeA]!;
      const far = from[beforeB]!;
      if (!isInCircle(this.#points, from[a]!, from[b]!, near, far)) continue;
      from[a] = far;
      from[b] = near;
      const behindB = twin[beforeB]!;
      const behindA = twin[beforeA]!;
      this.#join(a, behindB);
      this.#join(b, behindA);
      this.#join(beforeA, beforeB);
      if (behindB === -1) this.#hullEdge.set(far, a);
      if (behindA === -1) this.#hullEdge.set(near, b);
      pending.push(a, after(b));
    }
  }

  #add(a: number, b: number, c: number): number {
    this.from.push(a, b, c);
    this.twin.push(-1, -1, -1);
    return this.from.length - 3;
  }

  #join(e: number, other: number): void {
    this.twin[e] = other;
    if (other !== -1) this.twin[other] = e;
  }

  #setHull(e: number): void {
    this.#hullEdge.set(this.from[e]!, e);
    this.#hullBefore.set(this.#end(e), this.from[e]!);
  }

  #end(e: number): number {
    return this.from[after(e)]!;
  }
}

/** Different points, by x, then y, then index. */
function ordered({ x, y }: PointSet): number[] {
  const order = Array.from({ length: x.length }, (_, i) => i);
  order.sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]! || i - j);
  return order.filter((i, k) => k === 0 || x[i] !== x[order[k - 1]!] || y[i] !== y[order[k - 1]!]);
}

/** Twice the signed area of a triangle: above 0 where c lies to the left of a to b (with y upwards). */
function turn({ x, y }: PointSet, a: number, b: number, c: number): number {
  return (x[b]! - x[a]!) * (y[c]! - y[a]!) - (y[b]! - y[a]!) * (x[c]! - x[a]!);
}

/** Whether d lies strictly within the circle through a, b, c, which turn left. */
function isInCircle({ x, y }: PointSet, a: number, b: number, c: number, d: number): boolean {
  const ax = x[a]! - x[d]!;
  const ay = y[a]! - y[d]!;
  const bx = x[b]! - x[d]!;
  const by = y[b]! - y[d]!;
  const cx = x[c]! - x[d]!;
  const cy = y[c]! - y[d]!;
  const aa = ax * ax + ay * ay;
  const bb = bx * bx + by * by;
  const cc = cx * cx + cy * cy;
  return aa * (bx * cy - by * cx) - bb * (ax * cy - ay * cx) + cc * (ax * by - ay * bx) > 0;
}
