/** Level-0 pixels to pixels of a canvas: x = a * x0 + c * y0 + e, y = b * x0 + d * y0 + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
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

/** Pixels of the canvas per level-0 pixel. */
export function scaleOf({ a, b }: Affine): number {
  return Math.hypot(a, b);
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest upright box around a canvas of this size, in level-0 pixels. */
export function boxOnSlide(toCanvas: Affine, width: number, height: number): Box {
  const { a, b, c, d, e, f } = inverse(toCanvas);
  const xs = [e, a * width + e, c * height + e, a * width + c * height + e];
  const ys = [f, b * width + f, d * height + f, b * width + d * height + f];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
