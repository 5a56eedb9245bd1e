import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright";
import { smallPng } from "./small-png.ts";

export const FOLDER = new URL("../../docs/images/", import.meta.url);
export const DEMO = fileURLToPath(new URL("../../public/demo/synthetic-gbm.tif", import.meta.url));
export const TRUTH = fileURLToPath(new URL("../../public/demo/synthetic-gbm-truth.png", import.meta.url));
export const RUN_LIMIT_MS = 120_000;

const WIDE = { width: 1280, height: 800 };
/** So high that every section of the dock is seen whole. */
export const HIGH = { width: 1280, height: 1500 };
/** The dock with a strip of the stage: pictures of tissue are heavy. */
export const DOCK = { x: 720, y: 0, width: 560, height: 800 } as const;
const NARROW = { width: 390, height: 844 };
/** Movements have come to rest by then. */
const REST_MS = 700;
/** Buttons have taken the colours of the other theme by then. */
const TURN_MS = 250;

export interface Studio {
  readonly browser: Browser;
  readonly address: string;
}

/** A part of the page to be pictured: all that is in sight, an element, or a rectangle in CSS pixels. */
export type Frame =
  | Locator
  | { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export interface PageOptions {
  readonly size?: "wide" | "high" | "narrow";
  /** Called before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** The built page with empty storage, once it knows what computes. */
export async function openPage({ browser, address }: Studio, options: PageOptions = {}): Promise<Page> {
  const viewport = { wide: WIDE, high: HIGH, narrow: NARROW }[options.size ?? "wide"];
  const context = await browser.newContext({ viewport, serviceWorkers: "block" });
  const page = await context.newPage();
  page.setDefaultTimeout(RUN_LIMIT_MS);
  await options.prepare?.(page);
  await page.goto(address);
  await page
    .getByRole("status", { name: "Backend" })
    .getByText(/WASM|WebGPU/)
    .waitFor();
  return page;
}

/** Dark as NAME.png and light as NAME-light.png. What is in passing is not waited for. */
export async function keep(page: Page, name: string, frame?: Frame, isPassing = false): Promise<void> {
  if (!isPassing) await page.waitForTimeout(REST_MS);
  const dark = await take(page, frame);
  await turnTheme(page);
  await page.waitForTimeout(isPassing ? TURN_MS : REST_MS);
  const light = await take(page, frame);
  await turnTheme(page);
  await write(name, dark);
  await write(`${name}-light`, light);
}

/** One section of the dock, unfolded. */
export async function keepSection(page: Page, title: string, name: string, isPassing = false): Promise<void> {
  const section = sectionOf(page, title);
  await unfold(section);
  await keep(page, name, section, isPassing);
}

export function sectionOf(page: Page, title: string): Locator {
  return page
    .locator("details.section")
    .filter({ has: page.getByRole("heading", { name: title, exact: true, includeHidden: true }) });
}

export async function unfold(section: Locator): Promise<void> {
  if ((await section.getAttribute("open")) === null) await section.locator("summary").first().click();
}

/** Pictures of any section, one after the other. */
export async function keepSections(page: Page, names: Readonly<Record<string, string>>): Promise<void> {
  for (const [title, name] of Object.entries(names)) await keepSection(page, title, name);
}

export async function write(name: string, png: Uint8Array): Promise<void> {
  const small = smallPng(png);
  await writeFile(new URL(`${name}.png`, FOLDER), small);
  process.stderr.write(`${name}: ${Math.round(small.length / 1024)} KiB\n`);
}

export async function openDemo(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Demo slide" }).click();
  await readyToRun(page);
}

export async function openFile(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.getByLabel("Slide file").setInputFiles(file);
}

export async function readyToRun(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Analyze" }).and(page.locator(":enabled")).waitFor();
  await page.getByText("Reading tiles").waitFor({ state: "detached" });
}

export async function analyze(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Analyze" }).and(page.locator(":enabled")).click();
}

/** Until a run is at so many percent, and its numbers are there. */
export async function untilPercent(page: Page, least: number): Promise<void> {
  await page.getByRole("status", { name: "Necrosis" }).getByText("so far").waitFor();
  await page.waitForFunction((percent) => {
    const bar = document.querySelector("[role=progressbar]");
    return Number(bar?.getAttribute("aria-valuenow")) >= percent;
  }, least);
}

/** Pauses a run as soon as it has numbers, from within the page: a busy machine would come too late. */
export async function pauseEarly(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const hasNumbers = document.querySelector(".result .tag") !== null;
    const pause = [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.trim() === "Pause");
    if (hasNumbers) pause?.click();
    return hasNumbers && pause !== undefined;
  });
  await page.getByRole("button", { name: "Go on", exact: true }).waitFor();
}

export async function finishRun(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Export CSV" }).and(page.locator(":enabled")).waitFor();
}

/** A hand that rests on the slide, so that the status line has something to say. */
export async function pointAt(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.move(x + 2, y + 2);
}

/** Leaves more of the stage empty, and the picture smaller. */
export async function zoomOut(page: Page, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.press("-");
}

async function take(page: Page, frame: Frame | undefined): Promise<Buffer> {
  if (!frame) return await page.screenshot();
  if ("x" in frame) return await page.screenshot({ clip: frame });
  return await frame.screenshot();
}

/** As a press would, without moving the pointer or the focus: what is open stays open. */
async function turnTheme(page: Page): Promise<void> {
  const button = page.locator(".bar-buttons").getByRole("button", {
    name: /^(Light theme|Dark theme|Helle Ansicht|Dunkle Ansicht)$/,
    includeHidden: true,
  });
  await button.evaluate((element: HTMLElement) => element.click());
}
