import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tissuePng } from "./made-files.ts";
import { finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";

/** A picture said to be so coarse that the run takes long: 1200 x 900 px of 80 um are 9600 x 7200 px for the model. */
const LONG = { width: 1200, height: 900, mpp: "80" } as const;
/** Threads of which the page uses half, so that a fast machine takes a while too. */
const ONE_WORKER = 2;
const SHORT_MPP = "10";

describe("a long run", () => {
  let browser: Browser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    opened = await openPage(browser, { hardwareThreads: ONE_WORKER });
    const parts = partsOf(opened.page);
    await parts.file.setInputFiles(tissuePng("wide.png", LONG.width, LONG.height));
    await parts.pixelSize.fill(LONG.mpp);
    await parts.pixelSize.press("Enter");
  });
  afterAll(() => browser.close());

  it("leaves the page responsive: frames go on and the slide can be moved", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.analyze.click();
    await parts.progress.and(page.locator(":not([aria-valuenow='0'])")).waitFor({ timeout: 60_000 });
    const frames = await page.evaluate(async () => {
      let count = 0;
      let isDone = false;
      setTimeout(() => {
        isDone = true;
      }, 1000);
      while (!isDone) {
        await new Promise(requestAnimationFrame);
        count++;
      }
      return count;
    });
    expect(frames).toBeGreaterThan(10);
    const before = await page.locator(".status-scale").textContent();
    await page.mouse.move(500, 400);
    await page.mouse.wheel(0, -600);
    await expect.poll(() => page.locator(".status-scale").textContent()).not.toBe(before);
    expect(await parts.cancel.count()).toBe(1);
    expect(await page.locator(".run-words").textContent()).toMatch(/map/);
  });

  it("lets the map grow before it is done", async () => {
    const parts = partsOf(opened.page);
    await expect.poll(() => parts.necrosis.textContent(), { timeout: 60_000 }).toMatch(/%.*so far/);
    expect(await parts.cancel.count()).toBe(1);
  });

  it("can be cancelled, says what is kept, and exports nothing half done", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.cancel.click();
    await page.getByText(/^Stopped at \d+ %/).waitFor();
    expect(await parts.cancel.count()).toBe(0);
    expect(await parts.alert.count()).toBe(0);
    expect(await page.getByRole("button", { name: "Export GeoJSON" }).isDisabled()).toBe(true);
  });

  it("can be followed by another run at once", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.pixelSize.fill(SHORT_MPP);
    await parts.pixelSize.press("Enter");
    await parts.analyze.click();
    await finishRun(page);
    expect(await parts.progress.getAttribute("aria-valuenow")).toBe("100");
    expect(opened.complaints).toEqual([]);
    expect(opened.foreignRequests).toEqual([]);
  });
});
