import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ORIGINS_VARIABLE } from "../../tools/page-policy.ts";
import { type SlideHost, startSlideHost } from "../support/slide-host.ts";
import { finishRun, launchBrowser, partsOf, readNecrosis } from "./open-page.ts";

const DIST = new URL("../../dist/", import.meta.url).pathname;
const CONFIGURED = new URL("../../node_modules/.cache/palisade-configured/", import.meta.url).pathname;
const BUILD_LIMIT_MS = 120_000;

let browser: Browser;
let host: SlideHost;
let slide: Buffer;

beforeAll(async () => {
  [browser, slide] = await Promise.all([launchBrowser(), readFile(join(DIST, "demo/synthetic-gbm.tif"))]);
});
afterAll(() => browser.close());
beforeEach(async () => {
  host = await startSlideHost(DIST);
  host.files.set("slides/a b.tif", slide);
});
afterEach(() => host.close());

interface Visit {
  readonly page: Page;
  readonly foreign: readonly string[];
}

async function visit(link: string, address = host.address): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, serviceWorkers: "block" });
  const foreign: string[] = [];
  context.on("request", (request) => {
    const asked = new URL(request.url());
    if (asked.protocol !== "blob:" && asked.origin !== new URL(address).origin) foreign.push(asked.href);
  });
  const page = await context.newPage();
  await page.goto(address + link);
  return { page, foreign };
}

async function untilOpen(page: Page): Promise<void> {
  await partsOf(page).analyze.and(page.locator(":enabled")).waitFor({ timeout: 30_000 });
  await page.getByText("Reading tiles").waitFor({ state: "detached" });
}

/** The fragment of the link that the button hands on, as numbers and words. */
async function takenLink(page: Page): Promise<URL> {
  await page.getByRole("button", { name: "Copy link to this view" }).click();
  await page.getByRole("status", { name: "Link" }).getByText(/link/i).waitFor();
  return new URL(page.url());
}

describe("a slide beside the page, opened by link", () => {
  it("is read by ranges, analyzed, and asked of its own host alone", async () => {
    const { page, foreign } = await visit("?slide=slides/a%20b.tif");
    await untilOpen(page);
    expect(await page.getByText("a b.tif").first().isVisible()).toBe(true);
    expect(await page.title()).toBe("Palisade");
    await partsOf(page).analyze.click();
    await finishRun(page);
    expect((await readNecrosis(partsOf(page).necrosis)).percent).toBeGreaterThan(2);
    const reads = host.log.filter(({ path }) => path.startsWith("slides/"));
    expect(reads.length).toBeGreaterThan(3);
    expect(reads.filter(({ status, range }) => status !== 206 || range === null)).toEqual([]);
    expect(foreign).toEqual([]);
    await page.context().close();
  });

  it("is shown to a colleague at the same place, zoom, turn and threshold, with the same model", async () => {
    const { page } = await visit("?slide=slides/a%20b.tif");
    await untilOpen(page);
    const before = page.url();
    await page.getByLabel("Model", { exact: true }).selectOption("paper-dense");
    await untilOpen(page);
    await page.keyboard.press("r");
    await page.keyboard.press("5");
    await page.mouse.move(500, 400);
    await page.mouse.down();
    await page.mouse.move(380, 330, { steps: 4 });
    await page.mouse.up();
    await page.waitForTimeout(1_000);
    expect(page.url()).toBe(before);
    const link = await takenLink(page);
    expect(link.search).toBe("?slide=slides/a%20b.tif");
    const fields = Object.fromEntries(new URLSearchParams(link.hash.slice(1)));
    expect(fields).toMatchObject({ rotation: "90", pack: "paper-dense" });

    const colleague = await visit(link.href.slice(host.address.length));
    await untilOpen(colleague.page);
    await colleague.page.waitForTimeout(500);
    const seen = Object.fromEntries(new URLSearchParams((await takenLink(colleague.page)).hash.slice(1)));
    expect(seen).toMatchObject({ rotation: "90", pack: "paper-dense", zoom: fields["zoom"] });
    // Half a pixel on the screen, in pixels of the slide.
    const tolerance = Math.max(1, 0.5 / Number(fields["zoom"]));
    expect(Math.abs(Number(seen["x"]) - Number(fields["x"]))).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(Number(seen["y"]) - Number(fields["y"]))).toBeLessThanOrEqual(tolerance);
    await page.context().close();
    await colleague.page.context().close();
  });

  it("follows a threshold in the link", async () => {
    const { page } = await visit("?demo#threshold=0.61&x=2500&y=2000&zoom=10x");
    await untilOpen(page);
    await partsOf(page).analyze.click();
    await finishRun(page);
    expect(await partsOf(page).threshold.inputValue()).toBe("0.61");
    await page.locator(".status-magnification", { hasText: "10x" }).waitFor();
    await page.context().close();
  });

  it("gets one sentence when its host sends whole files only", async () => {
    host.hasRanges = false;
    const { page } = await visit("?slide=slides/a%20b.tif");
    await partsOf(page)
      .alert.getByText(/sends only the whole file/)
      .waitFor();
    await page.context().close();
  });

  it("gets one sentence when it is not there, or not of this host, and nobody else is asked", async () => {
    for (const [link, sentence] of [
      ["?slide=slides/none.svs", /there is no such file/],
      ["?slide=https://example.org/a.svs", /leads to another place/],
      ["?slide=javascript:alert(1)", /leads to another place/],
    ] as const) {
      const { page, foreign } = await visit(link);
      await partsOf(page).alert.getByText(sentence).waitFor();
      expect(foreign).toEqual([]);
      await page.context().close();
    }
  });

  it("is offered again by one button after its host had another version of it", async () => {
    const { page } = await visit("?slide=slides/a%20b.tif");
    await untilOpen(page);
    host.etag = '"second"';
    await page.keyboard.press("6");
    await page.getByRole("button", { name: "Open the link again" }).click();
    await partsOf(page).alert.waitFor({ state: "detached" });
    await untilOpen(page);
    await page.context().close();
  });
});

describe("a dropped slide", () => {
  it("has no link, and leaves the address bar alone", async () => {
    const { page } = await visit("#x=10&y=10&zoom=3");
    await partsOf(page).file.setInputFiles({ name: "own.tif", mimeType: "image/tiff", buffer: slide });
    await untilOpen(page);
    expect(await page.getByRole("button", { name: "Copy link to this view" }).count()).toBe(0);
    expect(page.url()).toBe(`${host.address}#x=10&y=10&zoom=3`);
    expect(await page.locator(".status-magnification").textContent()).toMatch(/^[01]\./);
    await page.context().close();
  });
});

describe("a build that is configured for another host's slides", () => {
  let slides: SlideHost;
  let page: Page;

  beforeAll(async () => {
    slides = await startSlideHost(null, "/");
    slides.files.set("a.tif", slide);
    process.env[ORIGINS_VARIABLE] = new URL(slides.address).origin;
    try {
      await build({ logLevel: "error", mode: "production", build: { outDir: CONFIGURED, emptyOutDir: true } });
    } finally {
      delete process.env[ORIGINS_VARIABLE];
    }
  }, BUILD_LIMIT_MS);
  afterAll(() => slides.close());
  afterEach(() => page.context().close());

  it("says so in the bar, opens slides from there, and may connect to that host and its own alone", async () => {
    const configured = await startSlideHost(CONFIGURED);
    slides.allowedOrigin = new URL(configured.address).origin;
    ({ page } = await visit(`?slide=${slides.address}a.tif`, configured.address));
    await untilOpen(page);
    await page.getByText(`opens slides from ${new URL(slides.address).host}`).waitFor();
    expect(slides.log.length).toBeGreaterThan(2);
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
    expect(policy).toContain(`connect-src 'self' ${new URL(slides.address).origin} data:;`);
    await configured.close();
  });

  it("is needed: a build without it refuses the same link", async () => {
    let foreign: readonly string[];
    ({ page, foreign } = await visit(`?slide=${slides.address}a.tif`));
    await partsOf(page)
      .alert.getByText(/leads to another place/)
      .waitFor();
    expect(foreign).toEqual([]);
  });
});
