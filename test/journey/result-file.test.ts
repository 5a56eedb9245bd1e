import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkGeoJson } from "./check-geojson.ts";
import {
  downloadOf,
  finishRun,
  launchBrowser,
  type NecrosisNumbers,
  type OpenedPage,
  openPage,
  partsOf,
  readNecrosis,
  setSlider,
} from "./open-page.ts";

const DEMO = fileURLToPath(new URL("../../public/demo/synthetic-gbm.tif", import.meta.url));
const CLI = fileURLToPath(new URL("../../src/cli/palisade.mjs", import.meta.url));
const SAVED_THRESHOLD = 0.61;
/** Wasm in the browser and the native runtime sum in another order; 7e-7 was measured (docs/result-file.md). */
const SUMMING_ORDER = 1e-4;

/** One file, from the page that made it to another that has nothing else, and back to its slide: the steps build on one another. */
describe("a result file", () => {
  let browser: Browser;
  let there: OpenedPage;
  let saved: { readonly name: string; readonly bytes: Buffer };
  let numbers: NecrosisNumbers;

  beforeAll(async () => {
    browser = await launchBrowser();
    there = await openPage(browser);
  });
  afterAll(() => browser.close());

  it("is saved when a run is done, without the name of the slide", async () => {
    const { page } = there;
    const parts = partsOf(page);
    await parts.demoSlide.click();
    await parts.analyze.and(page.locator(":enabled")).click();
    await finishRun(page);
    await setSlider(parts.threshold, SAVED_THRESHOLD);
    await page.getByLabel("Palette").selectOption("cividis");
    numbers = await readNecrosis(parts.necrosis);
    saved = await downloadOf(page, "Result file");
    expect(saved.name).toMatch(/^result [0-9a-f]{8}\.palisade$/);
    const entries = unzipSync(saved.bytes);
    expect(Object.keys(entries)).toEqual([
      "manifest.json",
      "result.json",
      "map.bin",
      "outlines.geojson",
      "thumbnail.jpg",
    ]);
    for (const bytes of Object.values(entries)) expect(Buffer.from(bytes).includes("synthetic-gbm")).toBe(false);
  });

  it("holds name and larger picture only when they are ticked", async () => {
    const { page } = there;
    await page.getByLabel("With the file's name").check();
    await page.getByLabel("With a larger picture").check();
    const { name, bytes } = await downloadOf(page, "Result file");
    expect(name).toBe("synthetic-gbm.palisade");
    const entries = unzipSync(bytes);
    expect(Buffer.from(entries["result.json"]!).includes("synthetic-gbm.tif")).toBe(true);
    expect(entries["overview.jpg"]!.length).toBeGreaterThan(entries["thumbnail.jpg"]!.length);
    await page.getByLabel("With the file's name").uncheck();
  });

  it("is confirmed by the command line, which computes natively", async () => {
    const folder = await mkdtemp(join(tmpdir(), "palisade-journey-"));
    try {
      const file = join(folder, "page.palisade");
      await writeFile(file, saved.bytes);
      // Fails unless the exit status is 0.
      const { stdout } = await promisify(execFile)(process.execPath, [CLI, "verify", file, DEMO, "--json"]);
      const { verification, slide } = JSON.parse(stdout);
      expect(slide.name).toBeNull();
      expect(verification).toMatchObject({ isConfirmed: true, differences: [] });
      expect(verification.largest).toBeLessThan(SUMMING_ORDER);
      expect(Math.abs(verification.fractions[0] - numbers.percent / 100)).toBeLessThan(0.0006);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  describe("opened where there is no slide", () => {
    let here: OpenedPage;

    beforeAll(async () => {
      here = await openPage(browser);
      await partsOf(here.page).backend.getByText(/WASM/).waitFor();
      await here.context.setOffline(true);
    });

    it("shows numbers, threshold and palette as they were saved, with the network off", async () => {
      const { page } = here;
      await openFile(page, saved.bytes, "from-a-colleague.palisade");
      const parts = partsOf(page);
      await page.getByText("result only").waitFor();
      await expect.poll(() => readNecrosis(parts.necrosis)).toEqual(numbers);
      expect(Number(await parts.threshold.inputValue())).toBeCloseTo(SAVED_THRESHOLD, 6);
      expect(await page.getByLabel("Palette").inputValue()).toBe("cividis");
      expect(await page.getByText(/Computed on .*WASM/).count()).toBe(1);
      expect(await parts.analyze.count()).toBe(0);
      expect(await page.getByRole("button", { name: "Run again and compare" }).isDisabled()).toBe(true);
      await page.getByText("Drop the slide on the page to run it again").waitFor();
    });

    it("draws the picture with the map over it", async () => {
      const { page } = here;
      await page.getByText("Reading tiles").waitFor({ state: "detached" });
      const colours = await page.evaluate(() => {
        const [slide, map] = [...document.querySelectorAll<HTMLCanvasElement>(".stage-slide canvas")];
        return [slide, map].map((canvas) => canvas?.width ?? 0);
      });
      expect(Math.min(...colours)).toBeGreaterThan(100);
      const picture = await page.locator("canvas.stage-map").evaluate((canvas: HTMLCanvasElement) => {
        const context = canvas.getContext("2d")!;
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, i) => i % 4 === 3 && value > 0);
      });
      expect(picture).toBe(true);
    });

    it("lets the numbers follow the threshold, both ways, and walks the regions", async () => {
      const { page } = here;
      const parts = partsOf(page);
      await setSlider(parts.threshold, 0.9);
      await expect.poll(async () => (await readNecrosis(parts.necrosis)).percent).toBeLessThan(numbers.percent);
      await setSlider(parts.threshold, SAVED_THRESHOLD);
      await expect.poll(() => readNecrosis(parts.necrosis)).toEqual(numbers);
      await page.getByRole("button", { name: "Next finding" }).click();
      await page.getByText(`1 / ${numbers.regions}`).waitFor();
    });

    it("hands out outlines, table and picture", async () => {
      const { page } = here;
      const outlines = await downloadOf(page, "Export GeoJSON");
      expect(checkGeoJson(outlines.bytes.toString("utf8"))).toHaveLength(numbers.regions);
      const table = await downloadOf(page, "Export CSV");
      expect(table.bytes.toString("utf8").trimEnd().split("\r\n")).toHaveLength(numbers.regions + 2);
      const picture = await downloadOf(page, "Export image");
      expect(picture.bytes.readUInt32BE(16)).toBeGreaterThan(1000);
      const again = await downloadOf(page, "Result file");
      expect(again.bytes.equals(saved.bytes)).toBe(true);
    });

    it("refuses one that was tampered with, and keeps the first", async () => {
      const { page } = here;
      const tampered = Buffer.from(saved.bytes);
      tampered[tampered.indexOf("map.bin") + 200]! ^= 1;
      await openFile(page, tampered, "tampered.palisade");
      await page
        .getByRole("alert")
        .getByText(/it was changed or damaged|not copied to its end/)
        .waitFor();
      await page.getByRole("button", { name: "Dismiss" }).click();
      await expect.poll(() => readNecrosis(partsOf(page).necrosis)).toEqual(numbers);
    });

    it("is computed again when its slide comes, and says that the numbers are identical", async () => {
      const { page, context } = here;
      await context.setOffline(false);
      await openFile(page, await readFile(DEMO), "other-name.tif");
      const again = page.getByRole("button", { name: "Run again and compare" });
      await again.and(page.locator(":enabled")).waitFor();
      await expect.poll(() => readNecrosis(partsOf(page).necrosis)).toEqual(numbers);
      await again.click();
      const verdict = page.getByRole("status", { name: "Comparison of runs" });
      await verdict
        .getByText(/Confirmed. Identical: all [\d,]+ confidences are the same to the last bit/)
        .waitFor({ timeout: 90_000 });
      await expect.poll(() => readNecrosis(partsOf(page).necrosis)).toEqual(numbers);
      expect(here.foreignRequests).toEqual([]);
      expect(here.complaints).toEqual([]);
    });
  });
});

async function openFile(page: Page, buffer: Buffer, name: string): Promise<void> {
  await partsOf(page).file.setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}
