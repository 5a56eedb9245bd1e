import type { Point0, Rect0 } from "./view.ts";

/** What a drag took hold of; edges: -1 left or top, 1 right or bottom, 0 neither. */
export type Grip =
  | { readonly kind: "new" }
  | { readonly kind: "move" }
  | { readonly kind: "edge"; readonly across: -1 | 0 | 1; readonly down: -1 | 0 | 1 };

interface Size0 {
  readonly width0: number;
  readonly height0: number;
}

/** What of a rectangle lies at a point; `reach0`: how far from an edge is still on it, level-0 pixels. */
export function gripAt(rect: Rect0 | null, { x0, y0 }: Point0, reach0: number): Grip {
  if (!rect) return { kind: "new" };
  const right0 = rect.x0 + rect.width0;
  const bottom0 = rect.y0 + rect.height0;
  const isNear = x0 > rect.x0 - reach0 && x0 < right0 + reach0 && y0 > rect.y0 - reach0 && y0 < bottom0 + reach0;
  if (!isNear) return { kind: "new" };
  const across = edgeAt(x0, rect.x0, right0, reach0);
  const down = edgeAt(y0, rect.y0, bottom0, reach0);
  return across === 0 && down === 0 ? { kind: "move" } : { kind: "edge", across, down };
}

/** The nearer of two edges within reach. */
function edgeAt(at: number, first: number, last: number, reach: number): -1 | 0 | 1 {
  const toFirst = Math.abs(at - first);
  const toLast = Math.abs(at - last);
  if (Math.min(toFirst, toLast) > reach) return 0;
  return toFirst <= toLast ? -1 : 1;
}

/** What a drag makes of a rectangle, in whole pixels and never beyond the slide. */
export function dragged(before: Rect0 | null, grip: Grip, from: Point0, to: Point0, slide: Size0): Rect0 {
  if (!before || grip.kind === "new") return between(from, to, slide);
  const moved = { x0: to.x0 - from.x0, y0: to.y0 - from.y0 };
  if (grip.kind === "move") {
    return {
      ...before,
      x0: clamp(Math.round(before.x0 + moved.x0), slide.width0 - before.width0),
      y0: clamp(Math.round(before.y0 + moved.y0), slide.height0 - before.height0),
    };
  }
  const { across, down } = grip;
  const right0 = before.x0 + before.width0;
  const bottom0 = before.y0 + before.height0;
  return between(
    { x0: before.x0 + (across === -1 ? moved.x0 : 0), y0: before.y0 + (down === -1 ? moved.y0 : 0) },
    { x0: right0 + (across === 1 ? moved.x0 : 0), y0: bottom0 + (down === 1 ? moved.y0 : 0) },
    slide,
  );
}

/** The rectangle with two corners, whichever way round. */
function between(a: Point0, b: Point0, slide: Size0): Rect0 {
  const xs = [a.x0, b.x0].map((x) => clamp(Math.round(x), slide.width0));
  const ys = [a.y0, b.y0].map((y) => clamp(Math.round(y), slide.height0));
  const x0 = Math.min(...xs);
  const y0 = Math.min(...ys);
  return { x0, y0, width0: Math.max(...xs) - x0, height0: Math.max(...ys) - y0 };
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(0, most), Math.max(0, value));
}
