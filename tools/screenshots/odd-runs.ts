import type { Page } from "playwright";
import { tissuePng } from "../../test/journey/made-files.ts";
import { analyze, keepSection, keepSections, openFile, openPage, type Studio } from "./studio.ts";

/** Where there is much tissue, 36 x 27 mm, a run takes its time. */
export async function takeLarge(studio: Studio): Promise<void> {
  const page = await openPage(studio, { size: "high" });
  await openFile(page, tissuePng("large.png", 1200, 900));
  await page.getByLabel("Pixel size (µm/px)").fill("30");
  await page.getByLabel("Pixel size (µm/px)").press("Enter");
  await analyzeAllTheSame(page);
  await page.locator(".run-words").getByText("left").waitFor();
  await keepSection(page, "Analysis", "analysis-running", true);
  await page.context().close();
}

/** What is made is not like tissue: the page may ask first. */
async function analyzeAllTheSame(page: Page): Promise<void> {
  await analyze(page);
  const asked = page.getByRole("button", { name: "Analyze all the same" });
  const pause = page.getByRole("button", { name: "Pause" });
  await asked.or(pause).first().waitFor();
  if (await asked.count()) await asked.click();
  await pause.waitFor();
}

/** The model's network cannot be had. */
export async function takeBroken(studio: Studio): Promise<void> {
  const broken = await openPage(studio, {
    size: "high",
    prepare: (fresh) => fresh.route("**/models/**/*.onnx", (r) => r.abort()),
  });
  await broken.getByRole("button", { name: "Demo slide" }).click();
  await broken.getByRole("alert").waitFor();
  await keepSections(broken, { Analysis: "analysis-failed", Trust: "trust-failed" });
  await broken.context().close();
}
