import { decode } from "fast-png";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StaticServer, startStaticServer } from "../support/static-server.ts";
import { downloadOf, finishRun, launchBrowser, partsOf } from "./open-page.ts";

const DIST = new URL("../../dist/", import.meta.url).pathname;
/** Sixty megabytes over a line that other tests use too. */
const KEPT_LIMIT_MS = 45_000;
/** Level-0 pixels of 2 µm: a good part of a focus, so that outlines moved by it agree in part. */
const SHIFT = 150;

/** Ten minutes of somebody who doubts: the steps build on one another. */
describe("whoever doubts the page", () => {
  let browser: Browser;
  let server: StaticServer;
  let context: BrowserContext;
  let page: Page;
  let outlines: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    server = await startStaticServer(DIST);
    context = await browser.newContext({ viewport: { width: 1280, height: 860 }, acceptDownloads: true });
    page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(server.address);
    await page.getByRole("status", { name: "Offline" }).getByText("Offline ready").waitFor({ timeout: KEPT_LIMIT_MS });
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it("reads no request in the counter after a full run", async () => {
    server.log.length = 0;
    const parts = partsOf(page);
    await parts.demoSlide.click();
    await parts.analyze.and(page.locator(":enabled")).click();
    await finishRun(page);
    const counter = page.getByRole("button", { name: "Requests" });
    expect(await counter.textContent()).toBe("0 requests since load");
    expect(server.log).toEqual([]);
    await counter.click();
    await page.getByRole("dialog", { name: "Requests since load" }).getByText("None to another server.").waitFor();
  });

  it("reads the policy, and sees every attempt to get around it stopped", async () => {
    await page.getByRole("button", { name: "Test it yourself" }).click();
    const panel = page.getByRole("dialog", { name: "Test it yourself" });
    await panel.getByRole("button", { name: "Test", exact: true }).click();
    await panel.getByText(/^All \d+ ways out were stopped by the browser\. Nothing was sent\.$/).waitFor();
    const policy = panel.locator(".policy").first();
    await policy.scrollIntoViewIfNeeded();
    expect(await policy.isVisible()).toBe(true);
    expect(await policy.textContent()).toMatch(/default-src 'none'.*connect-src 'self'/);
    const ways = panel.locator(".attempts li");
    expect(await ways.count()).toBeGreaterThan(5);
    expect(await ways.filter({ hasText: /stopped by [a-z-]+/ }).count()).toBe(await ways.count());
    await panel.getByRole("button", { name: "Close" }).click();
  });

  it("opens the model's card, which says what it was trained on and how well it did", async () => {
    const [card] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("link", { name: "Model card" }).click(),
    ]);
    await card.waitForURL(/CARD\.md$/);
    const text = (await card.locator("body").textContent()) ?? "";
    expect(text).toMatch(/train/i);
    expect(text).toMatch(/Dice|\bS\b|AUC/);
    await card.close();
  });

  it("gets full marks with the map's own outlines, fewer with outlines that lie elsewhere, and sees where it fails", async () => {
    outlines = (await downloadOf(page, "Export GeoJSON")).bytes.toString("utf8");
    await page.locator("summary").filter({ hasText: "Compare" }).click();
    const own = await scoreOf(page, outlines, "own.geojson");
    expect(own.s).toBeGreaterThan(0.97);
    const elsewhere = await scoreOf(page, moved(outlines, SHIFT), "moved.geojson");
    expect(elsewhere.s).toBeLessThan(own.s - 0.02);
    expect(elsewhere.s).toBeGreaterThan(0);
    await page.getByLabel("Show in place of the map").check();
    for (const words of ["found", "missed", "found falsely"])
      expect(await page.locator(".compare-legend").getByText(words, { exact: true }).isVisible()).toBe(true);
    await expect.poll(() => coloursOfMap(page)).toBeGreaterThanOrEqual(3);
    await page.getByLabel("Show in place of the map").uncheck();
  });

  it("takes the figure for the talk at 300 dpi, with a scale bar", async () => {
    const figure = decode((await downloadOf(page, "Export image")).bytes);
    expect(figure.resolution).toMatchObject({ x: 11811, y: 11811, unit: 1 });
    expect(figure.width).toBe(Math.round((180 / 25.4) * 300));
    expect(longestDarkLine(figure)).toBeGreaterThan(100);
    await page.locator(".export-figure > summary").click();
    await page.getByLabel("Format").selectOption("svg");
    const svg = (await downloadOf(page, "Export image")).bytes.toString("utf8");
    expect(svg).toMatch(/>\d+ [mµ]m</);
    expect(complaints).toEqual([]);
    // Whenever a tab opens, as for the card, the browser itself looks whether there is a newer service worker.
    expect(server.log.filter(({ path }) => path !== "sw.js")).toEqual([]);
  });
});

interface Score {
  readonly s: number;
  readonly recall: number;
}

/** Opens outlines as a person would, from the dialog, and reads what the page says of them. */
async function scoreOf(page: Page, text: string, name: string): Promise<Score> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: /^(Open|Other) outlines$/ }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: "application/geo+json", buffer: Buffer.from(text) });
  await page.locator(".file-name", { hasText: name }).waitFor();
  const status = page.getByRole("status", { name: "Comparison", exact: true });
  await status.waitFor();
  const words = (await status.textContent()) ?? "";
  return { s: Number(/S \(Dice\)([\d.]+)/.exec(words)?.[1]), recall: Number(/Recall([\d.]+)/.exec(words)?.[1]) };
}

/** Every outline that many pixels to the right and down. */
function moved(geoJson: string, pixels: number): string {
  const shift = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    return value.every((one) => typeof one === "number") ? value.map((one) => one + pixels) : value.map(shift);
  };
  return JSON.stringify(JSON.parse(geoJson), (key, value) => (key === "coordinates" ? shift(value) : value));
}

/** Different colours that cover a good part of the map. */
function coloursOfMap(page: Page): Promise<number> {
  return page.locator("canvas.stage-map").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map<string, number>();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) continue;
      const colour = data.subarray(i, i + 3).join(" ");
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts.values()].filter((count) => count > 200).length;
  });
}

/** The longest row of dark pixels in the lower half of the picture, where the scale bar lies. */
function longestDarkLine({ width, height, channels, data }: ReturnType<typeof decode>): number {
  let longest = 0;
  for (let y = height >> 1; y < height; y++) {
    let length = 0;
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      const isDark = data[at]! < 60 && data[at + 1]! < 60 && data[at + 2]! < 60;
      length = isDark ? length + 1 : 0;
      longest = Math.max(longest, length);
    }
  }
  return longest;
}
