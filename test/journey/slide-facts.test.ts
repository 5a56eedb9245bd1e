import { appendFile, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeTiff } from "../../src/engine/slide/tiff/write-tiff.ts";
import { withProfile } from "../support/made-slides/with-profile.ts";
import { tissuePng } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, type OpenedPage, openPage, partsOf } from "./open-page.ts";

const DESCRIPTION = "Patient: Jane Miller\nAccession = S12-34567\nAppMag = 20";

const golden: { readonly cases: Readonly<Record<string, { readonly profile: string }>> } = JSON.parse(
  await readFile(new URL("../fixtures/slides/colour_golden.json", import.meta.url), "utf8"),
);
const PROFILE = Buffer.from(golden.cases["table of 16 bits"]?.profile ?? "", "base64");

/** When the slides were written, seconds since 1970: a whole one, so that it can be set again. */
const WRITTEN = 1_700_000_000;

let browser: Browser;
let opened: OpenedPage;
let folder: string;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-facts-"));
  opened = await openPage(browser);
});
afterEach(async () => {
  await opened.context.close();
  await rm(folder, { recursive: true });
});

/** A tiled slide of tissue with a coarser level, a name in its description and a colour profile. */
async function slideOnDisk(name: string, width: number, height: number): Promise<string> {
  const level = (shrink: number) => {
    const size = { width: width / shrink, height: height / shrink };
    const { data } = decode(tissuePng("", size.width, size.height).buffer);
    return { ...size, pixels: { kind: "rgb8", data: Uint8Array.from(data) } } as const;
  };
  const tiff = writeTiff([{ ...level(1), mppX: 10, mppY: 10, description: DESCRIPTION, levels: [level(4)] }]);
  const path = join(folder, name);
  await writeFile(path, withProfile(tiff, PROFILE));
  await utimes(path, WRITTEN, WRITTEN);
  return path;
}

async function openPath(page: Page, path: string): Promise<void> {
  await partsOf(page).file.setInputFiles(path);
  await page.locator(".bar-name", { hasText: path.split("/").at(-1) ?? "" }).waitFor();
  await page.getByText("Reading tiles").waitFor({ state: "hidden" });
}

describe("a file that changes on the disk while it is open", () => {
  it("gives one sentence with a button, keeps the map, and goes on when the file is back as it was", async () => {
    const { page, complaints } = opened;
    const parts = partsOf(page);
    const path = await slideOnDisk("case.tif", 3600, 2800);
    await openPath(page, path);
    await parts.analyze.click();
    await finishRun(page);
    const found = await parts.necrosis.textContent();
    const bytes = await readFile(path);

    await appendFile(path, "written by another program");
    await page.keyboard.press("6");
    await parts.alert.waitFor();
    expect(await parts.alert.locator("p").textContent()).toMatch(
      /^Expected to read case\.tif as it was opened, but the file was changed, moved .+ choose it again\.$/,
    );
    expect(await parts.necrosis.textContent()).toBe(found);
    expect(await page.getByRole("button", { name: "Export CSV" }).isEnabled()).toBe(true);

    await writeFile(path, bytes);
    await utimes(path, WRITTEN, WRITTEN);
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Choose the file again" }).click(),
    ]);
    await chooser.setFiles(path);
    await parts.alert.waitFor({ state: "detached" });
    expect(await parts.necrosis.textContent()).toBe(found);
    await page.keyboard.press("7");
    await page.getByText("Reading tiles").waitFor({ state: "hidden" });
    expect(await parts.alert.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("ends a run with the sentence and keeps what was found when the file is deleted", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    const path = await slideOnDisk("gone.tif", 4200, 3600);
    await openPath(page, path);
    await parts.analyze.click();
    await page.getByText("so far").waitFor({ timeout: 90_000 });
    await rm(path);
    await page.getByText(/Stopped .+, because the file can no longer be read/).waitFor({ timeout: 90_000 });
    expect(await parts.alert.locator("p").textContent()).toMatch(/^Expected to read gone\.tif .+ choose it again\.$/);
    await page.locator(".result .tag", { hasText: "partial" }).waitFor();
  });
});

describe("a slide whose description names a patient", () => {
  it("is warned of, and nothing of it is in an export", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    await openPath(page, await slideOnDisk("case.tif", 900, 700));
    const note = page.getByRole("note", { name: "Privacy" });
    expect(await note.textContent()).toContain("tiff.ImageDescription, Patient");
    expect(await page.locator("body").textContent()).not.toContain("Miller");
    await parts.analyze.click();
    await finishRun(page);
    for (const name of ["Export GeoJSON", "Export CSV", "Export confidence", "Export image"]) {
      const { bytes } = await downloadOf(page, name);
      expect(bytes.toString("latin1")).not.toMatch(/Miller|34567/);
    }
    await page.getByRole("button", { name: "Show what they hold" }).click();
    expect(await note.textContent()).toContain("Jane Miller");
  });
});

describe("the colours of a slide with a profile", () => {
  it("change at the place where the reader looks, keep the map, and hold for the next visit", async () => {
    const { page } = opened;
    const parts = partsOf(page);
    const path = await slideOnDisk("case.tif", 900, 700);
    await openPath(page, path);
    await parts.analyze.click();
    await finishRun(page);
    const found = await parts.necrosis.textContent();
    await page.keyboard.press("h");
    await page.keyboard.press("3");
    await page.keyboard.press("r");
    const scale = page.locator(".status-scale");
    await expect.poll(() => scale.textContent()).toMatch(/5x.*90°/);
    const place = await scale.textContent();
    const stored = await meanColour(page);
    await page.getByRole("button", { name: "By the slide's profile" }).click();
    // The made-up scanner's reds are stronger than they are stored.
    await expect.poll(async () => (await meanColour(page))[0] - stored[0]).toBeGreaterThan(4);
    expect(await scale.textContent()).toBe(place);
    expect(await parts.necrosis.textContent()).toBe(found);
    await page.reload();
    await openPath(page, path);
    expect(await page.getByRole("button", { name: "By the slide's profile" }).getAttribute("aria-pressed")).toBe(
      "true",
    );
    await expect.poll(async () => (await meanColour(page))[0] - stored[0]).toBeGreaterThan(4);
  });
});

/** Of the slide in the middle of the stage. */
async function meanColour(page: Page): Promise<[number, number, number]> {
  const stage = await page.locator("main").boundingBox();
  if (!stage) throw new Error("The stage has no place on the page.");
  const clip = { x: stage.x + stage.width / 2 - 40, y: stage.y + stage.height / 2 - 40, width: 80, height: 80 };
  const { data, channels } = decode(await page.screenshot({ clip }));
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < data.length; i += channels) for (const k of [0, 1, 2] as const) sums[k] += data[i + k] ?? 0;
  const count = data.length / channels;
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}

describe("a line over something of known length", () => {
  it("gives the size of a pixel, also on a turned slide, with mouse or finger, and Esc puts it away", async () => {
    const { page, context } = opened;
    const parts = partsOf(page);
    await parts.file.setInputFiles(tissuePng("section.png", 500, 400));
    await parts.pixelSize.waitFor();
    const measure = page.getByRole("button", { name: "Measure a known length" });
    await measure.click();
    await page.getByText(/Drag a line on the slide/).waitFor();
    await page.keyboard.press("Escape");
    await measure.click();
    await page.keyboard.press("r");
    await page.waitForTimeout(700);
    const stage = await page.locator("main").boundingBox();
    if (!stage) throw new Error("The stage has no place on the page.");
    const from = { x: stage.x + stage.width / 2, y: stage.y + stage.height / 2 - 100 };
    const to = { x: from.x, y: from.y + 200 };
    const [, perPixel = Number.NaN] = await page.locator(".scale-bar, .scale-length").evaluateAll(([bar, length]) => {
      const pixels = Number.parseFloat(length?.textContent?.replaceAll(",", "") ?? "");
      return [0, pixels / (bar?.getBoundingClientRect().width ?? Number.NaN)];
    });
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y - 50, { steps: 3 });
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.mouse.up();
    const length = async () => Number(/is ([\d,]+) px/.exec((await page.locator(".measure").textContent()) ?? "")?.[1]);
    expect(await length()).toBeCloseTo(200 * perPixel, -1);

    const session = await context.newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", y: number) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: from.x, y }] });
    await touch("touchStart", from.y);
    for (const y of [20, 60, 100]) await touch("touchMove", from.y + y);
    await touch("touchEnd", from.y + 100);
    await expect.poll(length).toBeCloseTo(100 * perPixel, -1);

    await page.getByLabel("Length of the line").fill("0,5");
    await page.getByLabel("Unit of the length").selectOption("mm");
    await page.getByRole("button", { name: "Use length" }).click();
    const mpp = Number(await parts.pixelSize.inputValue());
    expect(mpp * 100 * perPixel).toBeGreaterThan(470);
    expect(mpp * 100 * perPixel).toBeLessThan(530);
    expect(await page.locator(".status-scale").textContent()).toContain("assumed");
    expect(await measure.count()).toBe(1);
  });
});
