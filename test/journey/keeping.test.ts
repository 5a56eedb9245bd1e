import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { launchOnProfile, makeProfile } from "./killable-browser.ts";
import { tissuePng } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";
import { readConfidenceTiff } from "./read-confidence-tiff.ts";

/** Said to be so coarse that its run has some sixty parts: 700 x 520 px of 60 um are 4200 x 3120 px for the model. */
const PICTURE = tissuePng("wide.png", 700, 520);
const MPP = "60";
const ANOTHER = tissuePng("another.png", 300, 200);
const ONE_WORKER = 2;

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

async function giveSlide(page: Page): Promise<void> {
  await partsOf(page).file.setInputFiles(PICTURE);
  await partsOf(page).pixelSize.waitFor();
}

async function startRun(page: Page): Promise<void> {
  const parts = partsOf(page);
  await giveSlide(page);
  await parts.pixelSize.fill(MPP);
  await parts.pixelSize.press("Enter");
  await parts.analyze.click();
}

/** Parts of a run that lie in the page's database. */
function keptParts(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open("palisade");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const counting = database.transaction("checkpointParts").objectStore("checkpointParts").count();
          counting.onsuccess = () => {
            database.close();
            resolve(counting.result);
          };
        };
      }),
  );
}

async function waitForParts(page: Page, count: number): Promise<void> {
  await expect.poll(() => keptParts(page), { timeout: 90_000, interval: 200 }).toBeGreaterThanOrEqual(count);
}

function offerOf(page: Page) {
  return page.getByRole("button", { name: /^Go on with the analysis \(\d+ % done\)$/ });
}

async function mapOf(page: Page): Promise<readonly number[]> {
  const { bytes } = await downloadOf(page, "Export confidence");
  return (await readConfidenceTiff(bytes)).values;
}

/** Presses Go on and returns the share that was offered. */
async function goOn(page: Page): Promise<number> {
  const offer = offerOf(page);
  await offer.waitFor();
  const share = Number(/(\d+) %/.exec((await offer.textContent()) ?? "")?.[1]);
  await offer.click();
  return share;
}

describe("a run in the middle of which the page is gone", () => {
  let whole: readonly number[];

  beforeAll(async () => {
    const undisturbed = await openPage(browser, { hardwareThreads: ONE_WORKER });
    await startRun(undisturbed.page);
    await finishRun(undisturbed.page);
    whole = await mapOf(undisturbed.page);
    await undisturbed.context.close();
  });

  it("by a reload goes on from there and has the identical map", async () => {
    const { page } = opened;
    await startRun(page);
    await waitForParts(page, 1);
    await page.reload();
    await giveSlide(page);
    expect(await partsOf(page).pixelSize.inputValue()).toBe(MPP);
    const share = await goOn(page);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(100);
    await finishRun(page);
    expect(await mapOf(page)).toEqual(whole);
    expect(await keptParts(page)).toBe(0);
    expect(opened.complaints).toEqual([]);
    expect(opened.foreignRequests).toEqual([]);
  });

  it("by the death of the browser's process goes on from there and has the identical map", async () => {
    const profile = await makeProfile();
    try {
      const first = await launchOnProfile(profile.folder);
      await first.page.goto(inject("pageUrl"));
      await startRun(first.page);
      await waitForParts(first.page, 1);
      await first.kill();
      const second = await launchOnProfile(profile.folder);
      try {
        await second.page.goto(inject("pageUrl"));
        await giveSlide(second.page);
        expect(await goOn(second.page)).toBeGreaterThan(0);
        await finishRun(second.page);
        expect(await mapOf(second.page)).toEqual(whole);
      } finally {
        await second.kill();
      }
    } finally {
      await profile.remove();
    }
  });

  it("may be paused before, and says what is kept", async () => {
    const { page } = opened;
    await startRun(page);
    await waitForParts(page, 1);
    await page.keyboard.press("w");
    await page.getByText("Paused. What is finished is kept.").waitFor();
    await page.getByRole("button", { name: "Go on", exact: true }).click();
    await finishRun(page);
    expect(await mapOf(page)).toEqual(whole);
  });
});

describe("the list of recent slides", () => {
  it("brings a slide back with its result, refuses another file, and forgets", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.file.setInputFiles(ANOTHER);
    await parts.pixelSize.fill("10");
    await parts.pixelSize.press("Enter");
    await parts.analyze.click();
    await finishRun(page);
    await parts.threshold.fill("0.2");
    const words = await parts.necrosis.textContent();
    await page.getByText(/and kept\.$/).waitFor();
    await expect.poll(() => thresholdKept(page)).toBe(0.2);

    await page.reload();
    const item = page
      .getByRole("region", { name: "Recent" })
      .getByRole("button", { name: /another\.png/ })
      .first();
    await item.waitFor();
    expect(await item.textContent()).toMatch(/\d+ kB|\d+ B/);
    const chooser = page.waitForEvent("filechooser");
    await item.click();
    await (await chooser).setFiles(tissuePng("stranger.png", 200, 200));
    await parts.alert.filter({ hasText: 'found another one in "stranger.png"' }).waitFor();
    await page.getByRole("status", { name: "File asked for" }).getByText("another.png").waitFor();
    await parts.file.setInputFiles(ANOTHER);
    await page.getByText(/^Kept from .*, done in/).waitFor();
    expect(await parts.threshold.inputValue()).toBe("0.2");
    expect(await parts.necrosis.textContent()).toBe(words);
    expect(await parts.alert.count()).toBe(0);

    await page.locator("summary").filter({ hasText: "Recent" }).click();
    await page.getByRole("button", { name: "Forget everything" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Forget it all" }).click();
    await page.getByText("No slide is kept on this computer.").waitFor();
    const left = await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const files: string[] = [];
      for await (const name of (root as unknown as { keys(): AsyncIterable<string> }).keys()) files.push(name);
      return { databases: (await indexedDB.databases()).map(({ name }) => name), files };
    });
    expect(left).toEqual({ databases: [], files: [] });
    await page.reload();
    await parts.openSlide.waitFor();
    expect(await page.getByRole("region", { name: "Recent" }).count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  });
});

/** The threshold that lies in the page's database, of its one result. */
function thresholdKept(page: Page): Promise<unknown> {
  return page.evaluate(
    () =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open("palisade");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const getting = database.transaction("results").objectStore("results").getAll();
          getting.onsuccess = () => {
            database.close();
            const [record]: { threshold?: unknown }[] = getting.result;
            resolve(record?.threshold);
          };
        };
      }),
  );
}
