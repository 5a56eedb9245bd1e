import type { Browser, BrowserContext, Locator, Page } from "playwright";
import { inject } from "vitest";
import { chromiumFlags, findChromium } from "../support/find-chromium.ts";
import { launchPatiently } from "../support/patient-launch.ts";

/** Nothing but the test's own server can be reached: what needs another one fails. */
const OFFLINE = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"];

/** A real Chromium; `webgpu` gives it SwiftShader's adapter, without it there is none. Whoever launches it closes it. */
export async function launchBrowser(options: { readonly webgpu?: boolean } = {}): Promise<Browser> {
  const found = await findChromium();
  const flags = options.webgpu ? chromiumFlags({ webgpu: true }) : [...chromiumFlags(), "--disable-features=WebGPU"];
  return launchPatiently({ executablePath: found.executablePath, args: [...flags, ...OFFLINE, ...found.args] });
}

export interface OpenedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses outside the page's own origin that anything on it asked for. */
  readonly foreignRequests: readonly string[];
  /** Uncaught errors and console errors. */
  readonly complaints: readonly string[];
}

export interface OpenPageOptions {
  /** What the browser tells the page; the machine's own number otherwise. */
  readonly hardwareThreads?: number;
}

/** The built page in a context of its own, with empty storage. */
export async function openPage(browser: Browser, options: OpenPageOptions = {}): Promise<OpenedPage> {
  const address = inject("pageUrl");
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    acceptDownloads: true,
    // What is kept for offline use has journeys of its own, and would take its time in each of the others.
    serviceWorkers: "block",
  });
  const foreignRequests: string[] = [];
  const complaints: string[] = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    const isOwn = url.origin === new URL(address).origin || url.protocol === "blob:" || url.protocol === "data:";
    if (!isOwn) foreignRequests.push(request.url());
  });
  if (options.hardwareThreads !== undefined) {
    await context.addInitScript((threads) => {
      Object.defineProperty(navigator, "hardwareConcurrency", { get: () => threads });
    }, options.hardwareThreads);
  }
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(address);
  return { page, context, foreignRequests, complaints };
}

/** The page's parts by the names that other programs drive it by. */
export function partsOf(page: Page) {
  return {
    openSlide: page.getByRole("button", { name: "Open slide" }),
    demoSlide: page.getByRole("button", { name: "Demo slide" }),
    analyze: page.getByRole("button", { name: "Analyze" }),
    cancel: page.getByRole("button", { name: "Cancel" }),
    file: page.getByLabel("Slide file"),
    threshold: page.getByRole("slider", { name: "Threshold" }),
    opacity: page.getByRole("slider", { name: "Opacity" }),
    progress: page.getByRole("progressbar", { name: "Analysis" }),
    necrosis: page.getByRole("status", { name: "Necrosis" }),
    backend: page.getByRole("status", { name: "Backend" }),
    alert: page.getByRole("alert"),
    pixelSize: page.getByLabel("Pixel size (µm/px)"),
  } as const;
}

export interface NecrosisNumbers {
  readonly percent: number;
  readonly mm2: number;
  readonly regions: number;
}

/** What the status says, as numbers. */
export async function readNecrosis(status: Locator): Promise<NecrosisNumbers> {
  const text = (await status.textContent()) ?? "";
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1]?.replaceAll(",", "") ?? Number.NaN);
  return {
    percent: number(/([\d.]+) %/),
    mm2: number(/([\d.,]+) mm²/),
    regions: number(/(\d+) regions?/),
  };
}

/** Waits until a run is done, however long the machine takes within `timeout`. */
export async function finishRun(page: Page, timeout = 90_000): Promise<void> {
  await page.getByRole("button", { name: "Export GeoJSON" }).and(page.locator(":enabled")).waitFor({ timeout });
}

export async function setSlider(slider: Locator, value: number): Promise<void> {
  await slider.fill(String(value));
}

/** Presses a button and returns the bytes and the name of the file that it hands out. */
export async function downloadOf(
  page: Page,
  button: string,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}
