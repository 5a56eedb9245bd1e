import { signal } from "@preact/signals";
import type { Surroundings } from "./state/pauses.ts";

/** What Chromium tells of the battery (Battery Status, W3C draft); other browsers tell nothing. */
interface Battery extends EventTarget {
  readonly charging: boolean;
}

/** Follows the battery, the wish for contrast and whether the tab is looked at, for as long as the page lives. */
export function watchSurroundings(): Surroundings {
  const isHidden = signal(document.hidden);
  document.addEventListener("visibilitychange", () => {
    isHidden.value = document.hidden;
  });
  const contrast = matchMedia("(prefers-contrast: more)");
  const wantsContrast = signal(contrast.matches);
  contrast.addEventListener("change", () => {
    wantsContrast.value = contrast.matches;
  });
  const isOnBattery = signal(false);
  const knowsBattery = signal(false);
  void findBattery().then((battery) => {
    if (!battery) return;
    const read = () => {
      isOnBattery.value = !battery.charging;
    };
    knowsBattery.value = true;
    read();
    battery.addEventListener("chargingchange", read);
  });
  return { isHidden, isOnBattery, knowsBattery, wantsContrast };
}

async function findBattery(): Promise<Battery | null> {
  const get: unknown = Reflect.get(navigator, "getBattery");
  if (typeof get !== "function") return null;
  try {
    const battery: Battery = await get.call(navigator);
    return battery;
  } catch {
    return null;
  }
}
