import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { ClassesState } from "./classes.ts";

/**
 * How tissue and map are seen together: the map over the tissue; `beside`: the tissue alone on the left and with its map on the right, in step;
 * `lens`: a round spyglass in which the map is away, or is there alone.
 */
export type MapView = "over" | "beside" | "lens";

export interface MapViews {
  readonly view: ReadonlySignal<MapView>;
  /** False while there is no map to compare with. */
  readonly isOffered: ReadonlySignal<boolean>;
  /** To that view, or from it back to the map over the tissue; nothing where there is no map. */
  toggle(view: Exclude<MapView, "over">): void;
  end(): void;
}

/** Not kept over reloads; ends with the map. */
export function createMapViews({ classes }: { readonly classes: ClassesState }): MapViews {
  const view = signal<MapView>("over");
  const isOffered = computed(() => classes.grid.value !== null);
  effect(() => {
    if (!isOffered.value) untracked(end);
  });
  function end(): void {
    view.value = "over";
  }
  return {
    view,
    isOffered,
    toggle(next) {
      if (!isOffered.value) return;
      view.value = view.value === next ? "over" : next;
    },
    end,
  };
}
