import type { Locator, Page } from "playwright";
import { demoPiece, negative } from "./made-slides.ts";
import { openOutlines } from "./sections.ts";
import {
  analyze,
  DOCK,
  finishRun,
  HIGH,
  keep,
  keepSection,
  openDemo,
  openFile,
  openPage,
  pointAt,
  readyToRun,
  type Studio,
  sectionOf,
  unfold,
  write,
} from "./studio.ts";

/** All classes in their colours, and one of them. */
export async function takeClasses(studio: Studio): Promise<void> {
  const page = await openPage(studio);
  await openDemo(page);
  await page.getByLabel("Model").selectOption({ label: "Tissue classes, low power" });
  await page.getByText("Model card").waitFor();
  await analyze(page);
  await finishRun(page);
  await pointAt(page, 640, 420);
  await toTop(sectionOf(page, "All classes"));
  await keep(page, "classes", { x: 480, y: 0, width: 800, height: 800 });
  await page.setViewportSize(HIGH);
  await keepSection(page, "All classes", "classes-done");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByLabel("Map of").selectOption({ label: "Cellular tumour" });
  await keep(page, "class-one", DOCK);
  await page.context().close();
}

/** The class of a piece of the demo slide with its patches. */
export async function takeSlideClass(studio: Studio): Promise<void> {
  const page = await openPage(studio);
  await openFile(page, await demoPiece());
  await page.getByLabel("Model").selectOption({ label: "Haemorrhage at 20x" });
  await page.getByText("Model card").waitFor();
  await keepSection(page, "Class", "class-empty");
  await page.getByLabel("Pixel size (µm/px)").fill("0.5");
  await analyze(page);
  await finishRun(page);
  await toTop(sectionOf(page, "Class"));
  await keep(page, "slide-class", { x: 480, y: 0, width: 800, height: 800 });
  await page.setViewportSize(HIGH);
  await keepSection(page, "Class", "class-done");
  await page.context().close();
}

/** A slide unlike the training: Analyze asks first. */
export async function takeDoubt(studio: Studio): Promise<void> {
  const page = await openPage(studio, { size: "wide" });
  await openFile(page, await negative());
  await readyToRun(page);
  await page.getByRole("button", { name: "Analyze" }).click();
  await page.locator(".trust-question").waitFor();
  await keep(page, "trust-question", DOCK);
  await page.setViewportSize(HIGH);
  await keepSection(page, "Analysis", "analysis-asks");
  await keepSection(page, "Trust", "trust-red");
  await page.context().close();
}

/** The paper's Fig. 5 and Fig. 6 of the demo slide, as the page hands them out, and the page beside them. */
export async function takeFigures(studio: Studio): Promise<void> {
  const page = await openPage(studio);
  await openDemo(page);
  await analyze(page);
  await finishRun(page);
  await unfold(sectionOf(page, "Neurons"));
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByRole("button", { name: "Search again" }).waitFor();
  await page.locator(".neuron-patches button").nth(1).click();
  await page
    .locator(".neuron-patches button")
    .nth(1)
    .evaluate((button) => button.scrollIntoView({ block: "center" }));
  await keep(page, "neurons", DOCK);
  await download(page, "Neurons as PNG", "figure-5");
  await page.locator(".neuron-patches button").nth(1).click();
  await page.keyboard.press("7");
  await openOutlines(page);
  await page.getByRole("status", { name: "Comparison" }).waitFor();
  await page
    .getByRole("status", { name: "Comparison" })
    .evaluate((status) => status.scrollIntoView({ block: "center" }));
  await keep(page, "compare", DOCK);
  await download(page, "Overlay as PNG", "figure-6");
  await page.context().close();
}

async function toTop(part: Locator): Promise<void> {
  await part.evaluate((element) => element.scrollIntoView({ block: "start" }));
}

async function download(page: Page, button: string, name: string): Promise<void> {
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await file).createReadStream()) chunks.push(Buffer.from(chunk));
  await write(name, Buffer.concat(chunks));
}
