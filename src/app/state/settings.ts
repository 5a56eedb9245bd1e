import { effect, type Signal, signal } from "@preact/signals";
import { type BelowThreshold, DEFAULT_PALETTE_ID } from "../../engine/heatmap/palette.ts";
import type { SlideColour } from "../../engine/slide/types.ts";

export type Theme = "dark" | "light";
/** `system`: as this computer asks for. */
export type Contrast = "system" | "more" | "normal";

/** What a reader likes, kept over reloads. Nothing here changes a result. */
export interface Settings {
  readonly theme: Theme;
  readonly contrast: Contrast;
  readonly dockOpen: boolean;
  /** 0 to 1. */
  readonly opacity: number;
  readonly palette: string;
  readonly below: BelowThreshold;
  readonly contours: boolean;
  /** Of slides that hold a colour profile. */
  readonly colour: SlideColour;
  /** Whether slides and results are kept on this computer. */
  readonly keep: boolean;
  readonly pauseOnBattery: boolean;
  readonly pauseWhenHidden: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  theme: "dark",
  contrast: "system",
  dockOpen: true,
  opacity: 0.75,
  palette: DEFAULT_PALETTE_ID,
  below: "faint",
  contours: true,
  colour: "stored",
  keep: true,
  pauseOnBattery: false,
  pauseWhenHidden: false,
};

/** Where settings rest between visits; a store that fails keeps quiet and forgets. */
export interface SettingsStore {
  load(): Promise<Settings | null>;
  save(settings: Settings): void;
}

export type SettingsState = { readonly [Key in keyof Settings]: Signal<Settings[Key]> };

export function createSettings(): SettingsState {
  return {
    theme: signal<Theme>(DEFAULT_SETTINGS.theme),
    contrast: signal<Contrast>(DEFAULT_SETTINGS.contrast),
    dockOpen: signal<boolean>(DEFAULT_SETTINGS.dockOpen),
    opacity: signal<number>(DEFAULT_SETTINGS.opacity),
    palette: signal<string>(DEFAULT_SETTINGS.palette),
    below: signal<BelowThreshold>(DEFAULT_SETTINGS.below),
    contours: signal<boolean>(DEFAULT_SETTINGS.contours),
    colour: signal<SlideColour>(DEFAULT_SETTINGS.colour),
    keep: signal<boolean>(DEFAULT_SETTINGS.keep),
    pauseOnBattery: signal<boolean>(DEFAULT_SETTINGS.pauseOnBattery),
    pauseWhenHidden: signal<boolean>(DEFAULT_SETTINGS.pauseWhenHidden),
  };
}

/** Brings back what was kept, then keeps every change. Resolves once the old settings are in place. */
export async function persistSettings(state: SettingsState, store: SettingsStore): Promise<void> {
  const kept = await store.load();
  if (kept) assign(state, kept);
  let isFirst = true;
  effect(() => {
    const settings = snapshot(state);
    if (!isFirst) store.save(settings);
    isFirst = false;
  });
}

function assign(state: SettingsState, kept: Settings): void {
  state.theme.value = kept.theme;
  state.contrast.value = kept.contrast;
  state.dockOpen.value = kept.dockOpen;
  state.opacity.value = kept.opacity;
  state.palette.value = kept.palette;
  state.below.value = kept.below;
  state.contours.value = kept.contours;
  state.colour.value = kept.colour;
  state.keep.value = kept.keep;
  state.pauseOnBattery.value = kept.pauseOnBattery;
  state.pauseWhenHidden.value = kept.pauseWhenHidden;
}

function snapshot(state: SettingsState): Settings {
  return {
    theme: state.theme.value,
    contrast: state.contrast.value,
    dockOpen: state.dockOpen.value,
    opacity: state.opacity.value,
    palette: state.palette.value,
    below: state.below.value,
    contours: state.contours.value,
    colour: state.colour.value,
    keep: state.keep.value,
    pauseOnBattery: state.pauseOnBattery.value,
    pauseWhenHidden: state.pauseWhenHidden.value,
  };
}
