/**
 * Makes the pictures of docs/images from the built page: `npx tsx tools/screenshots.ts [wide] [narrow] [classes] [slide-class] [result]`, all
 * groups unless some are named. Needs a browser, as the tests do (test/support/find-chromium.ts), and nothing else. Look at every picture before committing it.
 */
import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright";
import { build, preview } from "vite";
import { openSlideFile } from "../src/cli/open-slide.ts";
import { encodePng } from "../src/cli/write-output.ts";
import { chromiumFlags, findChromium } from "../test/support/find-chromium.ts";

const FOLDER = new URL("../docs/images/", import.meta.url);
const TRUTH = new URL("../public/demo/synthetic-gbm-truth.png", import.meta.url);
const DEMO = fileURLToPath(new URL("../public/demo/synthetic-gbm.tif", import.meta.url));
const RUN_LIMIT_MS = 120_000;
const PICTURED_PERCENT = 60;

await mkdir(FOLDER, { recursive: true });
await build({ logLevel: "warn" });
const server = await preview({ preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
const address = server.resolvedUrls?.local[0] ?? "";
const found = await findChromium();
const browser = await chromium.launch({
  executablePath: found.executablePath,
  args: [...chromiumFlags(), ...found.args],
});
try {
  const groups = {
    wide: takeWidePictures,
    narrow: takeNarrowPicture,
    classes: takeClassPictures,
    "slide-class": takeSlideClassPictures,
    result: takeResultPictures,
  };
  const asked = process.argv.slice(2);
  for (const [name, take] of Object.entries(groups))
    if (asked.length === 0 || asked.includes(name)) await take(browser);
} finally {
  await browser.close();
  await server.close();
}

async function takeWidePictures(launched: Browser): Promise<void> {
  const page = await launched.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page
    .getByRole("status", { name: "Backend" })
    .getByText(/WASM|WebGPU/)
    .waitFor();
  await keep(page, "empty");
  await openDemo(page);
  await keep(page, "demo-before");
  await page.getByRole("button", { name: "Analyze" }).click();
  await page.getByRole("status", { name: "Necrosis" }).getByText("so far").waitFor({ timeout: RUN_LIMIT_MS });
  await page.waitForFunction((percent) => {
    const bar = document.querySelector("[role=progressbar]");
    return Number(bar?.getAttribute("aria-valuenow")) >= percent;
  }, PICTURED_PERCENT);
  await keep(page, "demo-during");
  await finishRun(page);
  await page.mouse.move(640, 420);
  await page.mouse.move(642, 422);
  await keep(page, "demo-after");
  await takeFigures(page);
  await page.getByRole("button", { name: "Light theme" }).click();
  await keep(page, "light");
  await page.getByRole("button", { name: "Dark theme" }).click();
  const letter = {
    name: "letter.svs",
    mimeType: "application/octet-stream",
    buffer: Buffer.from("Dear colleague, ".repeat(20)),
  };
  await page.getByLabel("Slide file").setInputFiles(letter);
  await page.getByRole("alert").waitFor();
  await keep(page, "error");
  await page.close();
}

/** The paper's Fig. 5 and Fig. 6 of the demo slide, as the page hands them out, and the page beside them. */
async function takeFigures(page: Page): Promise<void> {
  for (const title of ["Slide", "Analysis", "Necrosis", "Neurons"]) await fold(page, title);
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByRole("button", { name: "Search again" }).waitFor({ timeout: RUN_LIMIT_MS });
  await page.locator(".neuron-patches button").nth(1).click();
  await keep(page, "neurons");
  await page.locator(".neuron-patches button").nth(1).click();
  await download(page, "Neurons as PNG", "figure-5");
  await fold(page, "Neurons");
  await fold(page, "Compare");
  await page.getByRole("button", { name: "Whole slide" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open outlines" }).click();
  await (await chooser).setFiles(fileURLToPath(TRUTH));
  await page.getByRole("status", { name: "Comparison" }).waitFor();
  await keep(page, "compare");
  await download(page, "Overlay as PNG", "figure-6");
  await page.getByRole("button", { name: "Remove" }).click();
  await fold(page, "Compare");
  for (const title of ["Slide", "Analysis", "Necrosis"]) await fold(page, title);
}

async function fold(page: Page, title: string): Promise<void> {
  await page.locator("summary").filter({ hasText: title }).first().click();
}

async function download(page: Page, button: string, name: string): Promise<void> {
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  await (await file).saveAs(fileURLToPath(new URL(`${name}.png`, FOLDER)));
}

async function takeNarrowPicture(launched: Browser): Promise<void> {
  const page = await launched.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(address);
  await openDemo(page);
  await page.getByRole("button", { name: "Analyze" }).click();
  await finishRun(page);
  await page.getByRole("status", { name: "Necrosis" }).scrollIntoViewIfNeeded();
  await keep(page, "narrow");
  await page.close();
}

/** All classes in their colours, dark; one of them, light; and the table on a narrow page. */
async function takeClassPictures(launched: Browser): Promise<void> {
  const page = await launched.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await openDemo(page);
  await page.getByLabel("Model").selectOption({ label: "Tissue classes, low power" });
  await page.getByText("Model card").waitFor();
  await page.getByRole("button", { name: "Analyze" }).click();
  await finishRun(page);
  await page.mouse.move(640, 420);
  await page.mouse.move(642, 422);
  await page.getByRole("status", { name: "All classes" }).scrollIntoViewIfNeeded();
  await keep(page, "classes");
  await page.getByLabel("Map of").selectOption({ label: "Cellular tumour" });
  await page.getByRole("button", { name: "Light theme" }).click();
  await keep(page, "class-light");
  await page.getByLabel("Map of").selectOption({ label: "All classes" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("status", { name: "All classes" }).scrollIntoViewIfNeeded();
  await keep(page, "classes-narrow");
  await page.close();
}

/** The class of a piece of the demo slide with its patches: dark, one patch gone to; light; narrow. */
async function takeSlideClassPictures(launched: Browser): Promise<void> {
  const page = await launched.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  const buffer = Buffer.from(encodePng(await demoPiece()));
  await page.getByLabel("Slide file").setInputFiles({ name: "demo-piece.png", mimeType: "image/png", buffer });
  await page.getByLabel("Model").selectOption({ label: "Haemorrhage at 20x" });
  await page.getByText("Model card").waitFor();
  await page.getByLabel("Pixel size (µm/px)").fill("0.5");
  await page.getByRole("button", { name: "Analyze" }).and(page.locator(":enabled")).click();
  await finishRun(page);
  await page.getByRole("status", { name: "Class" }).scrollIntoViewIfNeeded();
  await keep(page, "slide-class");
  await page.locator(".patches button").first().click();
  await page.getByRole("button", { name: "Light theme" }).click();
  await keep(page, "slide-class-light");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("status", { name: "Class" }).scrollIntoViewIfNeeded();
  await keep(page, "slide-class-narrow");
  await page.close();
}

/** What goes into a result file, the file opened without its slide, dark and light, and what running it again says. */
async function takeResultPictures(launched: Browser): Promise<void> {
  const page = await launched.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await openDemo(page);
  await page.getByRole("button", { name: "Analyze" }).click();
  await finishRun(page);
  for (const title of ["Slide", "Analysis"]) await fold(page, title);
  await page.getByLabel("With a larger picture").check();
  const button = page.getByRole("button", { name: "Result file" });
  await button.scrollIntoViewIfNeeded();
  await keep(page, "result-export");
  await page.getByLabel("With a larger picture").uncheck();
  const waiting = page.waitForEvent("download");
  await button.click();
  const buffer = await readFile(await (await waiting).path());
  await page.close();

  const other = await launched.newPage({ viewport: { width: 1280, height: 800 } });
  await other.goto(address);
  const file = { name: "result.palisade", mimeType: "application/octet-stream", buffer };
  await other.getByLabel("Slide file").setInputFiles(file);
  await other.getByText("result only").waitFor();
  await keep(other, "result-alone");
  await other.getByRole("button", { name: "Light theme" }).click();
  await keep(other, "result-alone-light");
  await other.getByRole("button", { name: "Dark theme" }).click();
  await other.getByLabel("Slide file").setInputFiles(DEMO);
  const again = other.getByRole("button", { name: "Run again and compare" });
  await again.and(other.locator(":enabled")).click();
  const verdict = other.getByRole("status", { name: "Comparison of runs" });
  await verdict.waitFor({ timeout: RUN_LIMIT_MS });
  await verdict.scrollIntoViewIfNeeded();
  await keep(other, "result-compared");
  await other.setViewportSize({ width: 390, height: 844 });
  await verdict.scrollIntoViewIfNeeded();
  await keep(other, "result-narrow");
  await other.close();
}

/** 1500 x 1200 pixels from the middle of the demo slide. */
async function demoPiece() {
  const slide = await openSlideFile(DEMO);
  try {
    return await slide.readRegion({ x0: 1700, y0: 1400, width: 1500, height: 1200, level: 0 });
  } finally {
    slide.close();
  }
}

async function openDemo(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Demo slide" }).click();
  await page.getByRole("button", { name: "Analyze" }).and(page.locator(":enabled")).waitFor();
  await page.getByText("Reading tiles").waitFor({ state: "detached" });
}

async function finishRun(page: Page): Promise<void> {
  const exportButton = page.getByRole("button", { name: "Export CSV" });
  await exportButton.and(page.locator(":enabled")).waitFor({ timeout: RUN_LIMIT_MS });
}

/** After movements have come to rest. */
async function keep(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(name === "demo-during" ? 50 : 900);
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, FOLDER)) });
}
