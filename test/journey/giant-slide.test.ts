import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startJpegEncoder } from "../../tools/demo-slide/jpeg.ts";
import { giantSparse } from "../support/made-slides/giant-sparse.ts";
import { tissueTile } from "../support/made-slides/tissue-tile.ts";
import { writeSparse } from "../support/made-slides/write-sparse.ts";
import { rendererMemory } from "../support/renderer-memory.ts";
import { launchBrowser, openPage, partsOf } from "./open-page.ts";

/** Above the page's memory at rest. */
const MOST_MEMORY = 300 * 1024 * 1024;

let browser: Browser;
let folder: string;
let streams: Uint8Array<ArrayBuffer>[];
beforeAll(async () => {
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), "palisade-giant-"));
  const encode = await startJpegEncoder(80);
  streams = [await encode(tissueTile(1)), await encode(tissueTile(2))];
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

describe("a slide of 200,000 x 200,000 pixels on the reader's disk", () => {
  it.each([
    ["with a pyramid", true],
    ["without one", false],
  ])("%s shows its tissue, within 300 MB", async (_, hasPyramid) => {
    const path = join(folder, `giant-${hasPyramid}.tif`);
    await writeSparse(path, giantSparse({ hasPyramid, streams }));
    const { page, context, complaints } = await openPage(browser);
    const parts = partsOf(page);
    await page.waitForLoadState("networkidle");
    const rest = await rendererMemory(browser);
    await parts.file.setInputFiles(path);
    await page
      .getByText(/200,000/)
      .first()
      .waitFor();
    await expect.poll(() => tissuePixels(page), { timeout: 60_000 }).toBeGreaterThan(40);
    await page.locator(".status-loading").waitFor({ state: "detached" });
    const after = await rendererMemory(browser);
    if (rest && after) expect(after.most - rest.now).toBeLessThan(MOST_MEMORY);
    expect(complaints).toEqual([]);
    expect(await parts.alert.count()).toBe(0);
    await context.close();
  });
});

/** Pixels of the stage in the pink and purple of the made tissue. */
function tissuePixels(page: Page): Promise<number> {
  return page.evaluate(() => {
    const drawn = document.querySelector<HTMLCanvasElement>(".openseadragon-canvas canvas");
    const data = drawn?.getContext("2d")?.getImageData(0, 0, drawn.width, drawn.height).data ?? [];
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = [data[i], data[i + 1], data[i + 2], data[i + 3]];
      if (alpha === 255 && red > green + 20 && blue > green + 10 && green > 50) count++;
    }
    return count;
  });
}
