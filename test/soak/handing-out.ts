import type { Page } from "playwright";
import { downloadOf, partsOf, setSlider } from "../journey/open-page.ts";
import type { MemoryWatch } from "./memory.ts";

const EXPORTS = ["Export GeoJSON", "Export CSV", "Export image", "Export confidence"] as const;
const PALETTES = ["cividis", "inferno"] as const;
const SAMPLES = 20;

/** The page keeps a file that it handed out for a minute (app/report/download), since some browsers read it late. */
const KEPT_MS = 60_000;
/** So many files, and what is kept of them would hide whether it is let go of. */
const MANY = 100;
const SAMPLES_AFTER = 12;

/**
 * Themes, palettes, thresholds and all files of a finished run, over and over. After many files the last third of the samples is taken
 * once the page has let go of them.
 */
export async function handOut(page: Page, rounds: number, watch: MemoryWatch): Promise<void> {
  const parts = partsOf(page);
  const every = Math.max(1, Math.floor(rounds / SAMPLES));
  for (let round = 1; round <= rounds; round++) {
    await page.getByRole("button", { name: round % 2 === 1 ? "Light theme" : "Dark theme" }).click();
    await page.getByLabel("Palette").selectOption(PALETTES[round % PALETTES.length] ?? "cividis");
    await setSlider(parts.threshold, 0.05 * (round % 18));
    const name = EXPORTS[round % EXPORTS.length] ?? "Export CSV";
    const { bytes } = await downloadOf(page, name);
    if (bytes.length < 100) throw new Error(`${name} handed out ${bytes.length} bytes.`);
    if (round % every === 0) await watch.sample(round);
  }
  if (rounds < MANY) return;
  await page.waitForTimeout(1.1 * KEPT_MS);
  for (let after = 1; after <= SAMPLES_AFTER; after++) await watch.sample(rounds + after);
}
