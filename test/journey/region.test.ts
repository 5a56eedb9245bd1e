import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tissuePng } from "./made-files.ts";
import {
  downloadOf,
  finishRun,
  launchBrowser,
  type OpenedPage,
  openPage,
  partsOf,
  readNecrosis,
  setSlider,
} from "./open-page.ts";
import { readConfidenceTiff } from "./read-confidence-tiff.ts";

/** A picture as coarse as the model takes without a doubt, with dozens of tasks: 36 x 27 mm are 3600 x 2700 px for the model. */
const SLIDE = { width: 2572, height: 1929, mpp: "14" } as const;
/** Threads of which the page uses half, so that a fast machine takes a while too. */
const ONE_WORKER = 2;

/** One page all the way: the steps build on one another. */
describe("a region of interest, from the drawing to the numbers", () => {
  let browser: Browser;
  let opened: OpenedPage;
  let whole: readonly number[];

  beforeAll(async () => {
    browser = await launchBrowser();
    opened = await openPage(browser, { hardwareThreads: ONE_WORKER });
    const parts = partsOf(opened.page);
    await parts.file.setInputFiles(tissuePng("wide.png", SLIDE.width, SLIDE.height));
    await parts.pixelSize.fill(SLIDE.mpp);
    await parts.pixelSize.press("Enter");
    await parts.analyze.and(opened.page.locator(":enabled")).waitFor();
  });
  afterAll(() => browser.close());

  const choice = (name: string) => opened.page.getByLabel(name);
  const region = () => opened.page.getByRole("status", { name: "Region", exact: true });
  const confidences = async () =>
    (await readConfidenceTiff((await downloadOf(opened.page, "Export confidence")).bytes)).values;

  it("is preceded by a run without one, to compare with", async () => {
    const { page } = opened;
    await partsOf(page).analyze.click();
    await finishRun(page, 300_000);
    whole = await confidences();
    // The model finds little in a made picture: with the median for a threshold half of it counts.
    const known = whole.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
    await setSlider(partsOf(page).threshold, Number((known[known.length >> 1] ?? 0).toFixed(2)));
    expect(await region().count()).toBe(0);
  });

  it("is measured for on the open slide, and says how long the choices take", async () => {
    const { page } = opened;
    await page.getByRole("button", { name: "How long?" }).click();
    await page.getByRole("button", { name: "Again" }).waitFor({ timeout: 60_000 });
    const words = await page.locator(".planner").innerText();
    expect(words).toMatch(/All of the tissue\s+(a few seconds|about [\d.]+ (s|min|h))/);
    expect(words).toContain("Measured with 1 worker");
    expect(words).not.toContain("WebGPU");
  });

  it("is drawn with the key I and a drag, and the slide moves again afterwards", async () => {
    const { page } = opened;
    await page.locator(".stage-slide").click({ position: { x: 400, y: 300 } });
    await page.keyboard.press("i");
    await page.getByText("Drag a rectangle over what matters first.").first().waitFor();
    await page.mouse.move(250, 250);
    await page.mouse.down();
    await page.mouse.move(300, 300);
    await page.mouse.move(420, 400, { steps: 4 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Change", exact: true }).waitFor();
    expect(await page.locator(".region-hint").count()).toBe(0);
    expect(await choice("Region only").isChecked()).toBe(false);
    expect(await choice("All of the tissue").isChecked()).toBe(true);
  });

  it("has its numbers at once of the result that is there, and loses and regains them by undo", async () => {
    const { page } = opened;
    expect(await region().textContent()).toMatch(/[\d.]+ %.*final.*mm² of .*mm² of tissue.*at threshold ±0\.1/);
    await page.keyboard.press("Control+z");
    await expect.poll(() => region().count()).toBe(0);
    await page.keyboard.press("Control+Shift+z");
    await region().waitFor();
  });

  it("is computed first, with final numbers before the rest is done, and the same map in the end", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await region().getByText("±0.1").waitFor();
    const before = (await region().textContent()) ?? "";
    await parts.analyze.click();
    const seen = await page.waitForFunction(
      () => {
        const words = document.querySelector(".region-figures")?.textContent ?? "";
        const progress = Number(document.querySelector("[role=progressbar]")?.getAttribute("aria-valuenow"));
        // The range comes a moment after the numbers.
        const isThere = words.includes("final") && words.includes("±0.1");
        return isThere && progress < 100 ? { words, progress } : null;
      },
      null,
      { timeout: 300_000, polling: "raf" },
    );
    const early = (await seen.jsonValue()) as { readonly words: string; readonly progress: number };
    expect(early.progress).toBeGreaterThan(0);
    // Percent and areas; what stands between the words may differ while the run is under way.
    const figures = (words: string) => words.match(/[\d.]+ (%|mm²)/g);
    expect(figures(early.words)).toEqual(figures(before));
    await finishRun(page, 300_000);
    expect(figures((await region().textContent()) ?? "")).toEqual(figures(before));
    expect(await confidences()).toEqual(whole);
  });

  it("alone, ends the run early and says so in its numbers, its words and its files", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await choice("Region only").check();
    await parts.analyze.click();
    await page.getByText("the rest of the slide was left out").waitFor({ timeout: 300_000 });
    expect(await parts.necrosis.textContent()).toContain("region only");
    expect(await page.locator(".notes").textContent()).toContain("Region only:");
    expect((await readNecrosis(parts.necrosis)).percent).toBeGreaterThanOrEqual(0);
    const geojson = await downloadOf(page, "Export GeoJSON");
    expect(geojson.name).toMatch(/\.region-only\.geojson$/);
    expect(geojson.bytes.toString("utf8")).toContain("the rest of the slide was not analyzed");
    const csv = await downloadOf(page, "Export CSV");
    expect(csv.name).toMatch(/\.region-only\.csv$/);
    expect(await page.getByRole("button", { name: "Result file" }).isDisabled()).toBe(true);
  });

  it("alone, can be gone on with to the same map", async () => {
    const { page } = opened;
    await page.getByRole("button", { name: /^Go on with the analysis/ }).click();
    await expect.poll(() => page.locator(".run-words").textContent(), { timeout: 300_000 }).toMatch(/^Done in/);
    expect(await confidences()).toEqual(whole);
    expect(opened.complaints).toEqual([]);
    expect(opened.foreignRequests).toEqual([]);
  });
});
