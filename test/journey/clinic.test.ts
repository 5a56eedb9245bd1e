import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RESEARCH_USE_NOTICE } from "../../src/engine/base/research-use.ts";
import { readDemo } from "../support/made-slides/demo-levels.ts";
import { realSizeSlide } from "../support/made-slides/real-size.ts";
import { writeSparse } from "../support/made-slides/write-sparse.ts";
import { type StaticServer, startStaticServer } from "../support/static-server.ts";
import { finishRun, launchBrowser, partsOf, readNecrosis } from "./open-page.ts";
import { readPdf } from "./read-pdf.ts";

const DIST = new URL("../../dist/", import.meta.url).pathname;
/** Sixty megabytes over a line that other tests use too. */
const KEPT_LIMIT_MS = 45_000;

/** Five minutes in a clinic, by keyboard but for the drop: the steps build on one another. */
describe("a slide of 2 GB without a network, from the drop to a printed page", () => {
  let browser: Browser;
  let server: StaticServer;
  let context: BrowserContext;
  let page: Page;
  let folder: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "palisade-clinic-"));
    await writeSparse(join(folder, "H26-100 A1.svs"), realSizeSlide(await readDemo()));
    browser = await launchBrowser();
    server = await startStaticServer(DIST);
    context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const first = await context.newPage();
    await first.goto(server.address);
    await first.getByRole("status", { name: "Offline" }).getByText("Offline ready").waitFor({ timeout: KEPT_LIMIT_MS });
    await first.close();
    await server.close();
    await context.setOffline(true);
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  it("opens when it is dropped, and shows its tissue and its scale", async () => {
    page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.addInitScript(() => {
      window.print = () => document.body.setAttribute("data-printed", "yes");
    });
    await page.goto(server.address);
    await partsOf(page).openSlide.waitFor();
    await drop(page, join(folder, "H26-100 A1.svs"));
    await page.locator(".bar-name", { hasText: "H26-100 A1.svs" }).waitFor();
    await page.locator(".bar-facts").getByText("40x").waitFor();
    await page.locator(".bar-facts").getByText("0.25 µm/px").waitFor();
    await page.getByText(/2\.\d+ GB/).waitFor();
    await page.getByText("Reading tiles").waitFor({ state: "detached" });
    await expect.poll(() => tissuePixels(page)).toBeGreaterThan(10_000);
  });

  it("is analyzed by A, and the map comes", async () => {
    await partsOf(page).analyze.and(page.locator(":enabled")).waitFor();
    await page.keyboard.press("a");
    await partsOf(page).cancel.waitFor();
    await finishRun(page);
    expect(await paintedCells(page)).toBeGreaterThan(1_000);
  });

  it("says its percent, and what it would be at a threshold a little lower and higher", async () => {
    const { percent } = await readNecrosis(partsOf(page).necrosis);
    const [low, high] = await readRange(page);
    expect(percent).toBeGreaterThan(1);
    expect(low).toBeLessThan(percent);
    expect(high).toBeGreaterThan(percent);
  });

  it("is walked with N: each place comes onto the stage and counts as seen", async () => {
    const { regions } = await readNecrosis(partsOf(page).necrosis);
    expect(regions).toBeGreaterThan(1);
    const whole = await shownScale(page);
    const seen = page.getByRole("status", { name: "Seen findings" });
    for (let place = 1; place <= Math.min(3, regions); place++) {
      await page.keyboard.press("n");
      await page.getByText(`${place} / ${regions}`).waitFor();
      await seen.getByText(`${place} of ${regions} seen`).waitFor();
      await expect.poll(() => shownScale(page)).toBeGreaterThan(whole);
      await expect.poll(() => middleIsPainted(page)).toBe(true);
    }
    expect(await page.locator(".finding.is-current").count()).toBe(1);
    await page.keyboard.press("p");
    await page.getByText(`${Math.min(3, regions) - 1} / ${regions}`).waitFor();
    await seen.getByText(`${Math.min(3, regions)} of ${regions} seen`).waitFor();
  });

  it("is printed by Ctrl+P on one page with the numbers, the light and the research-use sentence", async () => {
    const { percent, mm2, regions } = await readNecrosis(partsOf(page).necrosis);
    const range = await readRange(page);
    const light = /(green|amber|red): [a-z ]+/.exec((await page.locator(".light-tag").textContent()) ?? "")?.[0];
    expect(light).toBeDefined();
    await page.keyboard.press("Control+p");
    await page.locator("body[data-printed]").waitFor();
    const { pages, text, images } = await readPdf(await page.pdf({ format: "A4" }));
    expect(pages).toHaveLength(1);
    for (const words of [
      `${percent.toFixed(1)} % of the tissue`,
      `${range[0].toFixed(1)} % to ${range[1].toFixed(1)} %`,
      `${mm2} mm²`,
      `Foci ${regions}`,
      `Trust: ${light}`,
      RESEARCH_USE_NOTICE,
    ])
      expect(text).toContain(words);
    expect(text).not.toContain("H26-100");
    expect(images).toBeGreaterThanOrEqual(1 + Math.min(6, regions));
    await page.locator(".printed").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });
});

/** As the browser's own: from the desktop onto the stage. */
async function drop(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver"] as const)
    await session.send("Input.dispatchDragEvent", { type, x: 400, y: 400, data });
  await page.getByText("Drop to open. The slide stays on this computer.").waitFor();
  await session.send("Input.dispatchDragEvent", { type: "drop", x: 400, y: 400, data });
  await session.detach();
}

async function readRange(page: Page): Promise<readonly [low: number, high: number]> {
  const text = (await partsOf(page).necrosis.textContent()) ?? "";
  const [, low, high] = /Over ±0\.1: ([\d.]+) to ([\d.]+) %/.exec(text) ?? [];
  return [Number(low), Number(high)];
}

/** Of the slide's width, how many times the stage's. */
async function shownScale(page: Page): Promise<number> {
  return Number.parseFloat((await page.locator(".status-magnification").textContent()) ?? "");
}

/** Pixels of the stage in the pink and purple of stained tissue. */
function tissuePixels(page: Page): Promise<number> {
  return page.evaluate(() => {
    const drawn = document.querySelector<HTMLCanvasElement>(".stage-slide canvas");
    const data = drawn?.getContext("2d")?.getImageData(0, 0, drawn.width, drawn.height).data ?? [];
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [red = 0, green = 0, blue = 0] = [data[i], data[i + 1], data[i + 2]];
      if (red > green + 20 && blue > green + 10 && green > 50) count++;
    }
    return count;
  });
}

function paintedCells(page: Page): Promise<number> {
  return page.locator("canvas.stage-map").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) count++;
    return count;
  });
}

/** Whether the map lies in the middle fifth of the stage. */
function middleIsPainted(page: Page): Promise<boolean> {
  return page.locator("canvas.stage-map").evaluate((canvas: HTMLCanvasElement) => {
    const [width, height] = [Math.ceil(canvas.width / 5), Math.ceil(canvas.height / 5)];
    const { data } = canvas.getContext("2d")!.getImageData(2 * width, 2 * height, width, height);
    return data.some((value, i) => i % 4 === 3 && value > 0);
  });
}
