import type { OutlineRing } from "../../engine/heatmap/outline-rings.ts";
import { type Affine, type Box, scaleOf } from "./affine.ts";

/** Points of a ring that share one box. */
const PIECE = 64;
/** Points that follow each other nearer than this, in pixels of the canvas, are drawn as one. */
const NEAR = 0.5;

/** From so many rings on, those that are too small to be told apart are left out, because their lines would be a haze that takes seconds to draw. */
const CROWD = 5000;
const CROWDED_PIXELS = 8;

/** Rings smaller than so many times that are drawn as a dot. */
const DOT = 4;

/** Rings with boxes around their pieces, so that what lies off the canvas is passed over quickly. */
export interface Outline {
  readonly rings: readonly BoxedRing[];
}

interface BoxedRing {
  readonly points: OutlineRing;
  /** Left, top, right and bottom of each piece of `PIECE` points and the first of the next one. */
  readonly boxes: Float32Array;
  /** Around all of it. */
  readonly box: Box;
}

export function outlineOf(rings: readonly OutlineRing[]): Outline {
  return {
    rings: rings.map((points) => {
      const boxes = boxesOf(points);
      return { points, boxes, box: boxAround(boxes) };
    }),
  };
}

export interface PathOptions {
  /** What of the slide is seen, in level-0 pixels. */
  readonly seen: Box;
  /** Rings that are smaller than this on the canvas both ways are left out; of a crowd of rings, all below `CROWDED_PIXELS`. Default: 0. */
  readonly leastPixels?: number;
}

/**
 * An outline as a path in pixels of the canvas. Of pieces that are not seen only the ends are kept, which changes nothing of what is seen, neither of its
 * line nor of its inside; of points that fall together, one. O(points that are seen + all pieces).
 */
export function outlinePath(outline: Outline, toCanvas: Affine, { seen, leastPixels = 0 }: PathOptions): Path2D {
  const path = new Path2D();
  const scale = scaleOf(toCanvas);
  const near0 = NEAR / scale;
  const least0 = Math.max(leastPixels, outline.rings.length > CROWD ? CROWDED_PIXELS : 0) / scale;
  for (const ring of outline.rings) {
    const { left, top, right, bottom } = ring.box;
    if (left > seen.right || right < seen.left || top > seen.bottom || bottom < seen.top) continue;
    const size0 = Math.max(right - left, bottom - top);
    if (size0 < least0) continue;
    addRing(path, ring, toCanvas, { seen, near0: size0 < DOT * near0 ? size0 : near0 });
  }
  return path;
}

function addRing(
  path: Path2D,
  { points, boxes }: BoxedRing,
  { a, b, c, d, e, f }: Affine,
  { seen, near0 }: { readonly seen: Box; readonly near0: number },
): void {
  const count = points.length / 2;
  let lastX = Number.POSITIVE_INFINITY;
  let lastY = Number.POSITIVE_INFINITY;
  let drawn = 0;
  function add(i: number): void {
    const x0 = points[i * 2]!;
    const y0 = points[i * 2 + 1]!;
    lastX = x0;
    lastY = y0;
    const x = a * x0 + c * y0 + e;
    const y = b * x0 + d * y0 + f;
    if (drawn++ === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  for (let piece = 0; piece * PIECE < count; piece++) {
    const end = Math.min(count, (piece + 1) * PIECE);
    if (!overlaps(boxes, piece, seen)) {
      add(piece * PIECE);
      continue;
    }
    for (let i = piece * PIECE; i < end; i++) {
      const isNear = Math.abs(points[i * 2]! - lastX) < near0 && Math.abs(points[i * 2 + 1]! - lastY) < near0;
      if (!isNear) add(i);
    }
  }
  // However far away, a region leaves a dot.
  if (drawn === 1) add(count >> 1);
  path.closePath();
}

function overlaps(boxes: Float32Array, piece: number, seen: Box): boolean {
  const at = piece * 4;
  return (
    boxes[at]! <= seen.right &&
    boxes[at + 2]! >= seen.left &&
    boxes[at + 1]! <= seen.bottom &&
    boxes[at + 3]! >= seen.top
  );
}

function boxesOf(points: OutlineRing): Float32Array {
  const count = points.length / 2;
  const boxes = new Float32Array(Math.ceil(count / PIECE) * 4);
  for (let piece = 0; piece * PIECE < count; piece++) {
    let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
    for (let i = piece * PIECE; i <= Math.min(count, (piece + 1) * PIECE); i++) {
      const x = points[(i % count) * 2]!;
      const y = points[(i % count) * 2 + 1]!;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    boxes.set([left, top, right, bottom], piece * 4);
  }
  return boxes;
}

function boxAround(boxes: Float32Array): Box {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (let at = 0; at < boxes.length; at += 4) {
    left = Math.min(left, boxes[at]!);
    top = Math.min(top, boxes[at + 1]!);
    right = Math.max(right, boxes[at + 2]!);
    bottom = Math.max(bottom, boxes[at + 3]!);
  }
  return { left, top, right, bottom };
}
