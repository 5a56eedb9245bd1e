import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { gridOfClass } from "../../engine/heatmap/class-labels.ts";
import { type ClassMap, classMap, type ShownClass } from "../../engine/heatmap/class-map.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import { msg } from "../words/words.ts";
import type { AnalysisCommands } from "./analysis.ts";
import type { SlideState } from "./slide.ts";

export interface ClassesDeps {
  readonly slide: SlideState;
  readonly analysis: AnalysisCommands;
}

/** Which of a model's classes the map shows. A model with one map has no classes to choose from. */
export interface ClassesState {
  /** Null for a model with one map. */
  readonly classes: ReadonlySignal<readonly ShownClass[] | null>;
  /** Index of the class whose confidence is shown, or null for all of them in their colours. */
  readonly chosen: ReadonlySignal<number | null>;
  /** What the map shows, in English words: "Necrosis" for a model with one map. */
  readonly title: ReadonlySignal<string>;
  /** The confidence map that threshold and regions belong to: of the chosen class, or of the first. */
  readonly grid: ReadonlySignal<ConfidenceGrid | null>;
  /** The class of every cell and the areas; null without a map, or with a model of one map. */
  readonly map: ReadonlySignal<ClassMap | null>;
  choose(index: number | null): void;
}

/** In English, as files say it; the page says both by `say`. */
export const ALL_CLASSES = msg`All classes`;
const NECROSIS = msg`Necrosis`;

/** Every model starts with all of its classes. */
export function createClasses({ slide, analysis }: ClassesDeps): ClassesState {
  const chosen = signal<number | null>(null);
  const classes = computed(() => analysis.model.value?.classes ?? null);
  const modelSha256 = computed(() => analysis.model.value?.sha256 ?? null);
  effect(() => {
    modelSha256.value;
    untracked(() => {
      chosen.value = null;
    });
  });
  return {
    classes,
    chosen,
    title: computed(() => {
      const all = classes.value;
      if (!all) return NECROSIS;
      return chosen.value === null ? ALL_CLASSES : (all[chosen.value]?.name ?? ALL_CLASSES);
    }),
    grid: computed(() => {
      const grid = analysis.grid.value;
      return grid?.classes && chosen.value !== null ? gridOfClass(grid, chosen.value) : grid;
    }),
    map: computed(() => {
      const grid = analysis.grid.value;
      const all = classes.value;
      return grid?.classes && all ? classMap(grid, all, slide.pixelSize.value) : null;
    }),
    choose(index) {
      if (index === null || classes.value?.[index]) chosen.value = index;
    },
  };
}
