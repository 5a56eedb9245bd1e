import { effect, type Signal, signal } from "@preact/signals";
import type { MapLook } from "../../engine/heatmap/map-look.ts";
import { type BelowThreshold, DEFAULT_PALETTE_ID } from "../../engine/heatmap/palette.ts";
import type { SlideColour } from "../../engine/slide/types.ts";
import type { Language } from "../words/words.ts";

/** What the spyglass shows within its ring. */
export type LensInside = "tissue" | "map";

export type Theme = "dark" | "light";
/** `system`: as this computer asks for. */
export type Contrast = "system" | "more" | "normal";

/** What a reader likes, kept over reloads. Nothing here changes a result. */
export interface Settings {
  /** Null until one is chosen: then the browser decides. */
  readonly language: Language | null;
  readonly theme: Theme;
  readonly contrast: Contrast;
  readonly dockOpen: boolean;
  /** 0 to 1. */
  readonly opacity: number;
  readonly palette: string;
  /** Of a map; a comparison with own outlines is always in colour. */
  readonly mapLook: MapLook;
  readonly lensInside: LensInside;
  readonly below: BelowThreshold;
  readonly contours: boolean;
  /** Of slides that hold a colour profile. */
  readonly colour: SlideColour;
  /** Whether slides and results are kept on this computer. */
  readonly keep: boolean;
  readonly pauseOnBattery: boolean;
  readonly pauseWhenHidden: boolean;
  /** Whether the tour was taken or declined. */
  readonly isTourKnown: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  language: null,
  theme: "dark",
  contrast: "system",
  dockOpen: true,
  opacity: 0.75,
  palette: DEFAULT_PALETTE_ID,
  mapLook: "colour",
  lensInside: "tissue",
  below: "faint",
  contours: true,
  colour: "stored",
  keep: true,
  pauseOnBattery: false,
  pauseWhenHidden: false,
  isTourKnown: false,
};

/** Where settings rest between visits; a store that fails keeps quiet and forgets. */
export interface SettingsStore {
  load(): Promise<Settings | null>;
  save(settings: Settings): void;
}

export type SettingsState = { readonly [Key in keyof Settings]: Signal<Settings[Key]> };

export function createSettings(): SettingsState {
  return {
    language: signal<Language | null>(DEFAULT_SETTINGS.language),
    theme: signal<Theme>(DEFAULT_SETTINGS.theme),
    contrast: signal<Contrast>(DEFAULT_SETTINGS.contrast),
    dockOpen: signal<boolean>(DEFAULT_SETTINGS.dockOpen),
    opacity: signal<number>(DEFAULT_SETTINGS.opacity),
    palette: signal<string>(DEFAULT_SETTINGS.palette),
    mapLook: signal<MapLook>(DEFAULT_SETTINGS.mapLook),
    lensInside: signal<LensInside>(DEFAULT_SETTINGS.lensInside),
    below: signal<BelowThreshold>(DEFAULT_SETTINGS.below),
    contours: signal<boolean>(DEFAULT_SETTINGS.contours),
    colour: signal<SlideColour>(DEFAULT_SETTINGS.colour),
    keep: signal<boolean>(DEFAULT_SETTINGS.keep),
    pauseOnBattery: signal<boolean>(DEFAULT_SETTINGS.pauseOnBattery),
    pauseWhenHidden: signal<boolean>(DEFAULT_SETTINGS.pauseWhenHidden),
    isTourKnown: signal<boolean>(DEFAULT_SETTINGS.isTourKnown),
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
  state.language.value = kept.language;
  state.theme.value = kept.theme;
  state.contrast.value = kept.contrast;
  state.dockOpen.value = kept.dockOpen;
  state.opacity.value = kept.opacity;
  state.palette.value = kept.palette;
  state.mapLook.value = kept.mapLook;
  state.lensInside.value = kept.lensInside;
  state.below.value = kept.below;
  state.contours.value = kept.contours;
  state.colour.value = kept.colour;
  state.keep.value = kept.keep;
  state.pauseOnBattery.value = kept.pauseOnBattery;
  state.pauseWhenHidden.value = kept.pauseWhenHidden;
  state.isTourKnown.value = kept.isTourKnown;
}

function snapshot(state: SettingsState): Settings {
  return {
    language: state.language.value,
    theme: state.theme.value,
    contrast: state.contrast.value,
    dockOpen: state.dockOpen.value,
    opacity: state.opacity.value,
    palette: state.palette.value,
    mapLook: state.mapLook.value,
    lensInside: state.lensInside.value,
    below: state.below.value,
    contours: state.contours.value,
    colour: state.colour.value,
    keep: state.keep.value,
    pauseOnBattery: state.pauseOnBattery.value,
    pauseWhenHidden: state.pauseWhenHidden.value,
    isTourKnown: state.isTourKnown.value,
  };
}
