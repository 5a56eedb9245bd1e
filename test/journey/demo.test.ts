import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RESEARCH_USE_NOTICE } from "../../src/engine/base/research-use.ts";
import { checkGeoJson } from "./check-geojson.ts";
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

/** The page shows three figures of an area. */
const SHOWN_DIGITS = 0.006;

/** One page all the way, as a person would: the steps build on one another. */
describe("the demo slide, from the first visit to the exports", () => {
  let browser: Browser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    opened = await openPage(browser);
  });
  afterAll(() => browser.close());

  it("says at first what this is, that nothing is uploaded, and that it is for research only", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.demoSlide.waitFor();
    for (const part of [parts.openSlide, parts.demoSlide, parts.file, parts.backend])
      expect(await part.count()).toBe(1);
    expect(await page.getByText("never leaves your computer").count()).toBe(1);
    expect(await page.getByText(RESEARCH_USE_NOTICE).count()).toBe(1);
    expect(await page.title()).toBe("Palisade");
  });

  it("shows the demo slide, says that it is synthetic, and knows its scale", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.demoSlide.click();
    await parts.analyze.and(page.locator(":enabled")).waitFor();
    expect(await page.getByText("synthetic").first().isVisible()).toBe(true);
    expect(await page.locator(".scale-length").textContent()).toMatch(/[µm]m$/);
    expect(await page.getByText("assumed").count()).toBe(0);
    await page.mouse.move(500, 430);
    await page.getByText(/^x [\d,]+$/).waitFor();
    expect(await parts.openSlide.count()).toBe(1);
    expect(await parts.demoSlide.count()).toBe(1);
  });

  it("analyzes it, with progress, and says what computed", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.analyze.click();
    await parts.cancel.waitFor();
    await finishRun(page);
    expect(await parts.progress.getAttribute("aria-valuenow")).toBe("100");
    expect(await parts.cancel.count()).toBe(0);
    expect(await parts.backend.textContent()).toMatch(/^WASM: .{8,}/);
    const { percent, mm2, regions } = await readNecrosis(parts.necrosis);
    expect(percent).toBeGreaterThan(2);
    expect(percent).toBeLessThan(80);
    expect(mm2).toBeGreaterThan(0);
    expect(regions).toBeGreaterThan(0);
    expect(await page.getByText(RESEARCH_USE_NOTICE).count()).toBe(1);
  });

  it("has each name that programs drive it by exactly once", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    const exports = ["Export GeoJSON", "Export CSV", "Export image", "Export confidence"].map((name) =>
      page.getByRole("button", { name }),
    );
    const { openSlide, demoSlide, analyze, file, threshold, opacity, progress, necrosis, backend } = parts;
    for (const part of [
      openSlide,
      demoSlide,
      analyze,
      file,
      threshold,
      opacity,
      progress,
      necrosis,
      backend,
      ...exports,
    ]) {
      expect(await part.count()).toBe(1);
    }
    for (const label of ["Threshold", "Opacity", "Analysis", "Necrosis", "Backend"]) {
      expect(await page.getByLabel(label).count()).toBe(1);
    }
  });

  it("lets the numbers follow the threshold at once, both ways", async () => {
    const parts = partsOf(opened.page);
    const start = Number(await parts.threshold.inputValue());
    const before = await readNecrosis(parts.necrosis);
    await setSlider(parts.threshold, 0.99);
    await expect.poll(async () => (await readNecrosis(parts.necrosis)).percent).toBeLessThan(before.percent);
    await setSlider(parts.threshold, 0);
    await expect.poll(async () => (await readNecrosis(parts.necrosis)).percent).toBeGreaterThan(95);
    await setSlider(parts.threshold, start);
    await expect.poll(() => readNecrosis(parts.necrosis)).toEqual(before);
  });

  it("changes the map and none of the numbers with opacity, palette and switches", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    const before = await readNecrosis(parts.necrosis);
    const mapOf = () => page.locator("canvas.stage-map").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const shown = await mapOf();
    await setSlider(parts.opacity, 0.2);
    const faint = await mapOf();
    await page.getByLabel("Palette").selectOption("cividis");
    const cividis = await mapOf();
    await page.getByLabel("Show map").uncheck();
    const hidden = await mapOf();
    expect(new Set([shown, faint, cividis, hidden]).size).toBe(4);
    await page.getByLabel("Show map").check();
    await setSlider(parts.opacity, 0.75);
    expect(await readNecrosis(parts.necrosis)).toEqual(before);
  });

  it("says the confidence under the cursor", async () => {
    const { page } = opened;
    await page.mouse.move(500, 430);
    await page.mouse.move(505, 435);
    await page.getByText(/^conf [01]\.\d\d$/).waitFor();
  });

  it("hands out outlines that QuPath can read", async () => {
    const { page } = opened;
    const { name, bytes } = await downloadOf(page, "Export GeoJSON");
    expect(name).toMatch(/^synthetic-gbm.*\.geojson$/);
    const { regions, mm2 } = await readNecrosis(partsOf(page).necrosis);
    const features = checkGeoJson(bytes.toString("utf8"));
    expect(features).toHaveLength(regions);
    const area0 = features.reduce((sum, feature) => sum + feature.area0, 0);
    const { mppX, mppY } = JSON.parse(bytes.toString("utf8")).palisade;
    expect(Math.abs((area0 * mppX * mppY) / 1e6 / mm2 - 1)).toBeLessThan(SHOWN_DIGITS);
    expect(bytes.toString("utf8")).toContain(RESEARCH_USE_NOTICE);
  });

  it("hands out a table with a line per region and the same areas", async () => {
    const { page } = opened;
    const { name, bytes } = await downloadOf(page, "Export CSV");
    expect(name).toMatch(/^synthetic-gbm.*\.csv$/);
    const text = bytes.toString("utf8");
    expect(text).toContain(RESEARCH_USE_NOTICE);
    const { regions } = await readNecrosis(partsOf(page).necrosis);
    expect(text.trimEnd().split("\r\n")).toHaveLength(regions + 2);
  });

  it("hands out a picture with the tissue", async () => {
    const { page } = opened;
    const { name, bytes } = await downloadOf(page, "Export image");
    expect(name).toMatch(/^synthetic-gbm.*\.png$/);
    expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
    const width = bytes.readUInt32BE(16);
    expect(width).toBeGreaterThan(900);
    expect(width).toBeLessThanOrEqual(4096);
  });

  it("hands out the confidences themselves", async () => {
    const { page } = opened;
    const { name, bytes } = await downloadOf(page, "Export confidence");
    expect(name).toMatch(/^synthetic-gbm.*\.tif$/);
    const { values, description } = await readConfidenceTiff(bytes);
    const known = values.filter((value) => !Number.isNaN(value));
    expect(known.length).toBeGreaterThan(100);
    expect(known.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(description).toContain(RESEARCH_USE_NOTICE);
  });

  it("did all that without asking any other server, and without a complaint", () => {
    expect(opened.foreignRequests).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });

  it("could not send anything to another server if it tried", async () => {
    const directive = await opened.page.evaluate(async () => {
      const refused = new Promise<string>((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
      });
      await fetch("https://example.org/", { method: "POST", body: "a slide" }).catch(() => undefined);
      return refused;
    });
    expect(directive).toBe("connect-src");
  });
});
