import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/engine/base/random.ts";
import { endWorker } from "../soak/end-worker.ts";
import { settle } from "../soak/looking.ts";
import { writeLargeSlide } from "../support/made-slides/large.ts";
import { tissuePng } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";
import { readConfidenceTiff } from "./read-confidence-tiff.ts";

/** Said to be so coarse that its run has some sixty parts. */
const PICTURE = tissuePng("wide.png", 700, 520);
const MPP = "60";
/** Threads of which the page uses half. */
const TWO_WORKERS = 4;
const RUN_LIMIT_MS = 200_000;

let browser: Browser;
let opened: OpenedPage;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openPage(browser, { hardwareThreads: TWO_WORKERS });
});
afterEach(() => opened.context.close());

async function startRun(page: Page): Promise<void> {
  const parts = partsOf(page);
  await parts.file.setInputFiles(PICTURE);
  await parts.pixelSize.fill(MPP);
  await parts.pixelSize.press("Enter");
  await parts.analyze.click();
}

async function mapOf(page: Page): Promise<readonly number[]> {
  const { bytes } = await downloadOf(page, "Export confidence");
  return (await readConfidenceTiff(bytes)).values;
}

function percentDone(page: Page): Promise<number> {
  return partsOf(page).progress.getAttribute("aria-valuenow").then(Number);
}

describe("a run whose workers are ended at random, every few seconds", () => {
  let undisturbed: readonly number[];

  beforeAll(async () => {
    const { page, context } = await openPage(browser, { hardwareThreads: TWO_WORKERS });
    await startRun(page);
    await finishRun(page, RUN_LIMIT_MS);
    undisturbed = await mapOf(page);
    await context.close();
  }, RUN_LIMIT_MS);

  it.each([
    {
      title: "those that compute",
      kind: "inference",
      ends: 4,
      note: /An analysis worker stopped working on .+ computed again/,
    },
    {
      title: "the one that leads the run",
      kind: "analysis",
      ends: 2,
      note: /The run stopped working 2 times and went on by itself/,
    },
  ])(
    "has the same map bit for bit, and says what happened: $title",
    async ({ kind, ends, note }) => {
      const { page } = opened;
      const random = seededRandom(3);
      await startRun(page);
      let before = 0;
      for (let ended = 0; ended < ends; ) {
        // Each time it has got further: a computer that kills faster than it computes never ends.
        await expect.poll(() => percentDone(page), { timeout: 60_000, interval: 100 }).toBeGreaterThan(before);
        await page.waitForTimeout(500 * random());
        before = await percentDone(page);
        expect(before).toBeLessThan(100);
        if (await endWorker(page, kind, random)) ended++;
      }
      await finishRun(page, RUN_LIMIT_MS);
      expect(await mapOf(page)).toEqual(undisturbed);
      await page.getByText(note).waitFor();
      expect(await partsOf(page).alert.count()).toBe(0);
      expect(opened.complaints).toEqual([]);
    },
    2 * RUN_LIMIT_MS,
  );
});

describe("a slide reader that is ended while someone looks around", () => {
  let folder: string;
  let path: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "palisade-faults-"));
    path = join(folder, "large.svs");
    await writeLargeSlide(path, { isWrittenOut: false });
  }, RUN_LIMIT_MS);
  afterAll(() => rm(folder, { recursive: true }));

  /** Looks at places one after the other; `before` happens ahead of each. Returns the stage as it is in the end. */
  async function lookAt(page: Page, before: () => Promise<unknown>): Promise<string> {
    await partsOf(page).file.setInputFiles(path);
    await page.locator(".bar-name", { hasText: "large.svs" }).waitFor();
    await settle(page);
    await page.mouse.move(500, 400);
    for (let place = 0; place < 6; place++) {
      await before();
      await page.mouse.wheel(0, -360);
      await settle(page);
    }
    // Movements come to rest before the picture is taken.
    await page.waitForTimeout(600);
    await settle(page);
    const canvas = page.locator(".stage-slide .openseadragon-canvas canvas").first();
    return await canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL());
  }

  it("is started again: every tile comes back, and a sentence says so", async () => {
    const calm = await openPage(browser);
    const expected = await lookAt(calm.page, async () => {});
    await calm.context.close();
    const { page } = opened;
    const seen = await lookAt(page, () => endWorker(page, "slide"));
    expect(seen === expected).toBe(true);
    await page
      .getByRole("status", { name: "Notice" })
      .getByText("The slide reader stopped working and was started again; nothing was lost.")
      .waitFor();
    expect(await partsOf(page).alert.count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  });
});

describe("a viewer whose WebGL is taken away", () => {
  it("shows the slide again", async () => {
    // As a browser with a graphics card has it; here it is drawn in software.
    await opened.context.addInitScript(() => {
      const { getContext } = HTMLCanvasElement.prototype;
      const made: unknown[] = [];
      Reflect.set(window, "madeWebGl", made);
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, options?: object) {
        const wishes = { ...options, failIfMajorPerformanceCaveat: false };
        const context = Reflect.apply(getContext, this, [kind, wishes]);
        if (kind.startsWith("webgl") && context) made.push(context);
        return context;
      } as typeof getContext;
      const { getParameter } = WebGL2RenderingContext.prototype;
      WebGL2RenderingContext.prototype.getParameter = function (name) {
        const value: unknown = Reflect.apply(getParameter, this, [name]);
        return typeof value === "string" && /swiftshader|llvmpipe|software/i.test(value) ? "a card" : value;
      };
    });
    const { page } = opened;
    await page.reload();
    await partsOf(page).demoSlide.click();
    await partsOf(page).analyze.and(page.locator(":enabled")).waitFor();
    await settle(page);
    const lost = await page.evaluate(() => {
      const made: WebGLRenderingContext[] = Reflect.get(window, "madeWebGl");
      const living = made.filter((context) => !context.isContextLost());
      for (const context of living) context.getExtension("WEBGL_lose_context")?.loseContext();
      return living.length;
    });
    expect(lost).toBeGreaterThan(0);
    await page.mouse.move(500, 400);
    await page.mouse.wheel(0, -360);
    await page.waitForTimeout(600);
    await settle(page);
    // Tissue has many colours; a blank stage has one.
    const colours = await page
      .locator(".stage-slide .openseadragon-canvas canvas")
      .first()
      .evaluate((element: HTMLCanvasElement) => {
        const copy = new OffscreenCanvas(64, 64);
        const context = copy.getContext("2d");
        context?.drawImage(element, 0, 0, 64, 64);
        const { data } = context?.getImageData(0, 0, 64, 64) ?? { data: [] };
        return new Set(Array.from({ length: 64 * 64 }, (_, i) => `${data[4 * i]},${data[4 * i + 1]}`)).size;
      });
    expect(colours).toBeGreaterThan(100);
    expect(await partsOf(page).alert.count()).toBe(0);
  });
});
