import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { summarizeWithin } from "../../engine/heatmap/region-summary.ts";
import { cellsWithin } from "../../engine/patches/region.ts";
import type { AnalysisCommands } from "./analysis.ts";
import type { ClassesState } from "./classes.ts";
import type { NecrosisState } from "./necrosis.ts";
import type { RegionState } from "./region.ts";
import type { SlideState } from "./slide.ts";
import type { Rect0 } from "./view.ts";

export interface RegionNumbers {
  /** Necrotic share of the region's tissue, 0 to 1. */
  readonly fraction: number;
  /** Null without a pixel size. */
  readonly necrosisMm2: number | null;
  readonly tissueMm2: number | null;
  /** False while parts of it are not computed, or only coarsely: the numbers are of what is known. */
  readonly isFinal: boolean;
}

export interface RegionNumbersState {
  /** Null without a region, without a map, and where nothing of the region is known or it holds no tissue. */
  readonly numbers: ReadonlySignal<RegionNumbers | null>;
  /** The share at a threshold 0.1 higher and 0.1 lower, a moment after the slider; null until the numbers are final. */
  readonly range: ReadonlySignal<readonly [number, number] | null>;
}

const RANGE = 0.1;
/** Up to so many cells the range follows the slider at once; larger ones wait until it rests. */
const QUICK_CELLS = 50_000;
const REST_MS = 200;

/** What the map says of the region of interest, while it grows and afterwards. */
export function createRegionNumbers(deps: {
  readonly slide: SlideState;
  readonly analysis: AnalysisCommands;
  readonly classes: Pick<ClassesState, "grid">;
  readonly necrosis: NecrosisState;
  readonly region: RegionState;
}): RegionNumbersState {
  const { slide, analysis, classes, necrosis, region } = deps;

  const isFinal = computed(() => {
    const rect = region.rect.value;
    const state = analysis.state.value;
    // The findings follow a growing map a frame later: until then they are of the map before.
    if (!rect || necrosis.findings.value?.grid !== classes.grid.value) return false;
    const run = analysis.region.value;
    if (run?.isDone && isWithin(rect, run.box)) return state.kind !== "done" || state.result.part?.kind !== "coarse";
    return state.kind === "done" && state.result.part === undefined;
  });

  const numbers = computed<RegionNumbers | null>(() => {
    const rect = region.rect.value;
    const findings = necrosis.findings.value;
    if (!rect || !findings) return null;
    const { grid, mask } = findings;
    const found = summarizeWithin(grid, mask, cellsWithin(rect, grid));
    if (found.tissueArea0 === 0) return null;
    const size = slide.pixelSize.value;
    const mm2 = (area0: number) => (size ? (area0 * size.mppX * size.mppY) / 1e6 : null);
    return {
      fraction: found.fraction,
      necrosisMm2: mm2(found.necrosisArea0),
      tissueMm2: mm2(found.tissueArea0),
      isFinal: isFinal.value,
    };
  });

  const range = signal<readonly [number, number] | null>(null);
  effect(() => {
    const rect = region.rect.value;
    const findings = necrosis.findings.value;
    const postProcess = analysis.model.value?.postProcess;
    const pixelSize = slide.pixelSize.value;
    if (!rect || !findings || !postProcess || !isFinal.value) {
      range.value = null;
      return;
    }
    const { grid, threshold } = findings;
    const cells = cellsWithin(rect, grid);
    let isCurrent = true;
    const compute = async () => {
      const { fractionWithin } = await import("../../engine/heatmap/region-range.ts");
      if (!isCurrent) return;
      const shareAt = (at: number) =>
        fractionWithin(grid, cells, { threshold: Math.min(1, Math.max(0, at)), postProcess, pixelSize });
      range.value = [shareAt(threshold + RANGE), shareAt(threshold - RANGE)];
    };
    const isSmall = (cells.endCol - cells.firstCol) * (cells.endRow - cells.firstRow) <= QUICK_CELLS;
    if (!isSmall) range.value = null;
    const timer = setTimeout(() => void compute(), isSmall ? 0 : REST_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  });

  return { numbers, range };
}

function isWithin(inner: Rect0, outer: Rect0): boolean {
  return (
    inner.x0 >= outer.x0 &&
    inner.y0 >= outer.y0 &&
    inner.x0 + inner.width0 <= outer.x0 + outer.width0 &&
    inner.y0 + inner.height0 <= outer.y0 + outer.height0
  );
}
