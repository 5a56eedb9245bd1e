import { PALETTES } from "../../engine/heatmap/palette.ts";
import { DEFAULT_SETTINGS, type Settings, type SettingsStore } from "../state/settings.ts";
import type { PalisadeDatabase } from "./database.ts";

const KEY = "settings";

export function settingsStore(database: () => Promise<PalisadeDatabase | null>): SettingsStore {
  return {
    async load() {
      try {
        return parseSettings(await (await database())?.get("settings", KEY));
      } catch {
        return null;
      }
    },
    save(settings) {
      void keep(database, settings);
    },
  };
}

async function keep(database: () => Promise<PalisadeDatabase | null>, settings: Settings): Promise<void> {
  try {
    await (await database())?.put("settings", { version: 1, ...settings }, KEY);
  } catch {
    // A full or closed store only means that the next visit starts with the defaults.
  }
}

/** Kept settings, field by field; what is missing or strange becomes the default. Null when nothing was kept. */
export function parseSettings(value: unknown): Settings | null {
  if (typeof value !== "object" || value === null) return null;
  const field = (name: string): unknown => Reflect.get(value, name);
  const opacity = field("opacity");
  const palette = field("palette");
  return {
    theme: field("theme") === "light" ? "light" : "dark",
    dockOpen: field("dockOpen") !== false,
    opacity: typeof opacity === "number" && opacity >= 0 && opacity <= 1 ? opacity : DEFAULT_SETTINGS.opacity,
    palette: PALETTES.find(({ id }) => id === palette)?.id ?? DEFAULT_SETTINGS.palette,
    below: field("below") === "hidden" ? "hidden" : "faint",
    contours: field("contours") !== false,
    colour: field("colour") === "srgb" ? "srgb" : "stored",
  };
}
