import { basename } from "node:path";
import type { Page } from "playwright";
import { finishRun, partsOf } from "../journey/open-page.ts";
import { settle } from "./looking.ts";
import type { MemoryWatch } from "./memory.ts";

export interface Queued {
  readonly path: string;
  /** Micrometres per pixel to assume and analyze with; null: it is looked at only. */
  readonly analyzeAt: string | null;
}

/** Opens one slide after the other, each in place of the last, and looks at it; some are analyzed. Samples after each round. */
export async function openOneAfterTheOther(
  page: Page,
  round: readonly Queued[],
  rounds: number,
  watch: MemoryWatch,
): Promise<void> {
  const parts = partsOf(page);
  for (let done = 1; done <= rounds; done++) {
    for (const { path, analyzeAt } of round) {
      await parts.file.setInputFiles(path);
      await page.locator(".bar-name", { hasText: basename(path) }).waitFor();
      await settle(page);
      await page.mouse.move(560, 380);
      await page.mouse.wheel(0, -360);
      if (analyzeAt === null) continue;
      await parts.pixelSize.fill(analyzeAt);
      await parts.pixelSize.press("Enter");
      await parts.analyze.and(page.locator(":enabled")).click();
      await finishRun(page, 180_000);
    }
    await settle(page);
    await watch.sample(done * round.length);
  }
}
