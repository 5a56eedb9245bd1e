import { join } from "node:path";
import type { Browser } from "playwright";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { RESEARCH_USE_NOTICE } from "../../src/engine/base/research-use.ts";
import { type Firefox, launchFirefox, type Preferences } from "../firefox/launch.ts";
import { FirefoxPage } from "../firefox/page.ts";
import { findFirefox } from "../support/find-firefox.ts";
import { encodeRestartJpeg } from "../support/made-slides/restart-jpeg.ts";
import { checkGeoJson } from "./check-geojson.ts";
import { type MadeFile, tissuePng } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, openPage, partsOf } from "./open-page.ts";
import { readConfidenceTiff } from "./read-confidence-tiff.ts";

/** Null: skipped by name. */
const executable = findFirefox();
const inFirefox = describe.skipIf(executable === null);

const MADE = new URL("../fixtures/slides/made/", import.meta.url).pathname;
const PICTURE = tissuePng("section.png", 500, 400);
/** Said to be so coarse that a run has some parts. */
const MPP = "40";
const RUN_LIMIT_MS = 200_000;

/** Of a confidence: two compilers of the same wasm. */
const TOLERANCE = 1e-5;

const RUN_IS_DONE = `[...document.querySelectorAll("button")].find((b) => b.textContent.includes("Export GeoJSON"))?.disabled === false`;

/** As many colours as tissue has; a blank stage has one. */
const COLOURS = `(() => {
  const canvas = document.querySelector(".stage-slide .openseadragon-canvas canvas");
  const copy = new OffscreenCanvas(64, 64).getContext("2d");
  copy.drawImage(canvas, 0, 0, 64, 64);
  const { data } = copy.getImageData(0, 0, 64, 64);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
  return seen.size;
})()`;

async function launch(preferences: Preferences = {}) {
  const firefox = await launchFirefox(executable ?? "", preferences);
  return { firefox, page: await FirefoxPage.open(firefox, inject("pageUrl")) };
}

async function giveSlide(page: FirefoxPage): Promise<void> {
  await page.giveFiles([PICTURE]);
  await page.until(`document.querySelector(".bar-name")?.textContent.includes("section.png") === true`);
}

async function analyze(page: FirefoxPage): Promise<void> {
  await page.type("Pixel size (µm/px)", MPP);
  await page.press("Analyze");
  await page.until(RUN_IS_DONE, RUN_LIMIT_MS);
}

async function mapOf(page: FirefoxPage): Promise<readonly number[]> {
  const { bytes } = await page.downloadOf("Export confidence", ".tif");
  return (await readConfidenceTiff(bytes)).values;
}

async function mapInChromium(browser: Browser): Promise<readonly number[]> {
  const { page } = await openPage(browser);
  const parts = partsOf(page);
  await parts.file.setInputFiles(PICTURE);
  await parts.pixelSize.fill(MPP);
  await parts.pixelSize.press("Enter");
  await parts.analyze.click();
  await finishRun(page, RUN_LIMIT_MS);
  const { bytes } = await downloadOf(page, "Export confidence");
  return (await readConfidenceTiff(bytes)).values;
}

/** Decoded by the browser, where a PNG is read by the page itself. */
function jpegPicture(name: string, width: number, height: number): MadeFile {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) data.set([200, 110 + ((i * 7) % 60), 170, 255], i * 4);
  const { bytes } = encodeRestartJpeg({ width, height, data }, { restartInterval: 0 });
  return { name, mimeType: "image/jpeg", buffer: Buffer.from(bytes) };
}

/** The steps build on one another, as in demo.test.ts. */
inFirefox("in Firefox, the page", () => {
  let firefox: Firefox;
  let page: FirefoxPage;
  let chromium: Browser;
  let map: readonly number[];

  beforeAll(async () => {
    chromium = await launchBrowser();
    ({ firefox, page } = await launch());
  });
  afterAll(() => Promise.all([firefox?.close(), chromium?.close()]));

  it("opens, and says what this is and that it is for research only", async () => {
    await page.hasText(/never leaves your computer/);
    expect(await page.text("body")).toContain(RESEARCH_USE_NOTICE);
  });

  it("shows a slide that is given to it, and moves it", async () => {
    await giveSlide(page);
    await page.until(`${COLOURS} > 100`);
    const scale = await page.text(".status-scale");
    await page.wheel(500, 400, -360);
    await page.until(`document.querySelector(".status-scale").textContent !== ${JSON.stringify(scale)}`);
    await page.drag([500, 400], [420, 360]);
    await page.until(`!document.body.innerText.includes("Reading tiles")`);
    expect(await page.evaluate<number>(COLOURS)).toBeGreaterThan(100);
  });

  it.each(["jpeg-ycbcr-420.tif", "jpeg2000-rgb.svs", "webp.tif", "jpegxl.tif", "lerc-zstd.tif"])(
    "shows the tiles of %s",
    async (name) => {
      await page.givePaths([join(MADE, name)]);
      await page.until(`document.querySelector(".bar-name")?.textContent.includes("${name}") === true`);
      await page.until(`!document.body.innerText.includes("Reading tiles") && ${COLOURS} > 20`);
      expect(await page.evaluate<number>(`document.querySelectorAll("[role=alert]").length`)).toBe(0);
    },
  );

  it(
    "analyzes to the same map as Chromium does, with the reason for what computes",
    async () => {
      await giveSlide(page);
      await analyze(page);
      expect(await page.text("[role=status][aria-label=Backend]")).toMatch(/^WASM: .{8,}/);
      map = await mapOf(page);
      const other = await mapInChromium(chromium);
      expect(map).toHaveLength(other.length);
      const differences = map
        .map((value, i) => Math.abs(value - (other[i] ?? 0)))
        .filter((value) => !Number.isNaN(value));
      expect(map.map(Number.isNaN)).toEqual(other.map(Number.isNaN));
      expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
    },
    2 * RUN_LIMIT_MS,
  );

  it("hands out its files", async () => {
    const geojson = await page.downloadOf("Export GeoJSON", ".geojson");
    checkGeoJson(geojson.bytes.toString("utf8"));
    const csv = await page.downloadOf("Export CSV", ".csv");
    expect(csv.bytes.toString("utf8")).toContain(RESEARCH_USE_NOTICE);
    const picture = await page.downloadOf("Export image", ".png");
    expect(picture.bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  });

  it("has the slide's result again after a reload, when the slide is given again", async () => {
    await page.reload();
    await page.hasText(/never leaves your computer/);
    await giveSlide(page);
    await page.until(RUN_IS_DONE);
    expect(await mapOf(page)).toEqual(map);
  });

  it(
    "misses a worker that is gone at once, and ends with the same map",
    async () => {
      await page.press("Analyze");
      await page.until(`Number(document.querySelector("[role=progressbar]").ariaValueNow) % 100 > 0`);
      expect(await page.endWorker("analysis")).toBe(true);
      await page.until(RUN_IS_DONE, RUN_LIMIT_MS);
      expect(await mapOf(page)).toEqual(map);
      await page.hasText(/The run stopped working once and went on by itself/);
      expect(await page.endWorker("slide")).toBe(true);
      await page.downloadOf("Export image", ".png");
      await page.hasText(/The slide reader stopped working and was started again; nothing was lost\./);
    },
    RUN_LIMIT_MS,
  );

  it("did all that without a complaint", () => {
    expect(page.complaints).toEqual([]);
  });
});

inFirefox("in a private window of Firefox, the page", () => {
  let firefox: Firefox;
  let page: FirefoxPage;

  beforeAll(async () => {
    ({ firefox, page } = await launch({ "browser.privatebrowsing.autostart": true }));
  });
  afterAll(() => firefox?.close());

  it(
    "opens a slide, analyzes it and hands out a file, without a complaint",
    async () => {
      await giveSlide(page);
      await analyze(page);
      expect((await mapOf(page)).length).toBeGreaterThan(100);
      expect(page.complaints).toEqual([]);
    },
    RUN_LIMIT_MS,
  );
});

inFirefox("in a Firefox that falsifies canvas pixels against tracking, the page", () => {
  let firefox: Firefox;
  let page: FirefoxPage;

  beforeAll(async () => {
    ({ firefox, page } = await launch({ "privacy.resistFingerprinting": true }));
  });
  afterAll(() => firefox?.close());

  it("shows a slide, and says in a sentence why it cannot analyze it", async () => {
    await page.giveFiles([jpegPicture("section.jpg", 200, 150)]);
    await page.until(`document.querySelector(".bar-name")?.textContent.includes("section.jpg") === true`);
    await page.type("Pixel size (µm/px)", MPP);
    await page.press("Analyze");
    await page.until(`document.querySelector("[role=alert]") !== null`);
    expect(await page.text("[role=alert]")).toMatch(/this browser falsifies what a page reads from a canvas/);
  });
});

inFirefox("the decoders of Firefox", () => {
  let firefox: Firefox;
  let page: FirefoxPage;
  let server: ViteDevServer;

  beforeAll(async () => {
    server = await createServer({ server: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
    await server.listen();
    firefox = await launchFirefox(executable ?? "");
    page = await FirefoxPage.open(firefox, `${server.resolvedUrls?.local[0]}test/firefox/decoders.html`);
    await page.until("typeof greatestDifference === 'function'");
  }, RUN_LIMIT_MS);
  afterAll(() => Promise.all([firefox?.close(), server?.close()]));

  // As in test/browser/slide-decoders.test.ts: both are libjpeg; the browser may interpolate halved chroma in its own way.
  it.each([
    ["jpeg-rgb.tif", 2],
    ["jpeg-grey.tif", 2],
    ["jpeg-ycbcr-444.tif", 2],
    ["jpeg-ycbcr-422.tif", 8],
    ["jpeg-ycbcr-420.tif", 8],
    ["jpeg-tables-strips.tif", 8],
    ["orientation-6.jpg", 2],
    ["rgb.png", 0],
    ["palette-4.png", 0],
    ["grey-16.png", 1],
  ])("read %s as the ones in wasm do, within %i levels", async (name, tolerance) => {
    expect(await page.evaluate<number>(`greatestDifference("${name}")`)).toBeLessThanOrEqual(tolerance);
  });
});
