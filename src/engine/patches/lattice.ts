import { AppError } from "../base/errors.ts";
import type { ModelPack, Sampling } from "../modelpack/types.ts";
import type { PixelSize } from "../slide/types.ts";
import type { Lattice } from "./types.ts";

/** Positions that a lattice may hold: 32 Mi, 128 MB for one float32 plane and about 1 GB while a map is made of it. */
const MAX_POSITIONS = 2 ** 25;

/** Absorbs the rounding of mpp ratios, so that 800 / (8 * (10 / 1)) is 10 columns and not 11. */
const ROUNDING = 1e-9;

export interface LatticeRequest {
  /** Level-0 pixels. */
  readonly width0: number;
  readonly height0: number;
  readonly pixelSize: Pick<PixelSize, "mppX" | "mppY">;
  readonly pack: LatticePack;
  /** Source pixels between positions. Default: the pack's. */
  readonly stride?: number;
}

/** What the lattice needs to know of a pack. */
export interface LatticePack {
  readonly sampling: Sampling;
  readonly backbone: Pick<ModelPack["backbone"], "kind" | "cell">;
}

/**
 * Lays a pack's lattice over a slide: downsample = pack mpp / slide mpp per axis, cols = ceil(width0 / (stride * downsample)).
 *
 * Throws `modelpack/bad-field` when the pack's own patch, windows and stride do not fit together, `analysis/out-of-range` when a
 * chosen stride does not fit them or the slide has too many positions.
 */
export function planLattice(request: LatticeRequest): Lattice {
  const { width0, height0, pixelSize, pack } = request;
  const stride = request.stride ?? pack.sampling.stride;
  const shape = latticeShape(pack, stride);
  if (!shape) throw badStride(pack, stride);
  const downsampleX = pack.sampling.mpp / pixelSize.mppX;
  const downsampleY = pack.sampling.mpp / pixelSize.mppY;
  const stride0X = stride * downsampleX;
  const stride0Y = stride * downsampleY;
  const cols = countCells(width0, stride0X);
  const rows = countCells(height0, stride0Y);
  if (!(cols * rows <= MAX_POSITIONS)) {
    throw new AppError(
      "analysis/out-of-range",
      `Expected at most ${MAX_POSITIONS} positions on the slide, found ${cols} x ${rows} at a stride of ${stride} pixels of ${pack.sampling.mpp} µm; check the pixel size or choose a larger stride.`,
      { cols, rows, stride },
    );
  }
  return { cols, rows, stride, stride0X, stride0Y, downsampleX, downsampleY, width0, height0, ...shape };
}

/** Source pixels between positions with which a pack's patches, windows and feature cells stay whole, largest first. */
export function possibleStrides(pack: LatticePack): number[] {
  const strides: number[] = [];
  for (let stride = pack.sampling.patch; stride >= 1; stride--) {
    const isRelated = isWhole(stride / pack.sampling.stride) || isWhole(pack.sampling.stride / stride);
    if (isRelated && latticeShape(pack, stride)) strides.push(stride);
  }
  return strides;
}

/** Whether a coarse map comes before the fine one, at the pack's own stride. */
export function hasCoarsePass(pack: LatticePack): boolean {
  const shape = latticeShape(pack, pack.sampling.stride);
  return shape !== null && (shape.cellStrides > 1 || (pack.sampling.mode === "patchwise" && shape.patchStrides > 1));
}

type LatticeShape = Pick<Lattice, "cellStrides" | "patchStrides" | "windowCells">;

/** Null when something would not be a whole number of cells. */
function latticeShape(pack: LatticePack, stride: number): LatticeShape | null {
  const { patch, resizeTo, windows, mode } = pack.sampling;
  const patchStrides = patch / stride;
  if (!(stride > 0) || !isPositiveWhole(patchStrides)) return null;
  if (mode === "patchwise") return { cellStrides: 1, patchStrides, windowCells: [] };
  if (pack.backbone.kind !== "map") return null;
  const cellSource = (pack.backbone.cell * patch) / resizeTo;
  const cellStrides = cellSource / stride;
  const windowCells = windows.map((window) => window / cellSource);
  const networkShift = (stride * resizeTo) / patch;
  const margins = windowCells.map((cells) => ((cells - (windowCells[0] ?? 0)) * cellStrides) / 2);
  const isFit =
    isPositiveWhole(cellStrides) &&
    isWhole(networkShift) &&
    windowCells.length > 0 &&
    windows[0] === patch &&
    windowCells.every(isPositiveWhole) &&
    margins.every(isWhole);
  return isFit ? { cellStrides, patchStrides, windowCells } : null;
}

function badStride(pack: LatticePack, stride: number): AppError {
  const possible = possibleStrides(pack);
  if (possible.length === 0 || stride === pack.sampling.stride) {
    const { patch, windows, resizeTo, stride: own, mode } = pack.sampling;
    return new AppError(
      "modelpack/bad-field",
      `Expected sampling.patch, stride, resizeTo and windows to be whole numbers of the network's cells, found patch ${patch}, stride ${own}, resizeTo ${resizeTo}, windows ${windows.join(", ")} with cells of ${pack.backbone.cell} network pixels (${mode}).`,
      { sampling: pack.sampling, cell: pack.backbone.cell },
    );
  }
  return new AppError(
    "analysis/out-of-range",
    `Expected a stride of ${possible.join(", ")} pixels, found ${stride}; with another the pack's patches of ${pack.sampling.patch} pixels do not come out whole.`,
    { stride, possible },
  );
}

function countCells(length0: number, stride0: number): number {
  return Math.max(1, Math.ceil(length0 / stride0 - ROUNDING));
}

function isWhole(value: number): boolean {
  return Number.isInteger(value);
}

function isPositiveWhole(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
