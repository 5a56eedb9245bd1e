import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MadePlane, omeXml, planesTiff } from "../support/made-slides/ome.ts";
import { launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";

let browser: Browser;
let opened: OpenedPage;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openPage(browser);
});
afterEach(() => opened.context.close());

/** Two evenly lit channels, red of a third of its light and green of all, whose light swaps on the upper of two planes. */
function cells(): { readonly name: string; readonly mimeType: string; readonly buffer: Buffer } {
  const size = { width: 600, height: 400 };
  const channels = [
    { name: "Red one", colour: [255, 0, 0] as const },
    { name: "Green one", colour: [0, 255, 0] as const },
  ];
  const description = omeXml([{ ...size, type: "uint16", channels, sizeZ: 2, umX: 0.5, umY: 0.5, umZ: 1 }]);
  // The first column spans the range from 0 to 3000, so that the light of the rest is the same on every plane.
  const plane = (value: number, index: number): MadePlane => ({
    ...size,
    kind: "uint16",
    value: (x) => (x < 24 ? 3000 * (x & 1) : value),
    ...(index === 0 ? { description } : {}),
  });
  const buffer = Buffer.from(planesTiff([1000, 3000, 3000, 1000].map(plane)));
  return { name: "cells.ome.tif", mimeType: "image/tiff", buffer };
}

/** The colour in the middle of the stage, as it is drawn. */
async function middle(page: Page): Promise<readonly number[]> {
  return await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>(".stage-slide canvas");
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return [];
    return [...context.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data.slice(0, 3)];
  });
}

async function expectMiddle(page: Page, colour: readonly number[]): Promise<void> {
  await expect.poll(() => middle(page), { timeout: 20_000 }).toEqual(colour);
}

describe("a fluorescence image", () => {
  it("is shown in its channels' light, which the panel changes in place, and is not analyzed", async () => {
    const { page, complaints } = opened;
    const parts = partsOf(page);
    await parts.file.setInputFiles(cells());
    await expectMiddle(page, [85, 255, 0]);
    expect(await parts.analyze.isDisabled()).toBe(true);
    await page.getByText("A fluorescence image with 2 channels").first().waitFor();

    await page.keyboard.press("+");
    const scale = () => page.locator(".status-scale").textContent();
    await expect.poll(scale).not.toBe("");
    await page.waitForTimeout(1000);
    const before = await scale();
    await page.getByRole("checkbox", { name: "Green one" }).uncheck();
    await expectMiddle(page, [85, 0, 0]);
    await page.getByLabel("Colour of Red one", { exact: true }).fill("#0000ff");
    await expectMiddle(page, [0, 0, 85]);
    await page.getByRole("textbox", { name: "Full colour of Red one", exact: true }).fill("2000");
    await page.keyboard.press("Tab");
    await expectMiddle(page, [0, 0, 128]);
    expect(await scale()).toBe(before);

    await page.keyboard.press(".");
    await expectMiddle(page, [0, 0, 255]);
    await page.getByRole("button", { name: "Show as the file says" }).click();
    await expectMiddle(page, [255, 85, 0]);
    expect(complaints).toEqual([]);
  });
});
