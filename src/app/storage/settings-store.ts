import { PALETTES } from "../../engine/heatmap/palette.ts";
import { type Contrast, DEFAULT_SETTINGS, type Settings, type SettingsStore } from "../state/settings.ts";
import type { DatabaseAccess } from "./database.ts";

const KEY = "settings";

export function settingsStore(access: Pick<DatabaseAccess, "run">): SettingsStore {
  return {
    async load() {
      try {
        return parseSettings(await access.run((database) => database.get("settings", KEY)));
      } catch {
        return null;
      }
    },
    save(settings) {
      void keep(access, settings);
    },
  };
}

async function keep(access: Pick<DatabaseAccess, "run">, settings: Settings): Promise<void> {
  try {
    await access.run((database) => database.put("settings", { version: 1, ...settings }, KEY));
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
    contrast: contrastOf(field("contrast")),
    dockOpen: field("dockOpen") !== false,
    opacity: typeof opacity === "number" && opacity >= 0 && opacity <= 1 ? opacity : DEFAULT_SETTINGS.opacity,
    palette: PALETTES.find(({ id }) => id === palette)?.id ?? DEFAULT_SETTINGS.palette,
    below: field("below") === "hidden" ? "hidden" : "faint",
    contours: field("contours") !== false,
    colour: field("colour") === "srgb" ? "srgb" : "stored",
    keep: field("keep") !== false,
    pauseOnBattery: field("pauseOnBattery") === true,
    pauseWhenHidden: field("pauseWhenHidden") === true,
  };
}

function contrastOf(value: unknown): Contrast {
  return value === "more" || value === "normal" ? value : DEFAULT_SETTINGS.contrast;
}
