import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type StaticServer, startStaticServer } from "../support/static-server.ts";
import { finishRun, launchBrowser, partsOf } from "./open-page.ts";

const DIST = new URL("../../dist/", import.meta.url).pathname;
/** Sixty megabytes over a line that other tests use too. */
const KEPT_LIMIT_MS = 45_000;

let browser: Browser;
let server: StaticServer;
let context: BrowserContext;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startStaticServer(DIST);
  context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
});
afterEach(async () => {
  await context.close();
  await server.close();
});

async function visit(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.address);
  return page;
}

function stateOf(page: Page) {
  return page.getByRole("status", { name: "Offline" });
}

async function untilReady(page: Page): Promise<void> {
  await stateOf(page).getByText("Offline ready").waitFor({ timeout: KEPT_LIMIT_MS });
}

describe("the page without a network", () => {
  it("opens, shows the demo slide, loads every model and runs to the end, after one visit", async () => {
    await untilReady(await visit());
    await server.close();
    await context.setOffline(true);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(server.address);
    const parts = partsOf(page);
    await parts.demoSlide.click();
    await parts.analyze.and(page.locator(":enabled")).click({ timeout: 30_000 });
    await finishRun(page);
    expect(await stateOf(page).textContent()).toBe("Offline ready");
    const model = page.getByLabel("Model", { exact: true });
    const ids = await model
      .locator("option")
      .evaluateAll((options) => options.map((option) => option.getAttribute("value")));
    expect(ids.length).toBeGreaterThanOrEqual(5);
    for (const id of ids) {
      await model.selectOption(id);
      await parts.analyze.and(page.locator(":enabled")).waitFor({ timeout: 30_000 });
    }
    const card = await page.evaluate(async () => (await fetch("models/paper-dense/CARD.md")).text());
    expect(card).toMatch(/paper/);
    expect(complaints).toEqual([]);
  });

  it("asks the server for parts of files, and for what is not of the page, itself", async () => {
    const page = await visit();
    await untilReady(page);
    server.log.length = 0;
    await page.evaluate(async () => {
      await fetch("demo/synthetic-gbm.tif", { headers: { Range: "bytes=0-99" } });
      await fetch("demo/synthetic-gbm.tif");
      await fetch("sw.js");
    });
    expect(server.log).toEqual([
      { path: "demo/synthetic-gbm.tif", range: "bytes=0-99" },
      { path: "sw.js", range: null },
    ]);
  });
});

describe("a file that comes in wrong", () => {
  it("is refused and named, and kept once the server has it right", async () => {
    const wrong = "models/haemorrhage-20x/svm.bin";
    server.alter = (path, bytes) => (path === wrong ? Buffer.from(bytes.map((byte) => byte ^ 1)) : bytes);
    const page = await visit();
    await stateOf(page).getByText("Not ready for offline use: 1 file missing").waitFor({ timeout: KEPT_LIMIT_MS });
    await stateOf(page).getByRole("button").click();
    const sheet = page.getByRole("region", { name: "Offline use" });
    const first = (await sheet.getByRole("listitem").first().textContent()) ?? "";
    expect(first).toContain(wrong);
    expect(first).toMatch(/its SHA-256 is [0-9a-f]{8}… instead of [0-9a-f]{8}…/);
    server.alter = (_path, bytes) => bytes;
    server.log.length = 0;
    await sheet.getByRole("button", { name: "Try again" }).click();
    await untilReady(page);
    expect(server.log.map(({ path }) => path)).toEqual([wrong]);
  });

  it("that was changed on this computer is found by checking again, and fetched anew", async () => {
    const page = await visit();
    await untilReady(page);
    const damaged = await page.evaluate(async () => {
      const [name] = await caches.keys();
      const cache = await caches.open(name ?? "");
      const key = (await cache.keys()).find(({ url }) => url.includes("models/index.json"));
      if (!key) return null;
      await cache.put(key, new Response("{}"));
      return (await caches.keys()).length;
    });
    expect(damaged).toBe(1);
    server.log.length = 0;
    await stateOf(page).getByRole("button").click();
    await page.getByRole("button", { name: "Check every file again" }).click();
    await expect.poll(() => server.log.map(({ path }) => path), { timeout: 30_000 }).toEqual(["models/index.json"]);
    await untilReady(page);
  });
});

describe("a visit that is cut short", () => {
  it("goes on where it ended, without fetching again what is kept", async () => {
    const late = "ort/ort-wasm-simd-threaded.wasm";
    server.alter = (path, bytes) => (path === late ? null : bytes);
    const page = await visit();
    await stateOf(page).getByText("Not ready for offline use: 1 file missing").waitFor({ timeout: KEPT_LIMIT_MS });
    await page.close();
    server.alter = (_path, bytes) => bytes;
    server.log.length = 0;
    await untilReady(await visit());
    expect(server.log.map(({ path }) => path).filter((path) => path !== "sw.js")).toEqual([late]);
  });
});

describe("a browser without service workers", () => {
  it("works, just not offline, and says so", async () => {
    const alone = await browser.newContext({ serviceWorkers: "block" });
    const page = await alone.newPage();
    await page.goto(server.address);
    await stateOf(page).getByText("Online only").waitFor();
    await partsOf(page).demoSlide.click();
    await partsOf(page).analyze.and(page.locator(":enabled")).waitFor({ timeout: 30_000 });
    await alone.close();
  });

  it("is what a server makes of it that does not hand out the service worker", async () => {
    server.alter = (path, bytes) => (path === "sw.js" ? null : bytes);
    const page = await visit();
    await stateOf(page).getByText("Online only").waitFor({ timeout: 30_000 });
    await stateOf(page).getByRole("button").click();
    await page.getByText(/does not let the page be kept/).waitFor();
  });
});

describe("the list of the release", () => {
  it("holds every file with its hash, and the page's own version", async () => {
    const release: unknown = JSON.parse(await readFile(`${DIST}release.json`, "utf8"));
    expect(release).toMatchObject({
      format: "palisade-release",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      files: expect.arrayContaining([
        { path: "index.html", bytes: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ]),
    });
  });
});
