import type { Page } from "playwright";
import { severalSlides } from "./made-slides.ts";
import { DOCK, keep, keepSection, openPage, type Studio, sectionOf } from "./studio.ts";

/** Several slides: the list while it waits, is worked through, paused and done, and its table. */
export async function takeList(studio: Studio): Promise<void> {
  const page = await openPage(studio);
  await page.getByLabel("Slide file").setInputFiles([...(await severalSlides())]);
  await untilList(page, /waiting/);
  await page.waitForTimeout(1500);
  await keepSection(page, "Slides", "slides-waiting");
  await page.getByRole("button", { name: "Start the list" }).click();
  await untilList(page, /^1 done/);
  await keepSection(page, "Slides", "slides-running", true);
  await page.getByRole("button", { name: "Pause the list" }).click();
  await keepSection(page, "Slides", "slides-paused");
  await page.getByRole("button", { name: "Go on with the list" }).click();
  await untilList(page, /^4 done/);
  await sectionOf(page, "Slides").locator(".queued-open").first().click();
  await page.waitForTimeout(1500);
  await keepSection(page, "Slides", "slides-done");
  await keep(page, "slides", DOCK);
  await page.getByRole("button", { name: "Table of results" }).click();
  await keep(page, "slides-table", { x: 120, y: 150, width: 1040, height: 500 });
  await page.keyboard.press("Escape");
  await keepSection(page, "Recent", "recent-list");
  await page.reload();
  await page.locator(".empty-recent").waitFor();
  await keep(page, "recent-visit");
  await page.context().close();
}

async function untilList(page: Page, words: RegExp): Promise<void> {
  await page.getByRole("status", { name: "List" }).filter({ hasText: words }).waitFor();
}
