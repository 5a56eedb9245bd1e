import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { findWebKit } from "../support/find-webkit.ts";
import { openInWebKit, type WebKitPage } from "../webkit/launch.ts";
import { tissuePng } from "./made-files.ts";
import { finishRun, launchBrowser, openPage, partsOf } from "./open-page.ts";

/** Null: skipped by name. */
const webKit = findWebKit();
const PICTURE = tissuePng("section.png", 500, 400);
const MPP = "20";
const RUN_LIMIT_MS = 300_000;

const FIELD = `[...document.querySelectorAll("label")].find((l) => l.textContent.trim() === "Pixel size (µm/px)")?.querySelector("input")`;
const buttonNamed = (name: string) =>
  `[...document.querySelectorAll("button")].find((b) => b.textContent.includes(${JSON.stringify(name)}))`;
const NECROSIS = `document.querySelector("[role=status][aria-label=Necrosis]").textContent`;

async function necrosisInChromium(): Promise<string | null> {
  const browser = await launchBrowser();
  try {
    const { page } = await openPage(browser);
    const parts = partsOf(page);
    await parts.file.setInputFiles(PICTURE);
    await parts.pixelSize.fill(MPP);
    await parts.pixelSize.press("Enter");
    await parts.analyze.click();
    await finishRun(page, RUN_LIMIT_MS);
    return await parts.necrosis.textContent();
  } finally {
    await browser.close();
  }
}

/** One journey: what a WebKit that is driven by WebDriver alone lets a test see. */
describe.skipIf(webKit === null)("in WebKit, the page", () => {
  let page: WebKitPage;

  beforeAll(async () => {
    if (webKit) page = await openInWebKit(webKit, inject("pageUrl"));
  });
  afterAll(() => page?.close());

  it("opens a slide and draws it", async () => {
    await page.giveFile(PICTURE);
    await page.until(`document.querySelector(".bar-name")?.textContent.includes("section.png") === true`);
    await page.until(`!document.body.innerText.includes("Reading tiles")`);
    await page.until(`(() => {
      const canvas = document.querySelector(".stage-slide .openseadragon-canvas canvas");
      const copy = document.createElement("canvas").getContext("2d");
      copy.drawImage(canvas, 0, 0, 64, 64);
      const { data } = copy.getImageData(0, 0, 64, 64);
      return new Set(Array.from({ length: 64 * 64 }, (_, i) => data[4 * i] * 256 + data[4 * i + 1])).size > 100;
    })()`);
  });

  it(
    "analyzes it in wasm, to the same numbers as Chromium does",
    async () => {
      await page.evaluate(`${FIELD}.select()`);
      await page.type(FIELD, MPP);
      await page.until(`${buttonNamed("Analyze")}.disabled === false`);
      await page.evaluate(`${buttonNamed("Analyze")}.click()`);
      await page.until(`${buttonNamed("Export GeoJSON")}?.disabled === false`, RUN_LIMIT_MS);
      expect(await page.evaluate(`document.querySelector("[role=status][aria-label=Backend]").textContent`)).toMatch(
        /^WASM: .{8,}/,
      );
      expect(await page.evaluate(NECROSIS)).toBe(await necrosisInChromium());
      expect(await page.evaluate(`document.querySelectorAll("[role=alert]").length`)).toBe(0);
    },
    2 * RUN_LIMIT_MS,
  );
});
