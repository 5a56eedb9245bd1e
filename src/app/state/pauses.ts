import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { AnalysisCommands } from "./analysis.ts";
import type { SettingsState } from "./settings.ts";

export type PauseReason = "hand" | "battery" | "hidden";

/** What the computer and the browser say of themselves, true while it is so. */
export interface Surroundings {
  /** Always false where the browser does not tell. */
  readonly isOnBattery: ReadonlySignal<boolean>;
  /** The browser can tell whether the computer runs on its battery. */
  readonly knowsBattery: ReadonlySignal<boolean>;
  readonly isHidden: ReadonlySignal<boolean>;
  /** The computer is set to show more contrast. */
  readonly wantsContrast: ReadonlySignal<boolean>;
}

export interface PausesDeps {
  readonly analysis: AnalysisCommands;
  readonly settings: Pick<SettingsState, "pauseOnBattery" | "pauseWhenHidden">;
  readonly surroundings: Surroundings;
}

export interface Pauses {
  /** Why the run under way is paused; null while it is not, and without one. */
  readonly reason: ReadonlySignal<PauseReason | null>;
  pause(): void;
  /** Also where it paused by itself: then until that comes anew. */
  goOn(): void;
  /** The one or the other. */
  toggle(): void;
}

/** Pauses runs by hand and, where a person has chosen that, on battery and while the tab is hidden. */
export function createPauses({ analysis, settings, surroundings }: PausesDeps): Pauses {
  const { isOnBattery, isHidden } = surroundings;
  const isByHand = signal(false);
  const isBatteryIgnored = signal(false);
  const isRunning = computed(() => analysis.state.value.kind === "running");
  const reason = computed<PauseReason | null>(() => {
    if (!isRunning.value) return null;
    if (isByHand.value) return "hand";
    if (settings.pauseOnBattery.value && isOnBattery.value && !isBatteryIgnored.value) return "battery";
    return settings.pauseWhenHidden.value && isHidden.value ? "hidden" : null;
  });

  effect(() => {
    if (isRunning.value) return;
    isByHand.value = false;
  });
  effect(() => {
    if (!isOnBattery.value) isBatteryIgnored.value = false;
  });
  effect(() => {
    const isPaused = reason.value !== null;
    untracked(() => analysis.setPaused(isPaused));
  });

  function pause(): void {
    if (isRunning.value) isByHand.value = true;
  }

  function goOn(): void {
    if (reason.value === "battery") isBatteryIgnored.value = true;
    isByHand.value = false;
  }

  return { reason, pause, goOn, toggle: () => (reason.value === null ? pause() : goOn()) };
}
