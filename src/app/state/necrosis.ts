import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { Foci } from "../../engine/heatmap/foci.ts";
import type { MeasuredMap } from "../../engine/heatmap/measure-map.ts";
import type { MapMeasures, ThresholdRange } from "../../engine/heatmap/measures.ts";
import { type Outlines, unpackRegions } from "../../engine/heatmap/outlines.ts";
import { findRegions } from "../../engine/heatmap/regions.ts";
import type { CellMask, ConfidenceGrid, NecrosisSummary, Region } from "../../engine/heatmap/types.ts";
import { startThreshold } from "../../engine/resultfile/model.ts";
import type { ResultModel } from "../../engine/resultfile/types.ts";
import type { Measurer } from "../../workers/measure.api.ts";
import type { AnalysisCommands } from "./analysis.ts";
import type { ClassesState } from "./classes.ts";
import type { SlideState } from "./slide.ts";

/** What one threshold makes of one grid: mask, outlines and numbers always belong together. */
export interface Findings {
  readonly grid: ConfidenceGrid;
  readonly threshold: number;
  readonly mask: CellMask;
  readonly measures: MapMeasures;
  /** Largest first. */
  readonly foci: Foci;
  /** Of the foci. Null for a moment while the threshold moves over a large map. */
  readonly outlines: Outlines | null;
  /** Doubtful fields, see `MeasuredRest`. Null as the outlines are. */
  readonly fields: Foci | null;
  /** The foci as objects, for files. Made when first asked for, and traced here where the outlines are not there yet: not for what is drawn. */
  readonly regions: readonly Region[];
  readonly summary: NecrosisSummary;
  /** Necrotic share of the tissue at a threshold 0.1 higher and 0.1 lower; null while the map still grows. */
  readonly range: ThresholdRange | null;
}

export interface NecrosisDeps {
  readonly slide: SlideState;
  readonly analysis: AnalysisCommands;
  readonly classes: ClassesState;
  readonly measurer: Measurer;
  /** Calls back before the next frame; the page gives requestAnimationFrame, a test calls at once. */
  readonly onFrame: (callback: () => void) => void;
}

export interface NecrosisState {
  /** 0 to 1, as the slider stands. */
  readonly threshold: ReadonlySignal<number>;
  /** Follows the slider and the map as fast as they can be measured, the newest threshold first; null without a map. */
  readonly findings: ReadonlySignal<Findings | null>;
  /** True while the map is shown: switched on and not held away. */
  readonly isMapShown: ReadonlySignal<boolean>;
  readonly isMapOn: Signal<boolean>;
  readonly isHeldAway: Signal<boolean>;
  setThreshold(threshold: number): void;
}

export const THRESHOLD_STEP = 0.01;

export function createNecrosis(deps: NecrosisDeps): NecrosisState {
  const threshold = signal(0.5);
  const findings = signal<Findings | null>(null);
  const isMapOn = signal(true);
  const isHeldAway = signal(false);
  let isFrameDue = false;
  let asked: { readonly grid: ConfidenceGrid; readonly model: ResultModel; readonly chosen: number | null } | null =
    null;

  effect(() => {
    const model = deps.analysis.model.value;
    if (model) threshold.value = startThreshold(model, deps.classes.chosen.value);
  });

  const isRunning = computed(() => deps.analysis.state.value.kind === "running");
  effect(() => {
    const grid = deps.classes.grid.value;
    threshold.value;
    deps.slide.pixelSize.value;
    deps.analysis.model.value;
    const isGrowing = isRunning.value && grid !== (asked?.grid ?? null);
    // What the slider and the end of a run say is asked at once; a map that grows faster than frames come need not be followed.
    if (!isGrowing) {
      untracked(ask);
      return;
    }
    if (isFrameDue) return;
    isFrameDue = true;
    deps.onFrame(() => {
      isFrameDue = false;
      untracked(ask);
    });
  });

  function ask(): void {
    const grid = deps.classes.grid.value;
    const model = deps.analysis.model.value;
    const chosen = deps.classes.chosen.value;
    if (!grid || !model) {
      asked = null;
      deps.measurer.forget();
      findings.value = null;
      return;
    }
    // No number of another model or class may stand under the new one's name for even a moment.
    if (model !== asked?.model || chosen !== asked.chosen) findings.value = null;
    asked = { grid, model, chosen };
    const map = {
      grid,
      postProcess: model.postProcess,
      pixelSize: deps.slide.pixelSize.value,
      isGrowing: isRunning.value,
    };
    deps.measurer.ask({ map, threshold: threshold.value }, (found) => {
      findings.value = findingsOf(grid, found);
    });
  }

  return {
    threshold,
    findings,
    isMapOn,
    isHeldAway,
    isMapShown: computed(() => isMapOn.value && !isHeldAway.value),
    setThreshold(next) {
      threshold.value = Math.min(1, Math.max(0, Math.round(next * 1000) / 1000));
    },
  };
}

/** What was measured, and the grid it was measured on. */
export function findingsOf(grid: ConfidenceGrid, { threshold, mask, foci, measures, rest }: MeasuredMap): Findings {
  let regions: readonly Region[] | null = null;
  return {
    grid,
    threshold,
    mask,
    measures,
    foci,
    outlines: rest?.outlines ?? null,
    fields: rest?.fields ?? null,
    get regions() {
      regions ??= rest ? unpackRegions(rest.outlines, foci) : findRegions(grid, mask);
      return regions;
    },
    summary: {
      threshold,
      tissueArea0: measures.tissueArea0,
      necrosisArea0: measures.necrosisArea0,
      fraction: measures.necrosisFraction,
      regionCount: measures.focusCount,
      tissueMm2: measures.tissueMm2,
      necrosisMm2: measures.necrosisMm2,
    },
    range: measures.necrosisFractionRange,
  };
}
