import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright";
import { build, type Plugin } from "vite";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type StaticServer, startStaticServer } from "../support/static-server.ts";
import { downloadOf, finishRun, launchBrowser, partsOf } from "./open-page.ts";

const EARLIER = new URL("../../dist/", import.meta.url).pathname;
const KEPT_LIMIT_MS = 45_000;

/** The same page under another version number: other bytes in several files, the same in all the others. */
const nextVersion: Plugin = {
  name: "next-version",
  transform(code, id) {
    if (id.endsWith("app-version.ts")) return code.replace(/= version\b/, '= version + "-next"');
    return null;
  },
};

async function versionOf(page: Page): Promise<unknown> {
  const { bytes } = await downloadOf(page, "Export GeoJSON");
  return JSON.stringify(JSON.parse(bytes.toString("utf8"))).includes("-next") ? "later" : "earlier";
}

describe("two versions in succession", () => {
  let later: string;
  let browser: Browser;
  let context: BrowserContext;
  let server: StaticServer;

  beforeAll(async () => {
    later = await mkdtemp(join(tmpdir(), "palisade-later-"));
    await build({ logLevel: "error", mode: "production", build: { outDir: later }, plugins: [nextVersion] });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await rm(later, { recursive: true, force: true });
  });
  beforeEach(async () => {
    server = await startStaticServer(EARLIER);
    context = await browser.newContext({ viewport: { width: 1280, height: 860 }, acceptDownloads: true });
    return async () => {
      await context.close();
      await server.close();
    };
  });

  async function readyPage(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(server.address);
    const state = page.getByRole("status", { name: "Offline" });
    await state.getByText("Offline ready").waitFor({ timeout: KEPT_LIMIT_MS });
    await state.getByRole("button").click();
    return page;
  }

  async function offered(page: Page) {
    await page.getByRole("button", { name: "Look for a new version" }).click();
    const update = page.getByRole("button", { name: "Update" });
    await update.waitFor({ timeout: KEPT_LIMIT_MS });
    return update;
  }

  it("leave the open page at work on its own files, and change hands when a person says so", async () => {
    const page = await readyPage();
    server.root = later;
    server.log.length = 0;
    const update = await offered(page);
    // What both have is not fetched twice.
    expect(server.log.map(({ path }) => path).filter((path) => /\.(onnx|wasm|tif)$/.test(path))).toEqual([]);
    const parts = partsOf(page);
    await parts.demoSlide.click();
    await parts.analyze.and(page.locator(":enabled")).click({ timeout: 30_000 });
    await expect.poll(() => update.isDisabled()).toBe(true);
    expect(await update.getAttribute("title")).toMatch(/A run is under way/);
    await finishRun(page);
    expect(await versionOf(page)).toBe("earlier");
    await page.reload();
    await update.waitFor({ timeout: KEPT_LIMIT_MS });
    await Promise.all([page.waitForEvent("load"), update.click()]);
    await page.getByRole("status", { name: "Offline" }).getByText("Offline ready").waitFor({ timeout: KEPT_LIMIT_MS });
    await parts.demoSlide.click();
    await parts.analyze.and(page.locator(":enabled")).click({ timeout: 30_000 });
    // The kept result of the earlier version stands there until the run begins.
    await parts.cancel.waitFor();
    await finishRun(page);
    expect(await versionOf(page)).toBe("later");
    const kept = await page.evaluate(async () => {
      const keys = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return keys.flat().filter(({ url }) => /assets\/index-.*\.js/.test(url)).length;
    });
    expect(kept).toBe(1);
  });

  it("do not change hands under another open tab", async () => {
    const page = await readyPage();
    const other = await context.newPage();
    await other.goto(server.address);
    server.root = later;
    const update = await offered(page);
    await update.click();
    await page.getByText(/open in another tab or window/).waitFor();
    await other.close();
    await Promise.all([page.waitForEvent("load"), update.click()]);
  });

  it("of which the later one is broken on the server: the earlier one goes on, with the network off too", async () => {
    const page = await readyPage();
    const before = await page.evaluate(() => document.querySelector("script[src]")?.getAttribute("src"));
    server.root = later;
    server.alter = (path, bytes) => (path.startsWith("assets/index-") ? bytes.subarray(1) : bytes);
    await page.getByRole("button", { name: "Look for a new version" }).click();
    await page.getByText(/not all of it could be fetched \(assets\/index-/).waitFor({ timeout: KEPT_LIMIT_MS });
    await server.close();
    await page.reload();
    await page.getByRole("status", { name: "Offline" }).getByText("Offline ready").waitFor({ timeout: KEPT_LIMIT_MS });
    expect(await page.evaluate(() => document.querySelector("script[src]")?.getAttribute("src"))).toBe(before);
  });
});
