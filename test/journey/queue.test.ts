import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MadeFile, textFile, tissueTiff } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";

/** The model's own. */
const MPP = 10;
const ONE_WORKER = 2;
const LONG_MS = 420_000;

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

function slides(count: number): MadeFile[] {
  return Array.from({ length: count }, (_, i) => tissueTiff(`case ${i + 1}.tif`, 100 + i, 80, MPP, i + 1));
}

/** Ends in the middle of its pixels. */
function brokenSlide(name: string): MadeFile {
  const whole = tissueTiff(name, 120, 80, MPP, 99);
  return { ...whole, buffer: whole.buffer.subarray(0, whole.buffer.length >> 1) };
}

function rowOf(page: Page, name: string) {
  return page.locator(".queued").filter({ has: page.locator(".queued-name", { hasText: name }) });
}

function namesOf(page: Page): Promise<string[]> {
  return page.locator(".queued-name").allTextContents();
}

async function waitForList(page: Page, words: RegExp, timeout = LONG_MS): Promise<void> {
  await page.getByRole("status", { name: "List" }).filter({ hasText: words }).waitFor({ timeout });
}

describe("several slides", () => {
  it(
    "are analyzed one after the other: one that is broken and one without pixel size stop no other",
    async () => {
      const { page, complaints } = opened;
      const parts = partsOf(page);
      const name = "=Ærø 😀 – block 2.tif";
      await parts.file.setInputFiles([
        brokenSlide("broken.tif"),
        tissueTiff("no size.tif", 130, 90, null, 3),
        tissueTiff(name, 140, 90, MPP, 4),
        textFile("letter.txt"),
      ]);
      await waitForList(page, /0 done, 1 failed, 1 waiting, 1 held up/);
      await page.getByRole("status", { name: "Notice" }).filter({ hasText: '"letter.txt"' }).waitFor();
      // The first that opens is on the stage; another one of the list may be analyzed meanwhile.
      await page.locator(".bar-name", { hasText: "no size.tif" }).waitFor();
      await page.getByRole("button", { name: "Start the list" }).click();
      await waitForList(page, /1 done, 1 failed, 1 held up/);
      await page.locator(".bar-name", { hasText: "no size.tif" }).waitFor();

      await page.getByLabel("For all of them (µm/px)").fill(String(MPP));
      await page.getByRole("button", { name: "Take it, marked as assumed" }).click();
      await page.getByRole("button", { name: "Start the list" }).click();
      await waitForList(page, /2 done, 1 failed/);
      await finishRun(page);

      // Another one shows its map at once.
      await rowOf(page, name).locator(".queued-open").click();
      await page.locator(".bar-name", { hasText: name }).waitFor();
      await finishRun(page);
      await page.getByText(/^Kept from .*, done in/).waitFor();

      await page.getByRole("button", { name: "Table of results" }).click();
      const table = page.getByRole("table", { name: "Results of all slides" });
      await table.getByRole("row").filter({ hasText: "no size.tif" }).getByText("assumed").waitFor();
      await table
        .getByRole("row")
        .filter({ hasText: "broken.tif" })
        .getByText(/incomplete/)
        .waitFor();
      await table.getByRole("button", { name: "Name" }).click();
      expect(await table.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("ascending");

      const bare = (await downloadOf(page, "Save the table (CSV)")).bytes.toString("utf8");
      expect(bare).not.toMatch(/broken|no size|Ærø/);
      expect(bare.trimEnd().split("\r\n")).toHaveLength(4);
      await page.getByLabel("with file names").check();
      const named = (await downloadOf(page, "Save the table (CSV)")).bytes.toString("utf8");
      expect(named).toContain(`,'${name},`);
      expect(complaints).toEqual([]);
    },
    LONG_MS,
  );

  it(
    "may be forty, and the page is as it was afterwards",
    async () => {
      const { page, complaints } = opened;
      const parts = partsOf(page);
      await parts.file.setInputFiles(slides(40));
      await waitForList(page, /0 done, 40 waiting/);
      await page.getByRole("button", { name: "Start the list" }).click();
      await waitForList(page, /^[1-9]\d* done.*; about .* longer$/);
      await waitForList(page, /^40 done$/);
      // The page itself has a few; runs that left theirs behind would leave forty.
      await expect.poll(() => page.workers().length, { timeout: 20_000 }).toBeLessThanOrEqual(8);
      await rowOf(page, "case 17.tif").locator(".queued-open").click();
      await page.locator(".bar-name", { hasText: "case 17.tif" }).waitFor();
      await finishRun(page);
      expect(complaints).toEqual([]);
    },
    LONG_MS,
  );

  it("are put into another order by keyboard alone, and the keyboard stays with what it moved", async () => {
    const { page } = opened;
    await partsOf(page).file.setInputFiles(slides(3));
    await waitForList(page, /3 waiting/);
    await page.keyboard.press("q");
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe("queued-open");
    await page.keyboard.press("Alt+ArrowDown");
    expect(await namesOf(page)).toEqual(["case 2.tif", "case 1.tif", "case 3.tif"]);
    await page.keyboard.press("Alt+ArrowDown");
    expect(await namesOf(page)).toEqual(["case 2.tif", "case 3.tif", "case 1.tif"]);
    await page.getByRole("status", { name: "Order" }).getByText("case 1.tif: now 3 of 3").waitFor();
    await page.getByRole("button", { name: "Move case 3.tif up" }).press("Enter");
    expect(await namesOf(page)).toEqual(["case 3.tif", "case 2.tif", "case 1.tif"]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Move case 3.tif up");
  });

  it(
    "are gone on with after a reload, once their files are given again: what is done is done",
    async () => {
      const { page } = opened;
      const files = slides(6);
      await partsOf(page).file.setInputFiles(files);
      await waitForList(page, /6 waiting/);
      await page.getByRole("button", { name: "Start the list" }).click();
      await waitForList(page, /^2 done/);
      // What is kept rests for a moment before it is written.
      await page.waitForTimeout(1000);
      await page.reload();
      await waitForList(page, /^[2-5] done, [1-4] held up/);
      const before = Number(
        /^(\d) done/.exec((await page.getByRole("status", { name: "List" }).textContent()) ?? "")?.[1],
      );
      await partsOf(page).file.setInputFiles(files.toReversed());
      await waitForList(page, new RegExp(`^${before} done, ${6 - before} waiting`));
      await page.getByRole("button", { name: "Start the list" }).click();
      await waitForList(page, /^6 done$/);
      expect(await namesOf(page)).toEqual(files.map(({ name }) => name));
      await rowOf(page, "case 1.tif").locator(".queued-open").click();
      await page.locator(".bar-name", { hasText: "case 1.tif" }).waitFor();
      await finishRun(page);
      await page.getByText(/^Kept from .*, done in/).waitFor();
    },
    LONG_MS,
  );
});
