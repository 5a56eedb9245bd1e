import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoPiece, readDemo } from "../support/made-slides/demo-levels.ts";
import type { MadeFile } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, type OpenedPage, openPage, partsOf, readNecrosis } from "./open-page.ts";

const COUNT = 5;

/** An hour in a laboratory as far as this version goes: the steps build on one another. */
describe("five slides of a laboratory, without painting and training in the page, which are not built yet", () => {
  let browser: Browser;
  let opened: OpenedPage;
  let slides: MadeFile[];
  let saved: { readonly name: string; readonly bytes: Buffer };

  beforeAll(async () => {
    const demo = await readDemo();
    slides = Array.from({ length: COUNT }, (_, i) => ({
      name: `H26-${200 + i} Quillfeather.tif`,
      mimeType: "image/tiff",
      buffer: demoPiece(demo, { col: 2 * (i % 4), row: 2 + 3 * Math.floor(i / 4), cols: 2, rows: 3 }),
    }));
    browser = await launchBrowser();
    opened = await openPage(browser);
  });
  afterAll(() => browser.close());

  it("are opened at once, listed as they came, and worked through in order", async () => {
    const { page } = opened;
    await partsOf(page).file.setInputFiles(slides);
    await waitForList(page, `0 done, ${COUNT} waiting`);
    expect(await page.locator(".queued-name").allTextContents()).toEqual(slides.map(({ name }) => name));
    const orderOfWork = await watchOrder(page);
    await page.getByRole("button", { name: "Start the list" }).click();
    await waitForList(page, `${COUNT} done`);
    expect(await orderOfWork()).toEqual(slides.map(({ name }) => name));
  });

  it("stand in the table with their results, and a key sorts them by percent", async () => {
    const { page } = opened;
    await page.getByRole("button", { name: "Table of results" }).press("Enter");
    const table = page.getByRole("table", { name: "Results of all slides" });
    await table.waitFor();
    const heading = table.getByRole("columnheader", { name: "Of tissue" });
    expect(await percents(page)).toHaveLength(COUNT);
    await tabTo(page, "Of tissue");
    await page.keyboard.press("Enter");
    expect(await heading.getAttribute("aria-sort")).toBe("ascending");
    const rising = await percents(page);
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(new Set(rising).size).toBeGreaterThan(2);
    await page.keyboard.press("Enter");
    expect(await heading.getAttribute("aria-sort")).toBe("descending");
    expect(await percents(page)).toEqual(rising.toReversed());
  });

  it("are saved as a table that names no file", async () => {
    const { page } = opened;
    const shown = await percents(page);
    const { name, bytes } = await downloadOf(page, "Save the table (CSV)");
    const [head = "", ...lines] = bytes.toString("utf8").trimEnd().split("\r\n");
    expect(lines).toHaveLength(COUNT);
    expect(`${name} ${bytes.toString("utf8")}`).not.toMatch(/quillfeather|H26/i);
    const column = head.split(",").indexOf("necrosis_percent_of_tissue");
    const written = lines.map((line) => Number(Number(line.split(",")[column]).toFixed(1)));
    expect(written.toSorted((a, b) => b - a)).toEqual(shown);
    await page.keyboard.press("Escape");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("are handed on one by one as a file", async () => {
    const { page } = opened;
    const [second] = slides.slice(1);
    await page.locator(".queued-open").filter({ hasText: second!.name }).click();
    await page.locator(".bar-name", { hasText: second!.name }).waitFor();
    await finishRun(page);
    saved = await downloadOf(page, "Result file");
    expect(saved.name).toMatch(/^result [0-9a-f]{8}\.palisade$/);
    expect(opened.complaints).toEqual([]);
    expect(opened.foreignRequests).toEqual([]);
  });

  it("are read by a colleague who has the file alone, and confirmed once the slide is there", async () => {
    const numbers = await readNecrosis(partsOf(opened.page).necrosis);
    const { page, context, complaints } = await openPage(browser);
    const parts = partsOf(page);
    await parts.file.setInputFiles({ name: saved.name, mimeType: "", buffer: saved.bytes });
    await page.getByText("result only").waitFor();
    await expect.poll(() => readNecrosis(parts.necrosis)).toEqual(numbers);
    const again = page.getByRole("button", { name: "Run again and compare" });
    expect(await again.isDisabled()).toBe(true);
    await parts.file.setInputFiles({ ...slides[1]!, name: "as the colleague calls it.tif" });
    await again.and(page.locator(":enabled")).click();
    await page
      .getByRole("status", { name: "Comparison of runs" })
      .getByText(/^Confirmed\. Identical/)
      .waitFor({ timeout: 90_000 });
    expect(complaints).toEqual([]);
    await context.close();
  });
});

async function waitForList(page: Page, words: string): Promise<void> {
  await page.getByRole("status", { name: "List" }).getByText(words, { exact: true }).waitFor({ timeout: 100_000 });
}

/** Collects the names of the slides in the order in which they are done. */
async function watchOrder(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const done: string[] = [];
    Reflect.set(window, "doneInOrder", done);
    const look = () => {
      for (const row of document.querySelectorAll(".queued.is-done .queued-name")) {
        const name = row.textContent ?? "";
        if (!done.includes(name)) done.push(name);
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  return () => page.evaluate("doneInOrder");
}

/** Of the rows of the table, as they stand. */
async function percents(page: Page): Promise<number[]> {
  const cells = await page.locator(".queue-table tbody tr > td:nth-of-type(1)").allTextContents();
  return cells.map((text) => Number.parseFloat(text));
}

/** As a keyboard goes there. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.textContent))?.includes(name)) return;
  }
  throw new Error(`Tab does not come to "${name}".`);
}
