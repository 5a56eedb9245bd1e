import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GERMAN } from "../../src/app/words/german.ts";
import { RESEARCH_USE_NOTICE } from "../../src/engine/base/research-use.ts";
import { tissueTiff } from "./made-files.ts";
import { launchBrowser, type OpenedPage, openPage } from "./open-page.ts";

const RUN_LIMIT_MS = 90_000;

/** Names stay as they are: of models, palettes, formats, and the fields and words of the file itself. */
const NAMES = new Set([
  "Necrosis, low power",
  "Tissue classes, low power",
  "Haemorrhage at 20x",
  "Necrosis, the paper's last layer (dense)",
  "Necrosis, the paper's last layer (patch by patch)",
  "Cividis",
  "Inferno",
  "gzip",
  "centimeter",
  "JPEG",
  "deflate",
  "PNG",
  "Fall 1.tif",
]);
const FIELD_OF_FILE = /^tiff\.\w+$/;
const DATE = /^\d+\. \p{L}+\.? \d{4}$/u;

describe("the page in German, with everything done and unfolded", () => {
  let browser: Browser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    opened = await openPage(browser);
    const { page } = opened;
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("button", { name: "Schnitt öffnen" }).waitFor();
  });
  afterAll(() => browser.close());

  it.each([
    ["the demo slide", async (page: Page) => await page.getByRole("button", { name: "Demoschnitt" }).click()],
    [
      "an own slide without a pixel size",
      async (page: Page) => {
        await page.locator("input[type=file]").setInputFiles(tissueTiff("Fall 1.tif", 300, 200, null));
        await page.getByLabel("Pixelgröße (µm/px)").fill("10");
        await page.getByLabel("Pixelgröße (µm/px)").press("Enter");
      },
    ],
  ])("says nothing in English beside %s but names", async (_, open) => {
    const { page, complaints } = opened;
    await open(page);
    await page.getByRole("button", { name: "Analysieren" }).and(page.locator(":enabled")).click();
    await page.getByText(/^Fertig in/).waitFor({ timeout: RUN_LIMIT_MS });
    await unfoldAll(page);
    const texts = await textsOf(page);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((text) => !isUnderstood(text))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

async function unfoldAll(page: Page): Promise<void> {
  await page.locator(".dock details").evaluateAll((all) => {
    for (const one of all) (one as HTMLDetailsElement).open = true;
  });
}

/** Each text that stands in the side panel, but those of the slide's file, once. */
async function textsOf(page: Page): Promise<string[]> {
  const all = await page.locator(".dock").evaluate((dock) => {
    const walker = document.createTreeWalker(dock, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.replace(/\s+/g, " ").trim() ?? "";
      const isOfFile = node.parentElement?.closest(".properties dd, .file-name, [lang=en]") != null;
      if (text !== "" && !isOfFile) texts.push(text);
    }
    return texts;
  });
  return [...new Set(all)];
}

const SENTENCES = [...Object.values(GERMAN.page), ...Object.values(GERMAN.heard), ...Object.values(GERMAN.errors)];
const WHOLE = new Set(SENTENCES);
/** Those that have words of their own around what is put in. */
const PATTERNS = SENTENCES.filter((one) => /\{0\}/.test(one) && /\p{L}{3,}/u.test(one)).map(patternOf);

/** As a whole, or as a list of what is. */
function isUnderstood(text: string): boolean {
  return [[text], text.split(/, | · /)].some((parts) => parts.every((part) => isGerman(part) || isName(part)));
}

/** One of the catalogue's sentences, with or without values in it. */
function isGerman(text: string): boolean {
  return WHOLE.has(text) || PATTERNS.some((pattern) => pattern.test(text));
}

function patternOf(sentence: string): RegExp {
  return new RegExp(`^${sentence.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\d+\}/g, ".+?")}$`, "s");
}

/** A number with its unit, a mark, a name, or the sentence that stands in every language. */
function isName(text: string): boolean {
  if (NAMES.has(text) || FIELD_OF_FILE.test(text) || DATE.test(text) || text === RESEARCH_USE_NOTICE) return true;
  const rest = text.replace(/\d+ (?:µm\/px|px|mm²|mm|µm|%|x|s|[kMG]B)(?!\p{L})|\d+x/gu, "");
  return !/\p{L}{2,}/u.test(rest);
}
