import type { ModelPack } from "../modelpack/types.ts";
import type { PixelSize, RgbaImage } from "../slide/types.ts";
import { type CellEdges, cellEdges } from "./cell-edges.ts";
import { classLabels, gridOfClass, NO_CLASS } from "./class-labels.ts";
import { isBackground, rgbOf } from "./class-palette.ts";
import { withoutDiagonals, withoutSmallRegions } from "./mask.ts";
import { RANGE_STEP, type ThresholdRange } from "./measures.ts";
import { findRegions, maskedArea0 } from "./regions.ts";
import type { ClassPlanes, ConfidenceGrid, Region } from "./types.ts";

/** A class as maps and tables show it. */
export interface ShownClass {
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
  /** Background is left clear on maps. */
  readonly isBackground: boolean;
}

export interface ClassArea extends ShownClass {
  /** Level-0 pixels squared. */
  readonly area0: number;
  /** Of the tissue, 0 to 1. */
  readonly fraction: number;
  /** Square millimetres, or null when the pixel size is unknown. */
  readonly mm2: number | null;
  /**
   * Share of the tissue if the confidence of this class were 0.1 lower, and 0.1 higher, with that of the others as it is: what moving the threshold by
   * 0.1 is for a map of one class.
   */
  readonly range: ThresholdRange;
}

/** The class of every cell of a grid and what that makes in area. */
export interface ClassMap {
  /** Row-major; `NO_CLASS` off the tissue and where nothing is known. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** In the order of the classes. */
  readonly areas: readonly ClassArea[];
}

/** The classes of a pack of more than two, or null for a pack that has only one map. */
export function shownClasses({ classes, classDetails, svms }: ModelPack): readonly ShownClass[] | null {
  if (svms.length < 2 || !classDetails) return null;
  return classDetails.map((detail, k) => ({
    name: classes[k] ?? "",
    colour: detail.colour,
    isBackground: isBackground(detail),
  }));
}

/** Each cell of tissue has the class of the highest confidence. Throws `RangeError` for a grid without classes. */
export function classMap(grid: ConfidenceGrid, classes: readonly ShownClass[], pixelSize: PixelSize | null): ClassMap {
  if (grid.classes?.count !== classes.length) {
    throw new RangeError(`Expected ${classes.length} classes in the grid, got ${grid.classes?.count ?? 0}`);
  }
  const labels = classLabels(grid.classes, grid.tissue);
  const edges = cellEdges(grid);
  const tissueArea0 = maskedArea0(grid.tissue, edges);
  const ranges = classRanges(grid, grid.classes, edges);
  const share = (area0: number) => (tissueArea0 > 0 ? area0 / tissueArea0 : 0);
  const areas = classes.map((one, k): ClassArea => {
    const area0 = maskedArea0(maskOf(labels, k), edges);
    const mm2 = pixelSize === null ? null : (area0 * pixelSize.mppX * pixelSize.mppY) / 1e6;
    const range = [share(ranges.low[k]!), share(ranges.high[k]!)] as const;
    return { ...one, area0, fraction: share(area0), mm2, range };
  });
  return { labels, areas };
}

/**
 * Connected regions of one class of the map, largest first, without corner contacts and without those below `minRegionUm2`; so they may
 * add up to less than the class's area.
 */
export function classRegions(
  grid: ConfidenceGrid,
  { labels }: Pick<ClassMap, "labels">,
  index: number,
  options: { readonly minRegionUm2: number; readonly pixelSize: PixelSize | null },
): Region[] {
  const own = gridOfClass(grid, index);
  const all = withoutDiagonals(own, { cols: grid.cols, rows: grid.rows, data: maskOf(labels, index) });
  const { minRegionUm2, pixelSize } = options;
  if (pixelSize === null) return findRegions(own, all);
  const minArea0 = minRegionUm2 / (pixelSize.mppX * pixelSize.mppY);
  return findRegions(own, withoutSmallRegions(all, cellEdges(own), minArea0));
}

/** One pixel per cell in the colour of its class; background and cells without a class are clear. */
export function renderClasses(
  { cols, rows }: Pick<ConfidenceGrid, "cols" | "rows">,
  labels: Uint8Array,
  classes: readonly ShownClass[],
): RgbaImage {
  const data = new Uint8ClampedArray(cols * rows * 4);
  const colours = classes.map((one) => (one.isBackground ? null : rgbOf(one.colour)));
  for (let cell = 0; cell < labels.length; cell++) {
    const colour = labels[cell] === NO_CLASS ? null : colours[labels[cell]!];
    if (!colour) continue;
    data.set(colour, cell * 4);
    data[cell * 4 + 3] = 255;
  }
  return { width: cols, height: rows, data };
}

/** By class the areas, level-0 pixels squared, where it would be the most likely one with 0.1 less, and with 0.1 more. O(cells x classes). */
function classRanges({ cols, tissue }: ConfidenceGrid, { count, values }: ClassPlanes, edges: CellEdges) {
  const low = new Float64Array(count);
  const high = new Float64Array(count);
  const cells = tissue.length;
  for (let cell = 0; cell < cells; cell++) {
    if (tissue[cell] !== 1 || Number.isNaN(values[cell]!)) continue;
    const col = cell % cols;
    const row = (cell - col) / cols;
    const area0 = (edges.x0[col + 1]! - edges.x0[col]!) * (edges.y0[row + 1]! - edges.y0[row]!);
    let best = 0;
    let highest = values[cell]!;
    let second = Number.NEGATIVE_INFINITY;
    for (let k = 1; k < count; k++) {
      const value = values[k * cells + cell]!;
      if (value > highest) {
        second = highest;
        highest = value;
        best = k;
      } else if (value > second) second = value;
    }
    if (highest - RANGE_STEP >= second) low[best]! += area0;
    for (let k = 0; k < count; k++) if (values[k * cells + cell]! + RANGE_STEP >= highest) high[k]! += area0;
  }
  return { low, high };
}

function maskOf(labels: Uint8Array, index: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(labels, (label) => (label === index ? 1 : 0));
}
