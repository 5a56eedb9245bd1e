import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { RunExtent } from "../../engine/analysis/types.ts";
import type { PacksState } from "./packs.ts";
import type { RegionState } from "./region.ts";
import type { SlideState } from "./slide.ts";

export interface ExtentState {
  /** How much Analyze computes. */
  readonly chosen: ReadonlySignal<RunExtent>;
  choose(extent: RunExtent): void;
}

/** The whole, unless a person chose less for this slide and this model. */
export function createExtent(deps: {
  readonly slide: SlideState;
  readonly packs: PacksState;
  readonly region: RegionState;
}): ExtentState {
  const wanted = signal<RunExtent>("whole");
  effect(() => {
    deps.slide.subject.value;
    deps.packs.selectedId.value;
    untracked(() => {
      wanted.value = "whole";
    });
  });
  return {
    chosen: computed(() => (wanted.value === "region" && !deps.region.rect.value ? "whole" : wanted.value)),
    choose(extent) {
      wanted.value = extent;
    },
  };
}
