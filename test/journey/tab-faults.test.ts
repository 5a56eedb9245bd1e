import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { tissuePng } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";
import { readConfidenceTiff } from "./read-confidence-tiff.ts";

/** Said to be so coarse that its run has some sixty parts. */
const PICTURE = tissuePng("wide.png", 700, 520);
const MPP = "60";
const SHORT_MPP = "10";
const ONE_WORKER = 2;
const RUN_LIMIT_MS = 200_000;

let browser: Browser;
let opened: OpenedPage;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openPage(browser, { hardwareThreads: ONE_WORKER });
});
afterEach(() => opened.context.close());

async function startRun(page: Page, mpp: string): Promise<void> {
  const parts = partsOf(page);
  await parts.file.setInputFiles(PICTURE);
  await parts.pixelSize.fill(mpp);
  await parts.pixelSize.press("Enter");
  await parts.analyze.click();
}

async function mapOf(page: Page): Promise<readonly number[]> {
  const { bytes } = await downloadOf(page, "Export confidence");
  return (await readConfidenceTiff(bytes)).values;
}

async function anotherTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(inject("pageUrl"));
  return page;
}

function percentDone(page: Page): Promise<number> {
  return partsOf(page).progress.getAttribute("aria-valuenow").then(Number);
}

describe("a disk that is full", () => {
  it("does not stop a run: the page says so, goes on in memory and hands out the files", async () => {
    const { page, context, complaints } = opened;
    const session = await context.newCDPSession(page);
    await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(page.url()).origin, quotaSize: 1 });
    await startRun(page, SHORT_MPP);
    await finishRun(page, RUN_LIMIT_MS);
    await partsOf(page)
      .alert.getByText(/it stays in this tab\. Save it as a file before you close it, or forget older slides/)
      .waitFor();
    expect((await mapOf(page)).length).toBeGreaterThan(100);
    expect(complaints).toEqual([]);
  });
});

describe("two tabs on the same work", () => {
  it(
    "both end with the same map; the second says that it keeps nothing, until the first is done",
    async () => {
      const { page, context } = opened;
      await startRun(page, MPP);
      await expect.poll(() => percentDone(page), { timeout: 60_000 }).toBeGreaterThan(0);
      const second = await anotherTab(context);
      await startRun(second, MPP);
      const note = second.getByText("Another tab is at the same analysis and keeps it; this one keeps nothing of it");
      await note.waitFor();
      expect(await page.getByText("Another tab is at the same analysis").count()).toBe(0);
      await finishRun(page, RUN_LIMIT_MS);
      const first = await mapOf(page);
      await note.waitFor({ state: "detached", timeout: RUN_LIMIT_MS });
      await finishRun(second, RUN_LIMIT_MS);
      expect(await mapOf(second)).toEqual(first);
    },
    3 * RUN_LIMIT_MS,
  );
});

describe("a tab that is hidden", () => {
  it(
    "goes on with its run, and pauses where that was chosen until it is seen again",
    async () => {
      const { page } = opened;
      await startRun(page, MPP);
      await hide(page, true);
      const before = await percentDone(page);
      await expect.poll(() => percentDone(page), { timeout: 60_000 }).toBeGreaterThan(before);

      await page.getByText("Pause by itself").click();
      await page.getByLabel("While this tab is hidden").check();
      await page
        .locator(".run-words")
        .getByText(/^Paused while the tab is hidden/)
        .waitFor();
      // What was under way is finished; then nothing moves.
      await page.waitForTimeout(2_500);
      const paused = await percentDone(page);
      await page.waitForTimeout(2_500);
      expect(await percentDone(page)).toBe(paused);

      await hide(page, false);
      await finishRun(page, RUN_LIMIT_MS);
      expect(opened.complaints).toEqual([]);
    },
    2 * RUN_LIMIT_MS,
  );
});

/** What the browser tells a page that goes behind another; a headless one never does it by itself. */
async function hide(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => (hidden ? "hidden" : "visible"),
    });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, isHidden);
}
