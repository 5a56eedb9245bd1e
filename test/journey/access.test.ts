import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsOf } from "./axe.ts";
import { tissuePng } from "./made-files.ts";
import { finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";

const LOOKS = ["Dark theme", "Light theme"] as const;

/** One page all the way: the steps build on one another. In each state axe looks at both themes and at high contrast. */
describe("the page for everyone", () => {
  let browser: Browser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    opened = await openPage(browser);
  });
  afterAll(() => browser.close());

  async function expectNoViolation(page: Page): Promise<void> {
    for (const look of LOOKS) {
      const button = page.getByRole("button", { name: look });
      if (await button.count()) await button.click();
      expect(await violationsOf(page), look).toEqual([]);
      await page.getByRole("button", { name: "High contrast" }).click();
      expect(await violationsOf(page), `${look}, high contrast`).toEqual([]);
      await page.getByRole("button", { name: "High contrast" }).click();
    }
  }

  it("has no fault that axe knows when nothing is open", async () => {
    await partsOf(opened.page).demoSlide.waitFor();
    await expectNoViolation(opened.page);
  });

  it("has none with the list of keys", async () => {
    await opened.page.getByRole("button", { name: "Keyboard keys" }).click();
    await expectNoViolation(opened.page);
    await opened.page.keyboard.press("Escape");
  });

  it("has none with a slide that has no pixel size", async () => {
    const { page } = opened;
    await partsOf(page).file.setInputFiles(tissuePng("small.png", 300, 200));
    await partsOf(page).pixelSize.waitFor();
    await expectNoViolation(page);
  });

  it("has none with a file that cannot be opened", async () => {
    const { page } = opened;
    const buffer = Buffer.from("Dear colleague, ".repeat(20));
    await partsOf(page).file.setInputFiles({ name: "letter.svs", mimeType: "application/octet-stream", buffer });
    await partsOf(page).alert.waitFor();
    await expectNoViolation(page);
    await page.getByRole("button", { name: "Dismiss" }).click();
  });

  it("has none while a run goes on, while it pauses, and when it is done", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await parts.demoSlide.click();
    await parts.analyze.and(page.locator(":enabled")).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await expectNoViolation(page);
    await page.keyboard.press("w");
    await finishRun(page);
    const folded = page.locator("details.section:not([open]) > summary");
    while (await folded.count()) await folded.first().click();
    await expectNoViolation(page);
  });
});
