import { type Curve, readCurve, sampledCurve } from "./curve.ts";
import { type IccProfile, malformed, textAt, unsupported } from "./profile.ts";

/** Three numbers to three numbers, written over `values`. */
export type Stage = (values: Float64Array) => void;

/** A pixel's way from 8 bits a channel to the profile's colour space, as it is coded there (0-1 a number). */
export interface ColourTable {
  /** What the first curves make of the 256 values of each channel, channel by channel. */
  readonly input: Float64Array;
  readonly stages: readonly Stage[];
  /** How 0-1 is meant: Lab of lut16Type reaches its ends at 0xFF00 (ICC.1:2010, 10.10), all others at 0xFFFF. */
  readonly isLegacyLab: boolean;
}

/** lut8Type, lut16Type or lutAToBType (ICC.1:2010, 10.10 to 10.12). Throws `slide/malformed`, `slide/unsupported-format`. */
export function readColourTable(view: DataView, pcs: IccProfile["pcs"]): ColourTable {
  const type = textAt(view, 0);
  if (view.byteLength < 32) throw malformed("a table that ends early");
  if (view.getUint8(8) !== 3 || view.getUint8(9) !== 3) throw unsupported("its table is not for RGB");
  if (type === "mft1") return readLut(view, 1, false);
  if (type === "mft2") return readLut(view, 2, pcs === "Lab");
  if (type === "mAB ") return readAToB(view);
  throw unsupported("its table is of a kind that is not known");
}

/** Input curves, grid, output curves; the matrix holds for XYZ pixels alone. */
function readLut(view: DataView, bytes: 1 | 2, isLegacyLab: boolean): ColourTable {
  const points = view.getUint8(10);
  if (bytes === 2 && view.byteLength < 52) throw malformed("a table that ends early");
  const inputCount = bytes === 1 ? 256 : view.getUint16(48);
  const outputCount = bytes === 1 ? 256 : view.getUint16(50);
  const start = bytes === 1 ? 48 : 52;
  const gridAt = start + 3 * inputCount * bytes;
  const outputAt = gridAt + points ** 3 * 3 * bytes;
  if (points < 2 || inputCount < 2 || outputCount < 2) throw malformed("an empty table");
  if (outputAt + 3 * outputCount * bytes > view.byteLength) throw malformed("a table that ends early");
  const curves = (at: number, count: number) =>
    [0, 1, 2].map((channel) => sampledCurve(readValues(view, at + channel * count * bytes, count, bytes)));
  return {
    input: inputOf(curves(start, inputCount)),
    stages: [
      gridStage(readValues(view, gridAt, points ** 3 * 3, bytes), [points, points, points]),
      curveStage(curves(outputAt, outputCount)),
    ],
    isLegacyLab,
  };
}

/** A curves, grid, M curves, matrix, B curves; all but the last may be missing. */
function readAToB(view: DataView): ColourTable {
  const [bAt = 0, matrixAt = 0, mAt = 0, gridAt = 0, aAt = 0] = [12, 16, 20, 24, 28].map((at) => view.getUint32(at));
  const stages: Stage[] = [];
  if (aAt !== 0 && gridAt !== 0) stages.push(readGrid(view, gridAt));
  if (mAt !== 0) stages.push(curveStage(readCurves(view, mAt)));
  if (matrixAt !== 0) stages.push(readMatrix(view, matrixAt));
  if (bAt === 0) throw malformed("a table without curves");
  stages.push(curveStage(readCurves(view, bAt)));
  const first = aAt !== 0 && gridAt !== 0 ? readCurves(view, aAt) : [identity, identity, identity];
  return { input: inputOf(first), stages, isLegacyLab: false };
}

const identity: Curve = (x) => x;

function inputOf(curves: readonly Curve[]): Float64Array {
  const input = new Float64Array(3 * 256);
  for (const [channel, curve] of curves.entries()) {
    for (let i = 0; i < 256; i++) input[channel * 256 + i] = curve(i / 255);
  }
  return input;
}

function readValues(view: DataView, at: number, count: number, bytes: 1 | 2): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = bytes === 1 ? view.getUint8(at + i) / 255 : view.getUint16(at + 2 * i) / 65535;
  }
  return values;
}

function readCurves(view: DataView, at: number): Curve[] {
  const curves: Curve[] = [];
  for (let channel = 0, next = at; channel < 3; channel++) {
    const { curve, byteLength } = readCurve(view, next);
    curves.push(curve);
    next += byteLength;
  }
  return curves;
}

function readGrid(view: DataView, at: number): Stage {
  if (at + 20 > view.byteLength) throw malformed("a table that ends early");
  const points = [view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2)] as const;
  const bytes = view.getUint8(at + 16);
  if (bytes !== 1 && bytes !== 2) throw malformed("a table of an unknown precision");
  const count = points[0] * points[1] * points[2] * 3;
  if (points.some((n) => n < 2)) throw malformed("an empty table");
  if (at + 20 + count * bytes > view.byteLength) throw malformed("a table that ends early");
  return gridStage(readValues(view, at + 20, count, bytes), points);
}

function readMatrix(view: DataView, at: number): Stage {
  if (at + 48 > view.byteLength) throw malformed("a matrix that ends early");
  const e = Array.from({ length: 12 }, (_, i) => view.getInt32(at + 4 * i) / 65536);
  const row = (r: number, x: number, y: number, z: number) =>
    e[3 * r]! * x + e[3 * r + 1]! * y + e[3 * r + 2]! * z + e[9 + r]!;
  return (values) => {
    const [x = 0, y = 0, z = 0] = values;
    values[0] = row(0, x, y, z);
    values[1] = row(1, x, y, z);
    values[2] = row(2, x, y, z);
  };
}

function curveStage(curves: readonly Curve[]): Stage {
  const [first = identity, second = identity, third = identity] = curves;
  return (values) => {
    values[0] = first(values[0]!);
    values[1] = second(values[1]!);
    values[2] = third(values[2]!);
  };
}

/**
 * Tetrahedral interpolation in a grid whose last channel varies fastest: the cell is cut into six tetrahedra along its
 * grey diagonal, so that grey stays grey (Sakamoto and Itooka, US 4275413; LittleCMS does the same).
 */
function gridStage(grid: Float64Array, points: readonly [number, number, number]): Stage {
  const steps = [points[1] * points[2] * 3, points[2] * 3, 3] as const;
  const axis = (x: number, n: number) => {
    const position = Math.min(1, Math.max(0, x)) * (n - 1);
    const cell = Math.min(n - 2, Math.floor(position));
    return { cell, rest: position - cell };
  };
  return (values) => {
    const x = axis(values[0]!, points[0]);
    const y = axis(values[1]!, points[1]);
    const z = axis(values[2]!, points[2]);
    const from = x.cell * steps[0] + y.cell * steps[1] + z.cell * steps[2];
    // From the near corner to the far one along the axes in the order of how far the point lies along them.
    const isXy = x.rest >= y.rest;
    const isYz = y.rest >= z.rest;
    const isXz = x.rest >= z.rest;
    const [a, b, c, first, second] = isXy
      ? isYz
        ? [x.rest, y.rest, z.rest, steps[0], steps[0] + steps[1]]
        : isXz
          ? [x.rest, z.rest, y.rest, steps[0], steps[0] + steps[2]]
          : [z.rest, x.rest, y.rest, steps[2], steps[0] + steps[2]]
      : isXz
        ? [y.rest, x.rest, z.rest, steps[1], steps[0] + steps[1]]
        : isYz
          ? [y.rest, z.rest, x.rest, steps[1], steps[1] + steps[2]]
          : [z.rest, y.rest, x.rest, steps[2], steps[1] + steps[2]];
    const far = steps[0] + steps[1] + steps[2];
    for (let k = 0; k < 3; k++) {
      const at = from + k;
      const near = grid[at]!;
      const one = grid[at + first]!;
      const two = grid[at + second]!;
      values[k] = near + a * (one - near) + b * (two - one) + c * (grid[at + far]! - two);
    }
  };
}
