/** A rectangle on paper, millimetres from the upper left corner. */
export interface BoxMm {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** x and y of each point by turns, millimetres. */
export type LineMm = readonly number[];

/** Level-0 pixels to millimetres on paper: x = a * x0 + c * y0 + e, y = b * x0 + d * y0 + f. */
export interface ToMm {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly [number, number];
}

/** Clips what is in a group: to a box, or to the inside (even-odd) of closed lines. */
export type Clip = { readonly box: BoxMm } | { readonly lines: readonly LineMm[] };

export type SheetItem =
  | {
      readonly kind: "picture";
      readonly box: BoxMm;
      readonly canvas: HTMLCanvasElement;
      /** `png` where parts are clear. */
      readonly format: "jpeg" | "png";
    }
  /** One path, stroked once for each stroke, in their order. */
  | {
      readonly kind: "lines";
      readonly lines: readonly LineMm[];
      readonly isClosed: boolean;
      readonly strokes: readonly Stroke[];
    }
  | { readonly kind: "box"; readonly box: BoxMm; readonly fill: string | null; readonly stroke?: Stroke }
  | {
      readonly kind: "text";
      /** Of the baseline: its start, middle or end, as `anchor` says. */
      readonly x: number;
      readonly y: number;
      readonly text: string;
      /** Millimetres per em. */
      readonly size: number;
      readonly anchor: "start" | "middle" | "end";
      readonly isBold: boolean;
      readonly colour: string;
      /** A rim that keeps it readable on tissue. */
      readonly halo?: string;
    }
  | {
      readonly kind: "group";
      /** What a drawing program lists it as. */
      readonly name: string;
      readonly opacity: number;
      readonly clip: Clip | null;
      readonly items: readonly SheetItem[];
    };

/** A figure as it lies on paper, on white. Later items lie over earlier ones. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly items: readonly SheetItem[];
}

export const PIXELS_PER_INCH = 300;
export const PIXELS_PER_MM = PIXELS_PER_INCH / 25.4;
/** On every system there is one of them, and they are about equally wide. */
export const SHEET_FONT = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/** Points nearer than this are drawn as one: a third of a pixel. */
const NEAR = 0.03;

/**
 * A ring of level-0 points on paper. Of points that lie beyond the same edge of `seen` one after another the ends are kept, which changes nothing of
 * what is seen. Null for a ring that is not seen.
 */
export function ringOnSheet(ring: ArrayLike<number>, { a, b, c, d, e, f }: ToMm, seen: BoxMm): LineMm | null {
  const points: number[] = [];
  let beyondLast = 0;
  let beyondBefore = 0;
  /** Edges beyond which all of it lies. */
  let beyondAll = 15;
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const x = a * ring[i]! + c * ring[i + 1]! + e;
    const y = b * ring[i]! + d * ring[i + 1]! + f;
    const at = points.length;
    if (at > 1 && Math.abs(points[at - 2]! - x) < NEAR && Math.abs(points[at - 1]! - y) < NEAR) continue;
    const beyond = edgesBeyond(x, y, seen);
    beyondAll &= beyond;
    if ((beyond & beyondLast & beyondBefore) !== 0) points.length = at - 2;
    else beyondBefore = beyondLast;
    beyondLast = beyond;
    points.push(x, y);
  }
  return beyondAll === 0 && points.length >= 6 ? points.map((value) => Math.round(value * 1000) / 1000) : null;
}

/** Bits for left, right, top and bottom. */
function edgesBeyond(x: number, y: number, { x: left, y: top, width, height }: BoxMm): number {
  return (x < left ? 1 : 0) | (x > left + width ? 2 : 0) | (y < top ? 4 : 0) | (y > top + height ? 8 : 0);
}
