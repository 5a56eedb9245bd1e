import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { necrosisMask } from "../../engine/heatmap/mask.ts";
import { findRegions, summarize } from "../../engine/heatmap/regions.ts";
import type { CellMask, ConfidenceGrid, NecrosisSummary, Region } from "../../engine/heatmap/types.ts";
import type { PostProcess } from "../../engine/modelpack/types.ts";
import { startThreshold } from "../../engine/resultfile/model.ts";
import type { PixelSize } from "../../engine/slide/types.ts";
import type { AnalysisCommands } from "./analysis.ts";
import type { ClassesState } from "./classes.ts";
import type { SlideState } from "./slide.ts";

/** What one threshold makes of one grid: mask, outlines and numbers always belong together. */
export interface Findings {
  readonly grid: ConfidenceGrid;
  readonly threshold: number;
  readonly mask: CellMask;
  /** Largest first. */
  readonly regions: readonly Region[];
  readonly summary: NecrosisSummary;
  /** Necrotic share of the tissue at a threshold 0.1 higher and 0.1 lower; null while the map still grows. */
  readonly range: readonly [number, number] | null;
}

export interface NecrosisDeps {
  readonly slide: SlideState;
  readonly analysis: AnalysisCommands;
  readonly classes: ClassesState;
  /** Calls back before the next frame; the page gives requestAnimationFrame, a test calls at once. */
  readonly onFrame: (callback: () => void) => void;
}

export interface NecrosisState {
  /** 0 to 1, as the slider stands. */
  readonly threshold: ReadonlySignal<number>;
  /** Follows the slider and the end of a run at once, a growing map within a frame; null without a map. */
  readonly findings: ReadonlySignal<Findings | null>;
  /** True while the map is shown: switched on and not held away. */
  readonly isMapShown: ReadonlySignal<boolean>;
  readonly isMapOn: Signal<boolean>;
  readonly isHeldAway: Signal<boolean>;
  /** Index of the region the reader walked to, or null. */
  readonly visited: ReadonlySignal<number | null>;
  setThreshold(threshold: number): void;
  /** Walks to the next (+1) or previous (-1) region, largest first, and returns it. */
  walk(step: 1 | -1): Region | null;
}

export const THRESHOLD_STEP = 0.01;
const RANGE = 0.1;

export function createNecrosis(deps: NecrosisDeps): NecrosisState {
  const threshold = signal(0.5);
  const findings = signal<Findings | null>(null);
  const isMapOn = signal(true);
  const isHeldAway = signal(false);
  const visited = signal<number | null>(null);
  let isFrameDue = false;

  effect(() => {
    const model = deps.analysis.model.value;
    if (model) threshold.value = startThreshold(model, deps.classes.chosen.value);
  });

  const isRunning = computed(() => deps.analysis.state.value.kind === "running");
  effect(() => {
    const grid = deps.classes.grid.value;
    threshold.value;
    const isGrowing = isRunning.value && grid !== untracked(() => findings.value?.grid ?? null);
    // What the slider and the end of a run say holds at once; a map that grows faster than frames come need not be followed.
    if (!isGrowing) {
      untracked(recompute);
      return;
    }
    if (isFrameDue) return;
    isFrameDue = true;
    deps.onFrame(() => {
      isFrameDue = false;
      untracked(recompute);
    });
  });

  function recompute(): void {
    const grid = deps.classes.grid.value;
    const model = deps.analysis.model.value;
    if (!grid || !model) {
      findings.value = null;
      visited.value = null;
      return;
    }
    const previous = findings.value;
    if (previous && (previous.grid !== grid || previous.threshold !== threshold.value)) visited.value = null;
    findings.value = findingsOf(grid, {
      threshold: threshold.value,
      postProcess: model.postProcess,
      pixelSize: deps.slide.pixelSize.value,
      hasRange: deps.analysis.state.value.kind !== "running",
    });
  }

  return {
    threshold,
    findings,
    isMapOn,
    isHeldAway,
    isMapShown: computed(() => isMapOn.value && !isHeldAway.value),
    visited,
    setThreshold(next) {
      threshold.value = Math.min(1, Math.max(0, Math.round(next * 1000) / 1000));
    },
    walk(step) {
      const regions = findings.value?.regions ?? [];
      if (regions.length === 0) return null;
      const from = visited.value ?? (step === 1 ? -1 : regions.length);
      visited.value = (from + step + regions.length) % regions.length;
      return regions[visited.value] ?? null;
    },
  };
}

export interface FindingsOptions {
  readonly threshold: number;
  readonly postProcess: PostProcess;
  readonly pixelSize: PixelSize | null;
  /** Costs twice as much again. */
  readonly hasRange: boolean;
}

/** Everything that follows from grid and threshold; costs a few milliseconds for a grid of 100,000 cells. */
export function findingsOf(grid: ConfidenceGrid, options: FindingsOptions): Findings {
  const { threshold, postProcess, pixelSize, hasRange } = options;
  const mask = necrosisMask(grid, threshold, postProcess, pixelSize);
  const regions = findRegions(grid, mask);
  const shareAt = (other: number) => {
    const clamped = Math.min(1, Math.max(0, other));
    const otherMask = necrosisMask(grid, clamped, postProcess, pixelSize);
    return summarize(grid, otherMask, [], { threshold: clamped, pixelSize }).fraction;
  };
  return {
    grid,
    threshold,
    mask,
    regions,
    summary: summarize(grid, mask, regions, { threshold, pixelSize }),
    range: hasRange ? [shareAt(threshold + RANGE), shareAt(threshold - RANGE)] : null,
  };
}
