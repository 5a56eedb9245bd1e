import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tissuePng } from "./made-files.ts";
import { finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";

describe("without a mouse", () => {
  let browser: Browser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    opened = await openPage(browser);
    // File dialogs are caught while somebody listens; to listen only as the key is pressed is too late on a busy machine.
    opened.page.on("filechooser", () => {});
  });
  afterAll(() => browser.close());

  it("the first visit can be walked with Tab", async () => {
    const { page } = opened;
    await partsOf(page).openSlide.waitFor();
    const names: string[] = [];
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press("Tab");
      names.push((await page.evaluate(() => document.activeElement?.textContent)) ?? "");
    }
    const first = names.indexOf("Open slide");
    expect(names.slice(first, first + 2)).toEqual(["Open slide", "Demo slide"]);
  });

  it("O asks for a file, ? lists the keys, Esc puts the list away", async () => {
    const { page } = opened;
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("o")]);
    await chooser.setFiles(tissuePng("keys.png", 400, 300));
    await partsOf(page).pixelSize.waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("keys typed into a field stay in the field", async () => {
    const { page } = opened;
    const { pixelSize } = partsOf(page);
    await pixelSize.focus();
    await page.keyboard.type("10");
    expect(await pixelSize.inputValue()).toBe("10");
    await page.keyboard.press("Enter");
    await page.locator("main").click({ position: { x: 300, y: 700 } });
  });

  it("A analyzes, T and G move the threshold, H holds the map away, D folds the panel", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await page.keyboard.press("a");
    await finishRun(page);
    const start = Number(await parts.threshold.inputValue());
    await page.keyboard.press("t");
    expect(Number(await parts.threshold.inputValue())).toBeCloseTo(start + 0.01);
    await page.keyboard.press("Shift+T");
    await page.keyboard.press("g");
    expect(Number(await parts.threshold.inputValue())).toBeCloseTo(start - 0.01);
    await parts.threshold.fill("0");
    await page.locator("main").click({ position: { x: 300, y: 700 } });
    const painted = () =>
      page.locator("canvas.stage-map").evaluate((canvas: HTMLCanvasElement) =>
        canvas
          .getContext("2d")
          ?.getImageData(0, 0, canvas.width, canvas.height)
          .data.some((value) => value !== 0),
      );
    await expect.poll(painted).toBe(true);
    await page.keyboard.down("h");
    expect(await painted()).toBe(false);
    await page.keyboard.up("h");
    expect(await painted()).toBe(true);
    await page.keyboard.press("d");
    expect(await parts.analyze.count()).toBe(0);
    await page.keyboard.press("d");
    expect(await parts.analyze.count()).toBe(1);
  });

  it("numbers go to magnifications and back to the whole slide", async () => {
    const { page } = opened;
    const magnification = page.locator(".status-magnification");
    const whole = await magnification.textContent();
    await page.keyboard.press("2");
    await expect.poll(() => magnification.textContent()).toBe("2x");
    await page.keyboard.press("7");
    await expect.poll(() => magnification.textContent()).toBe(whole);
  });
});
