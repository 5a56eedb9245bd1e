import { malformed, textAt, unsupported } from "./profile.ts";

/** A tone curve from 0-1 to about 0-1. */
export type Curve = (x: number) => number;

export interface ReadCurve {
  readonly curve: Curve;
  /** Bytes it takes, padded to four: curves of a table follow one another. */
  readonly byteLength: number;
}

/** curveType (ICC.1:2010, 10.5) or parametricCurveType (10.15) at `at`. Throws `slide/malformed`, `slide/unsupported-format`. */
export function readCurve(view: DataView, at: number): ReadCurve {
  const type = textAt(view, at);
  if (at + 12 > view.byteLength) throw malformed("a curve that ends early");
  if (type === "curv") return readSampled(view, at);
  if (type === "para") return readParametric(view, at);
  throw unsupported("its curves are of a kind that is not known");
}

function readSampled(view: DataView, at: number): ReadCurve {
  const count = view.getUint32(at + 8);
  if (at + 12 + 2 * count > view.byteLength) throw malformed("a curve that ends early");
  const byteLength = padded(12 + 2 * count);
  if (count === 0) return { curve: (x) => x, byteLength };
  if (count === 1) {
    const gamma = view.getUint16(at + 12) / 256;
    return { curve: (x) => Math.max(0, x) ** gamma, byteLength };
  }
  const values = Float64Array.from({ length: count }, (_, i) => view.getUint16(at + 12 + 2 * i) / 65535);
  return { curve: sampledCurve(values), byteLength };
}

/** Straight lines between values at equal distances. */
export function sampledCurve(values: Float64Array): Curve {
  const last = values.length - 1;
  return (x) => {
    const position = Math.min(1, Math.max(0, x)) * last;
    const left = Math.min(last - 1, Math.floor(position));
    const from = values[left]!;
    return from + (position - left) * (values[left + 1]! - from);
  };
}

/** Numbers of the parametric curves of types 0 to 4. */
const PARAMETERS = [1, 3, 4, 5, 7];

function readParametric(view: DataView, at: number): ReadCurve {
  const kind = view.getUint16(at + 8);
  const count = PARAMETERS[kind];
  if (count === undefined) throw unsupported("its curves are of a kind that is not known");
  if (at + 12 + 4 * count > view.byteLength) throw malformed("a curve that ends early");
  const values = Array.from({ length: count }, (_, i) => view.getInt32(at + 12 + 4 * i) / 65536);
  return { curve: parametricCurve(kind, values), byteLength: padded(12 + 4 * count) };
}

/** Y = (aX + b)^g + c or e from X = d on, below it cX + f; a value that is no number becomes 0. */
function parametricCurve(kind: number, values: readonly number[]): Curve {
  const [g = 1, a = 1, b = 0, third = 0, fourth = 0, e = 0, f = 0] = values;
  const power = (x: number, plus: number) => Math.max(0, a * x + b) ** g + plus;
  const curve: Curve =
    kind === 0
      ? (x) => Math.max(0, x) ** g
      : kind === 1
        ? (x) => (x >= -b / a ? power(x, 0) : 0)
        : kind === 2
          ? (x) => (x >= -b / a ? power(x, third) : third)
          : (x) => (x >= fourth ? power(x, e) : third * x + f);
  return (x) => {
    const y = curve(x);
    return Number.isFinite(y) ? y : 0;
  };
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
