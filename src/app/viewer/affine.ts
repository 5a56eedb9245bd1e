import type OpenSeadragon from "openseadragon";
import type { Point0 } from "../state/view.ts";

/** Level-0 pixels to pixels of the stage: x = a * x0 + c * y0 + e, y = b * x0 + d * y0 + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** A place on the stage. */
export interface StagePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * Where the slide stands in this frame, in CSS pixels of the viewer times `pixelRatio`: three of its corners fix the map, turned and
 * mirrored as it is. Null without a slide.
 */
export function slideToStage(viewer: OpenSeadragon.Viewer, pixelRatio: number): Affine | null {
  if (viewer.world.getItemCount() === 0) return null;
  const item = viewer.world.getItemAt(0);
  const { viewport } = viewer;
  const { x: width0, y: height0 } = item.getContentSize();
  // OpenSeadragon mirrors when it draws, and leaves that out of its own conversions.
  const mirror = viewport.getFlip() ? viewport.getContainerSize().x : null;
  const at = (x0: number, y0: number): StagePoint => {
    const { x, y } = viewport.pixelFromPoint(item.imageToViewportCoordinates(x0, y0, true), true);
    return { x: (mirror === null ? x : mirror - x) * pixelRatio, y: y * pixelRatio };
  };
  const origin = at(0, 0);
  const right = at(width0, 0);
  const below = at(0, height0);
  return {
    a: (right.x - origin.x) / width0,
    b: (right.y - origin.y) / width0,
    c: (below.x - origin.x) / height0,
    d: (below.y - origin.y) / height0,
    e: origin.x,
    f: origin.y,
  };
}

export function onStage({ a, b, c, d, e, f }: Affine, { x0, y0 }: Point0): StagePoint {
  return { x: a * x0 + c * y0 + e, y: b * x0 + d * y0 + f };
}

export function onSlide({ a, b, c, d, e, f }: Affine, { x, y }: StagePoint): Point0 {
  const determinant = a * d - b * c;
  return { x0: (d * (x - e) - c * (y - f)) / determinant, y0: (a * (y - f) - b * (x - e)) / determinant };
}

/** First `first`, then `then`. */
export function joined(first: Affine, then: Affine): Affine {
  return {
    a: then.a * first.a + then.c * first.b,
    b: then.b * first.a + then.d * first.b,
    c: then.a * first.c + then.c * first.d,
    d: then.b * first.c + then.d * first.d,
    e: then.a * first.e + then.c * first.f + then.e,
    f: then.b * first.e + then.d * first.f + then.f,
  };
}

/** Of a map that does not flatten the plane, as none of a slide does. */
export function inverse({ a, b, c, d, e, f }: Affine): Affine {
  const whole = a * d - b * c;
  return {
    a: d / whole,
    b: -b / whole,
    c: -c / whole,
    d: a / whole,
    e: (c * f - d * e) / whole,
    f: (b * e - a * f) / whole,
  };
}

/** Pixels of the stage per level-0 pixel. */
export function scaleOf({ a, b }: Affine): number {
  return Math.hypot(a, b);
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest upright box in level-0 pixels around all that a canvas of this size shows. */
export function boxOnSlide(toCanvas: Affine, width: number, height: number): Box {
  const corners = [0, width].flatMap((x) => [0, height].map((y) => onSlide(toCanvas, { x, y })));
  const xs = corners.map(({ x0 }) => x0);
  const ys = corners.map(({ y0 }) => y0);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
