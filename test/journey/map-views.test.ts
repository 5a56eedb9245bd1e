import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";

/** Where the slide lies on the page, by the numbers under the slide. */
async function coordinatesAt(page: Page, x: number, y: number): Promise<{ readonly x0: number; readonly y0: number }> {
  await page.mouse.move(x, y);
  await page.mouse.move(x + 1, y);
  await page.waitForTimeout(100);
  const text = await page.locator(".status").innerText();
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1]?.replaceAll(",", "") ?? Number.NaN);
  return { x0: number(/x ([\d,]+)/), y0: number(/y ([\d,]+)/) };
}

describe("the map beside and through the tissue", () => {
  let browser: Browser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    opened = await openPage(browser);
    const { page } = opened;
    await partsOf(page).demoSlide.click();
    await partsOf(page).analyze.and(page.locator(":enabled")).click();
    await finishRun(page);
  });
  afterAll(() => browser.close());

  it("mouse and wheel on the left half move both in step, about the place under the pointer", async () => {
    const { page } = opened;
    await page.keyboard.press("v");
    await page.locator(".stage-twin canvas").waitFor();
    await page.waitForTimeout(1200);
    const twin = await page.locator(".stage-twin").boundingBox();
    const own = await page.locator(".stage-slide").boundingBox();
    if (!twin || !own) throw new Error("no panes");
    const spot = { x: twin.x + twin.width * 0.4, y: twin.y + twin.height * 0.45 };
    const before = await coordinatesAt(page, spot.x, spot.y);
    const across = await coordinatesAt(page, spot.x - twin.x + own.x, spot.y);
    expect(Math.abs(across.x0 - before.x0)).toBeLessThan(25);
    expect(Math.abs(across.y0 - before.y0)).toBeLessThan(25);
    await page.mouse.move(spot.x, spot.y);
    for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -120);
    await page.waitForTimeout(1200);
    const zoomed = await coordinatesAt(page, spot.x, spot.y);
    expect(Math.abs(zoomed.x0 - before.x0)).toBeLessThan(40);
    expect(Math.abs(zoomed.y0 - before.y0)).toBeLessThan(40);
    await page.mouse.move(spot.x, spot.y);
    await page.mouse.down();
    await page.mouse.move(spot.x + 60, spot.y + 30, { steps: 6 });
    await page.mouse.up();
    await page.waitForTimeout(1200);
    const dragged = await coordinatesAt(page, spot.x + 60 - twin.x + own.x, spot.y + 30);
    expect(Math.abs(dragged.x0 - zoomed.x0)).toBeLessThan(40);
    expect(Math.abs(dragged.y0 - zoomed.y0)).toBeLessThan(40);
    await page.keyboard.press("Escape");
    expect(await page.locator(".stage-twin canvas").count()).toBe(0);
  });

  it("the spyglass follows the pointer, and the look stays over a reload", async () => {
    const { page } = opened;
    await page.keyboard.press("7");
    await page.keyboard.press("s");
    await page.getByRole("status", { name: "View of the map" }).getByText("In the ring").waitFor();
    const alphaUnder = (x: number, y: number) =>
      page.locator("canvas.stage-map").evaluate(
        (canvas: HTMLCanvasElement, [clientX, clientY]) => {
          const box = canvas.getBoundingClientRect();
          const scale = canvas.width / box.width;
          return canvas
            .getContext("2d")
            ?.getImageData((clientX! - box.left) * scale, (clientY! - box.top) * scale, 1, 1).data[3];
        },
        [x, y],
      );
    // In the large necrosis of the demo slide at the upper left.
    const spot = { x: 300, y: 300 };
    await page.mouse.move(700, 600);
    await page.mouse.move(705, 600);
    await page.waitForTimeout(1000);
    expect(await alphaUnder(spot.x, spot.y)).toBeGreaterThan(40);
    await page.mouse.move(spot.x + 20, spot.y);
    await page.waitForTimeout(300);
    expect(await alphaUnder(spot.x, spot.y)).toBe(0);
    await page.keyboard.press("s");
    await page.keyboard.press("c");
    await page.keyboard.press("c");
    expect(await page.locator("#map-look").inputValue()).toBe("hatching");
    await page.waitForTimeout(300);
    await page.reload();
    await partsOf(page).demoSlide.click();
    await expect.poll(() => page.locator("#map-look").inputValue(), { timeout: 20_000 }).toBe("hatching");
    expect(opened.complaints).toEqual([]);
  });
});
