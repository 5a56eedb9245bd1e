import { gunzipSync, inflateSync } from "node:zlib";
import { decode } from "fast-png";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RESEARCH_USE_NOTICE } from "../../src/engine/base/research-use.ts";
import { checkGeoJson } from "./check-geojson.ts";
import { namedSlide, PATIENT, PATIENT_PATTERN } from "./named-slide.ts";
import {
  downloadOf,
  finishRun,
  launchBrowser,
  type OpenedPage,
  openPage,
  partsOf,
  readNecrosis,
  setSlider,
} from "./open-page.ts";
import { type ReadPdf, readPdf } from "./read-pdf.ts";

const FIGURE_WIDTH_PX = Math.round((180 / 25.4) * 300);
const PAPERS = { A4: [595, 842], Letter: [612, 792] } as const;

/** One slide with a patient's name wherever a slide can have one, and everything that can be made of it. */
describe("what is handed on of a slide that names its patient everywhere", () => {
  let browser: Browser;
  let opened: OpenedPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    opened = await openPage(browser);
    const { page } = opened;
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute("data-printed", "yes");
    });
    const parts = partsOf(page);
    await parts.file.setInputFiles(namedSlide());
    await parts.analyze.and(page.locator(":enabled")).click();
    await finishRun(page);
    await unfoldFigure(page);
  });
  afterAll(() => browser.close());

  const files: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
    ["Export CSV", async () => {}],
    ["Export GeoJSON", async () => {}],
    ["Export GeoJSON", (page) => page.getByLabel("gzip").check()],
    ["Export confidence", async () => {}],
    ["Export image", (page) => page.getByLabel("Format").selectOption("png")],
    ["Export image", (page) => page.getByLabel("Format").selectOption("svg")],
    ["Export image", (page) => page.getByLabel("Shows").selectOption("both")],
    ["Export image", (page) => page.getByLabel("Shows").selectOption("tissue")],
    ["Result file", async () => {}],
    ["Result file", (page) => page.getByLabel("With a larger picture").check()],
  ];

  it("holds the name in no byte, compressed or not, nor in the names of the files; and the research-use sentence in each", async () => {
    const { page } = opened;
    const names = new Set<string>();
    for (const [button, prepare] of files) {
      await prepare(page);
      const { name, bytes } = await downloadOf(page, button);
      names.add(name);
      const text = everyText(bytes);
      expect(name).not.toMatch(PATIENT_PATTERN);
      expect(PATIENT_PATTERN.test(text), `${name} holds the name`).toBe(false);
      expect(text.includes(RESEARCH_USE_NOTICE), `${name} holds the research-use sentence`).toBe(true);
      if (name.endsWith(".png")) expect(hasLabelBlue(bytes)).toBe(false);
    }
    expect(names.size).toBe(files.length - 2);
    await page.getByLabel("gzip").uncheck();
    await page.getByLabel("With a larger picture").uncheck();
    await page.getByLabel("Shows").selectOption("map");
    await page.getByLabel("Format").selectOption("png");
  });

  it("holds the name in files and on them once that is ticked", async () => {
    const { page } = opened;
    await page.getByLabel("With the file's name").check();
    for (const button of ["Export CSV", "Export GeoJSON", "Export confidence", "Result file"]) {
      const { name, bytes } = await downloadOf(page, button);
      expect(name).toContain(PATIENT.last);
      expect(everyText(bytes)).toContain(PATIENT.last);
    }
    await page.getByLabel("With the file's name").uncheck();
  });

  it.each(["A4", "Letter"] as const)(
    "prints on one page of %s, with pictures, numbers and sentence, without a name",
    async (format) => {
      const { page } = opened;
      const report = await print(page, format);
      const [width, height] = PAPERS[format];
      expect(report.pages).toHaveLength(1);
      expect(report.pages[0]!.width).toBeCloseTo(width, -1);
      expect(report.pages[0]!.height).toBeCloseTo(height, -1);
      const { percent, mm2, regions } = await readNecrosis(partsOf(page).necrosis);
      for (const words of [
        RESEARCH_USE_NOTICE,
        `${percent.toFixed(1)} %`,
        String(mm2),
        "Remarks",
        "Palisade",
        "10 µm/px",
      ])
        expect(report.text.replaceAll("μ", "µ")).toContain(words);
      expect(report.images).toBeGreaterThanOrEqual(1 + Math.min(6, regions));
      expect(report.text).not.toMatch(PATIENT_PATTERN);
      expect(PATIENT_PATTERN.test(report.raw)).toBe(false);
      expect(report.text).not.toContain("Analyze");
    },
  );

  it("prints the name where that is ticked, from the keyboard", async () => {
    const { page } = opened;
    await page.getByLabel("With the file's name").check();
    expect((await print(page, "A4", "Control+p")).text).toContain(PATIENT.last);
    await page.getByLabel("With the file's name").uncheck();
  });

  it("draws a figure of the chosen width at 300 dpi, and one of what is in view", async () => {
    const { page } = opened;
    const whole = decode((await downloadOf(page, "Export image")).bytes);
    expect(whole.width).toBe(FIGURE_WIDTH_PX);
    expect(whole.resolution).toMatchObject({ x: 11811, y: 11811, unit: 1 });
    await page.getByLabel("Width").selectOption("85");
    expect(decode((await downloadOf(page, "Export image")).bytes).width).toBe(Math.round((85 / 25.4) * 300));
    await page.getByLabel("Width").selectOption("180");
    await page.getByRole("button", { name: "Zoom in" }).click();
    await page.getByLabel("Part").selectOption("view");
    const view = decode((await downloadOf(page, "Export image")).bytes);
    expect(view.width).toBe(FIGURE_WIDTH_PX);
    expect(view.height).not.toBe(whole.height);
    await page.getByLabel("Part").selectOption("slide");
  });

  it("writes an SVG that a browser draws by itself, with text as text and nothing from outside", async () => {
    const { page } = opened;
    await page.getByLabel("Format").selectOption("svg");
    const svg = (await downloadOf(page, "Export image")).bytes.toString("utf8");
    await page.getByLabel("Format").selectOption("png");
    const links = [...svg.matchAll(/(?:href|src|url)\s*[=(]\s*["']?([^"')\s>]{1,30})/g)].map(([, link]) => link ?? "");
    expect(links.length).toBeGreaterThan(2);
    expect(links.every((link) => link.startsWith("#") || link.startsWith("data:image/"))).toBe(true);
    const alone = await opened.context.newPage();
    const asked: string[] = [];
    alone.on("request", (request) => asked.push(request.url()));
    await alone.setContent(svg.slice(svg.indexOf("<svg")));
    const drawn = await alone.evaluate(() => ({
      words: [...document.querySelectorAll("text")].map((one) => one.textContent),
      boxes: [...document.querySelectorAll("image")].map((one) => one.getBoundingClientRect().width > 100),
    }));
    await alone.close();
    expect(asked.filter((url) => !url.startsWith("data:"))).toEqual([]);
    expect(drawn.words.join(" ")).toContain("Research use only");
    expect(drawn.words.some((words) => /^\d+ [µm]m$/.test(words ?? ""))).toBe(true);
    // Tissue, map and the ramp of the legend.
    expect(drawn.boxes).toEqual([true, true, true]);
  });

  it("writes outlines that an independent library accepts, with the areas of the page", async () => {
    const { page } = opened;
    await setSlider(partsOf(page).threshold, 0.3);
    const { regions } = await readNecrosis(partsOf(page).necrosis);
    const { bytes } = await downloadOf(page, "Export GeoJSON");
    expect(checkGeoJson(bytes.toString("utf8"))).toHaveLength(regions);
  });

  it("did all that without a complaint and without a request to anywhere", () => {
    expect(opened.complaints).toEqual([]);
    expect(opened.foreignRequests).toEqual([]);
  });
});

async function unfoldFigure(page: Page): Promise<void> {
  await page.locator(".export-figure > summary").click();
}

async function print(page: Page, format: "A4" | "Letter", key?: string): Promise<ReadPdf> {
  await page.evaluate(() => document.body.removeAttribute("data-printed"));
  if (key) await page.keyboard.press(key);
  else await page.getByRole("button", { name: "Print report" }).click();
  await page.locator("body[data-printed]").waitFor();
  const bytes = await page.pdf({ format });
  // What was printed is taken away again.
  await page.locator(".printed").waitFor({ state: "detached" });
  return readPdf(bytes);
}

/** All that can be read in a file: its bytes, and those of its compressed parts (zip, gzip, zlib in PNG and TIFF, base64). */
function everyText(bytes: Buffer): string {
  const parts = [bytes.toString("latin1"), bytes.toString("utf8"), bytes.toString("utf16le")];
  if (bytes.subarray(0, 2).toString("latin1") === "PK") {
    for (const entry of Object.values(unzipSync(bytes))) parts.push(everyText(Buffer.from(entry)));
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) parts.push(everyText(gunzipSync(bytes)));
  for (let at = bytes.indexOf(0x78); at >= 0; at = bytes.indexOf(0x78, at + 1)) {
    // The second byte makes both a multiple of 31 (RFC 1950).
    if (((0x78 << 8) + (bytes[at + 1] ?? 0)) % 31 !== 0) continue;
    try {
      parts.push(inflateSync(bytes.subarray(at), { finishFlush: 2 }).toString("latin1"));
    } catch {
      // A letter x like any other.
    }
  }
  for (const [, base64] of bytes.toString("latin1").matchAll(/base64,([A-Za-z0-9+/=]+)/g)) {
    parts.push(everyText(Buffer.from(base64 ?? "", "base64")));
  }
  return parts.join("\n");
}

function hasLabelBlue(png: Buffer): boolean {
  const { data, channels } = decode(png);
  for (let i = 0; i < data.length; i += channels) {
    if (data[i]! < 80 && data[i + 1]! < 80 && data[i + 2]! > 200) return true;
  }
  return false;
}
