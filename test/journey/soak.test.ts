import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tableOf } from "../soak/flat.ts";
import { handOut } from "../soak/handing-out.ts";
import { lookAround, settle } from "../soak/looking.ts";
import { MemoryWatch } from "../soak/memory.ts";
import { openOneAfterTheOther, type Queued } from "../soak/queue.ts";
import { LARGE_SLIDE, writeLargeSlide } from "../support/made-slides/large.ts";
import { namedWorkers } from "../support/named-workers.ts";
import { tissuePng } from "./made-files.ts";
import { finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";

const MADE = new URL("../fixtures/slides/made/", import.meta.url).pathname;

/** Part of the full length (`npm run soak`) that every test run goes through. */
const IN_EVERY_RUN = 0.1;
const FACTOR = Number(process.env["PALISADE_SOAK_FACTOR"] ?? IN_EVERY_RUN);
const isFull = FACTOR === 1;

const GESTURES = Math.round(1000 * FACTOR);
const QUEUE_ROUNDS = Math.max(4, Math.round(20 * FACTOR));
const HAND_OUTS = Math.max(8, Math.round(200 * FACTOR));

/** Generous: nothing here is about time. */
const LIMIT_MS = 120_000 + 7_200_000 * FACTOR;

/** The steps build on one another, as a long day does. */
describe(`a long use, ${FACTOR} of its full length`, () => {
  let browser: Browser;
  let opened: OpenedPage;
  let folder: string;
  let queue: readonly Queued[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "palisade-soak-"));
    await writeLargeSlide(join(folder, "large.svs"), { isWrittenOut: isFull });
    const section = tissuePng("section.png", 400, 300);
    await writeFile(join(folder, section.name), section.buffer);
    queue = [
      { path: join(MADE, "jpeg-ycbcr-420.tif"), analyzeAt: null },
      { path: join(folder, section.name), analyzeAt: "10" },
      { path: join(MADE, "jpeg2000-rgb.svs"), analyzeAt: null },
    ];
    browser = await launchBrowser();
    opened = await openPage(browser);
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  it(
    `pans and zooms ${GESTURES} times over a slide of real size and its map, with flat memory`,
    async () => {
      const { page } = opened;
      const parts = partsOf(page);
      const path = join(folder, "large.svs");
      await parts.file.setInputFiles(path);
      await page.locator(".bar-name", { hasText: "large.svs" }).waitFor();
      await settle(page);
      await parts.analyze.and(page.locator(":enabled")).click();
      await finishRun(page, LIMIT_MS);
      const watch = await MemoryWatch.open(browser, page);
      await lookAround(page, GESTURES, watch);
      const { width0, height0 } = LARGE_SLIDE;
      const megabytes = Math.round((await stat(path)).size / 1e6);
      expectFlat(`${GESTURES} pans and zooms, ${width0} x ${height0} pixels, ${megabytes} MB`, watch);
    },
    LIMIT_MS,
  );

  it(
    `changes theme, palette and threshold and hands out a file ${HAND_OUTS} times, with flat memory`,
    async () => {
      const watch = await MemoryWatch.open(browser, opened.page);
      await handOut(opened.page, HAND_OUTS, watch);
      expectFlat(`${HAND_OUTS} files handed out`, watch);
    },
    LIMIT_MS,
  );

  it(
    `opens ${QUEUE_ROUNDS * 3} slides one after the other, with flat memory and no worker left behind`,
    async () => {
      const watch = await MemoryWatch.open(browser, opened.page);
      await openOneAfterTheOther(opened.page, queue, QUEUE_ROUNDS, watch);
      expectFlat(`${QUEUE_ROUNDS * queue.length} slides opened, ${QUEUE_ROUNDS} of them analyzed`, watch);
      // The run worker waits for the next run; each slide has one reader.
      const names = (await namedWorkers(opened.page)).map(({ name }) => name);
      expect(names.sort()).toEqual(["analysis", "slide"]);
    },
    LIMIT_MS,
  );

  it("does all that without a complaint", () => {
    expect(opened.complaints).toEqual([]);
    expect(opened.foreignRequests).toEqual([]);
  });
});

function expectFlat(title: string, watch: MemoryWatch): void {
  const judged = watch.judged();
  process.stdout.write(`\n${tableOf(title, judged)}\n`);
  expect(judged.filter(({ isFlat }) => !isFlat).map(({ name, first, last }) => ({ name, first, last }))).toEqual([]);
}
