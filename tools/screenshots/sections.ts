import type { Page } from "playwright";
import { tissuePng } from "../../test/journey/made-files.ts";
import {
  analyze,
  finishRun,
  keep,
  keepSection,
  keepSections,
  openDemo,
  openFile,
  openPage,
  pauseEarly,
  readyToRun,
  type Studio,
  sectionOf,
  TRUTH,
  unfold,
} from "./studio.ts";

/** Before a run: what each section says while it has nothing, and while it waits. */
export async function takeSectionsBefore(studio: Studio): Promise<void> {
  const page = await openPage(studio, { size: "high", prepare: (fresh) => slowly(fresh, "**/models/**", 2500) });
  await page.getByRole("button", { name: "Demo slide" }).click();
  await sectionOf(page, "Slide").waitFor();
  await keepSection(page, "Analysis", "analysis-loading", true);
  await keepSection(page, "Trust", "trust-loading", true);
  await readyToRun(page);
  await page.locator(".light-tag").waitFor();
  await keepSections(page, {
    Slide: "slide-done",
    Analysis: "analysis-ready",
    Trust: "trust-done",
    Necrosis: "necrosis-empty",
    Findings: "findings-empty",
    Reading: "reading-empty",
    Neurons: "neurons-empty",
    Compare: "compare-empty",
    Export: "export-empty",
    Slides: "slides-empty",
  });
  await openOutlines(page);
  await keepSection(page, "Compare", "compare-waiting");
  await page.getByRole("button", { name: "How long?" }).click();
  await page.getByText("Being measured").waitFor();
  await keepSection(page, "Analysis", "analysis-measuring", true);
  await page.getByRole("button", { name: "Again" }).waitFor();
  await keepSection(page, "Analysis", "analysis-measured");
  await openFile(page, tissuePng("photograph.png", 300, 200));
  await page.getByLabel("Pixel size (µm/px)").waitFor();
  await keepSections(page, { Slide: "slide-asks", Analysis: "analysis-waiting", Trust: "trust-empty" });
  await page.getByLabel("Pixel size (µm/px)").fill("10");
  await page.getByLabel("Pixel size (µm/px)").press("Enter");
  await readyToRun(page);
  await keepSection(page, "Slide", "slide-assumed");
  await page.context().close();
}

/** A run under way, paused, given up, of a region alone. */
export async function takeSectionsPartial(studio: Studio): Promise<void> {
  const page = await openPage(studio, { size: "high", prepare: onOneWorker });
  await openDemo(page);
  await analyze(page);
  await pauseEarly(page);
  await keepSections(page, { Analysis: "analysis-paused", Necrosis: "necrosis-running", Findings: "findings-running" });
  await page.getByRole("button", { name: "Cancel" }).click();
  await keepSections(page, {
    Analysis: "analysis-cancelled",
    Necrosis: "necrosis-cancelled",
    Export: "export-cancelled",
  });
  await drawRegion(page);
  await keep(page, "region", { x: 0, y: 230, width: 948, height: 560 });
  await page.getByLabel("Region only").check();
  await analyze(page);
  await page.getByText("the rest of the slide was left out").waitFor();
  await keepSections(page, { Analysis: "analysis-region", Necrosis: "necrosis-region", Export: "export-region" });
  await page.getByLabel("Coarse map only").check();
  await analyze(page);
  await page
    .locator(".run-words")
    .getByText(/coarse/i)
    .waitFor();
  await keepSections(page, { Analysis: "analysis-coarse", Necrosis: "necrosis-coarse" });
  await page.context().close();
}

/** When all is done. */
export async function takeSectionsDone(studio: Studio): Promise<void> {
  const page = await openPage(studio, { size: "high" });
  await openDemo(page);
  await analyze(page);
  await finishRun(page);
  for (const key of ["n", "n"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(1200);
  }
  await measureLength(page);
  // 10x, long enough to be taken for having been looked at.
  await page.keyboard.press("4");
  await page.waitForTimeout(2500);
  await keepSections(page, {
    Analysis: "analysis-done",
    Necrosis: "necrosis-done",
    Findings: "findings-done",
    Reading: "reading-done",
    Export: "export-ready",
    Recent: "recent-done",
  });
  await page.getByRole("button", { name: "Export CSV" }).click();
  await page.getByText("went to your downloads").waitFor();
  await keepSection(page, "Export", "export-done");
  await openOutlines(page);
  await page.getByRole("status", { name: "Comparison" }).waitFor();
  await keepSection(page, "Compare", "compare-done");
  await unfold(sectionOf(page, "Neurons"));
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByRole("button", { name: "Stop search" }).waitFor();
  await keepSection(page, "Neurons", "neurons-searching", true);
  await page.getByRole("button", { name: "Search again" }).waitFor();
  await keepSection(page, "Neurons", "neurons-done");
  await page.getByRole("slider", { name: "Threshold" }).fill("1");
  await keepSections(page, { Findings: "findings-none", Necrosis: "necrosis-none" });
  await page.context().close();
}

export async function openOutlines(page: Page): Promise<void> {
  await unfold(sectionOf(page, "Compare"));
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open outlines" }).click();
  await (await chooser).setFiles(TRUTH);
  await page.getByRole("button", { name: "Other outlines" }).waitFor();
}

async function drawRegion(page: Page): Promise<void> {
  await page.locator(".stage-slide").click({ position: { x: 30, y: 400 } });
  await page.waitForTimeout(900);
  await page.keyboard.press("i");
  await page.locator(".region-hint").waitFor();
  await page.mouse.move(200, 450);
  await page.mouse.down();
  await page.mouse.move(260, 520);
  await page.mouse.move(480, 700, { steps: 4 });
  await page.mouse.up();
  await page.getByRole("button", { name: "Change", exact: true }).waitFor();
}

async function measureLength(page: Page): Promise<void> {
  await page.keyboard.press("m");
  await page.getByRole("group", { name: "Measuring" }).waitFor();
  for (const x of [330, 520, 520]) {
    await page.mouse.click(x, 600);
    await page.waitForTimeout(500);
  }
  await page.keyboard.press("Escape");
}

async function slowly(page: Page, pattern: string, milliseconds: number): Promise<void> {
  await page.route(pattern, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await route.continue();
  });
}

/** So that a run lasts long enough to be seen. */
async function onOneWorker(page: Page): Promise<void> {
  await page.addInitScript(() => Object.defineProperty(navigator, "hardwareConcurrency", { get: () => 2 }));
}
