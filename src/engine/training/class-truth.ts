import { AppError } from "../base/errors.ts";
import { NO_CLASS } from "../heatmap/class-labels.ts";
import { patchPositions } from "../heatmap/windows.ts";
import type { Lattice } from "../patches/types.ts";
import type { RgbaImage } from "../slide/types.ts";
import type { MaskClass } from "./mask-classes.ts";
import { areaWithin } from "./truth.ts";

/** What a person painted, class by class. */
export interface ClassTruth {
  readonly width0: number;
  readonly height0: number;
  readonly classes: number;
  /** Pixels of each class. */
  readonly areas0: Float64Array;
  /** Writes the area of each class in level-0 pixels squared within [x0, x1) x [y0, y1), cut to the image, to `out`. */
  areasWithin(x0: number, y0: number, x1: number, y1: number, out: Float64Array): void;
  /** Class of the pixel at (x0, y0), `NO_CLASS` where the mask has none of the colours. */
  classAt(x0: number, y0: number): number;
}

/** Bytes of summed-area tables for one image. */
const MAX_TABLE_BYTES = 2 ** 31;

/**
 * Reads a painted mask for an image of width0 x height0 pixels; a mask of another size is scaled, nearest pixel. Costs 4 bytes a
 * pixel and class. Throws `training/bad-data` when the image is too large for that, or no pixel has any of the colours.
 */
export function readClassTruth(
  mask: RgbaImage,
  classes: readonly Pick<MaskClass, "maskColour">[],
  width0: number,
  height0: number,
): ClassTruth {
  const most = Math.floor(MAX_TABLE_BYTES / 4 / classes.length);
  if (width0 * height0 > most) {
    throw new AppError(
      "training/bad-data",
      `Expected an image of at most ${Math.floor(most / 1e6)} million pixels to compare with ${classes.length} classes, found ${width0} x ${height0}; cut it into pieces.`,
    );
  }
  const labels = readLabels(mask, classes, width0, height0);
  const within = classes.map((_, k) =>
    areaWithin(
      labels.map((label) => (label === k ? 1 : 0)),
      width0,
      height0,
    ),
  );
  const areas0 = Float64Array.from(within, (area) => area(0, 0, width0, height0));
  if (!areas0.some((area) => area > 0)) {
    throw new AppError(
      "training/bad-data",
      "Expected the colours of the classes in the mask, found none of them; check that masks and classes belong together.",
    );
  }
  return {
    width0,
    height0,
    classes: classes.length,
    areas0,
    areasWithin: (x0, y0, x1, y1, out) => {
      for (let k = 0; k < within.length; k++) out[k] = within[k]!(x0, y0, x1, y1);
    },
    classAt: (x0, y0) => labels[y0 * width0 + x0] ?? NO_CLASS,
  };
}

function readLabels(
  mask: RgbaImage,
  classes: readonly Pick<MaskClass, "maskColour">[],
  width0: number,
  height0: number,
): Uint8Array {
  const byColour = new Map(classes.map(({ maskColour: [r, g, b] }, k) => [(r << 16) | (g << 8) | b, k]));
  const labels = new Uint8Array(width0 * height0);
  const columns = Int32Array.from({ length: width0 }, (_, x) => Math.floor(((x + 0.5) * mask.width) / width0));
  for (let y = 0; y < height0; y++) {
    const line = Math.floor(((y + 0.5) * mask.height) / height0) * mask.width;
    for (let x = 0; x < width0; x++) {
      const at = (line + columns[x]!) * 4;
      const colour = (mask.data[at]! << 16) | (mask.data[at + 1]! << 8) | mask.data[at + 2]!;
      labels[y * width0 + x] = byColour.get(colour) ?? NO_CLASS;
    }
  }
  return labels;
}

/**
 * The class of every patch position of a lattice, row-major: the one that holds more than `majority` (at least 0.5) of the patch's area.
 * `NO_CLASS` where none does: such a patch lies between classes and is neither trained nor calibrated on. What lies over the slide's
 * edge is of no class.
 */
export function patchClasses(truth: ClassTruth, lattice: Lattice, majority: number): Uint8Array {
  const { cols, rows } = patchPositions(lattice);
  const { stride0X, stride0Y, patchStrides } = lattice;
  const needed = majority * patchStrides * stride0X * patchStrides * stride0Y;
  const labels = new Uint8Array(cols * rows).fill(NO_CLASS);
  const areas = new Float64Array(truth.classes);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const right = (col + patchStrides) * stride0X;
      const bottom = (row + patchStrides) * stride0Y;
      truth.areasWithin(col * stride0X, row * stride0Y, right, bottom, areas);
      const found = areas.findIndex((area) => area > needed);
      if (found >= 0) labels[row * cols + col] = found;
    }
  }
  return labels;
}

/** Areas of each class on the cells of a lattice, class by class, row-major; level-0 pixels squared, length = classes x cells. */
export function cellClassAreas(
  truth: ClassTruth,
  cells: Pick<Lattice, "cols" | "rows" | "stride0X" | "stride0Y">,
): Float32Array {
  const { cols, rows, stride0X, stride0Y } = cells;
  const all = new Float32Array(truth.classes * cols * rows);
  const areas = new Float64Array(truth.classes);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      truth.areasWithin(col * stride0X, row * stride0Y, (col + 1) * stride0X, (row + 1) * stride0Y, areas);
      for (let k = 0; k < areas.length; k++) all[k * cols * rows + row * cols + col] = areas[k]!;
    }
  }
  return all;
}
