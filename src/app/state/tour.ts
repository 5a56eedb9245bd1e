import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { SettingsState } from "./settings.ts";

/** What the tour speaks of, in the order of the work. */
export const TOUR_STEPS = ["open", "look", "analyze", "threshold", "export", "privacy", "keys"] as const;
export type TourStep = (typeof TOUR_STEPS)[number];

export interface TourState {
  /** Null while no tour is on. */
  readonly step: ReadonlySignal<TourStep | null>;
  /** Whether the tour should be offered: to those who neither took nor declined it. */
  readonly isOffered: ReadonlySignal<boolean>;
  start(): void;
  next(): void;
  back(): void;
  /** Ends the tour, or declines it; either is kept. */
  stop(): void;
}

/** The first-run tour. It only speaks: it opens, moves and changes nothing. */
export function createTour(settings: Pick<SettingsState, "isTourKnown">): TourState {
  const index = signal<number | null>(null);
  const end = () =>
    batch(() => {
      index.value = null;
      settings.isTourKnown.value = true;
    });
  return {
    step: computed(() => (index.value === null ? null : (TOUR_STEPS[index.value] ?? null))),
    isOffered: computed(() => index.value === null && !settings.isTourKnown.value),
    start() {
      index.value = 0;
    },
    next() {
      if (index.value === null) return;
      if (index.value === TOUR_STEPS.length - 1) end();
      else index.value++;
    },
    back() {
      if (index.value !== null) index.value = Math.max(0, index.value - 1);
    },
    stop: end,
  };
}
