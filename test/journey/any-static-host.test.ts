import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StaticServer, startStaticServer } from "../support/static-server.ts";
import { tissuePng } from "./made-files.ts";
import { finishRun, launchBrowser, partsOf } from "./open-page.ts";

const DIST = new URL("../../dist/", import.meta.url).pathname;
const MADE = new URL("../fixtures/slides/made/", import.meta.url).pathname;
/** Of the script that the page loads first, packed: what a slow line waits for before it sees anything. */
const FIRST_SCRIPT_LIMIT = 100_000;

/** 25 MiB: what Cloudflare Pages, the strictest of the usual hosts, takes for one file. */
const FILE_LIMIT = 25 * 2 ** 20;

describe("the built page on any static host, in any folder", () => {
  let browser: Browser;
  let server: StaticServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), startStaticServer(DIST)]);
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it("opens, analyzes, and misses no file", async () => {
    const page = await browser.newPage({ serviceWorkers: "block" });
    const missing: string[] = [];
    page.on("response", (response) => response.status() >= 400 && missing.push(response.url()));
    await page.goto(server.address);
    const parts = partsOf(page);
    await parts.file.setInputFiles(tissuePng("small.png", 300, 200));
    await parts.pixelSize.fill("10");
    await parts.pixelSize.press("Enter");
    await parts.analyze.click();
    await finishRun(page);
    expect(missing).toEqual([]);
  });

  it("carries the wasm of each tile decoder once, and fetches it when a tile needs it", async () => {
    const names = (await readdir(join(DIST, "assets"))).filter((name) => name.endsWith(".wasm")).sort();
    expect(names.map((name) => name.replace(/-[\w-]{8}\.wasm$/, ""))).toEqual([
      "jxl_dec",
      "lerc-wasm",
      "openjpegwasm_decode",
      "webp_dec",
    ]);
    const page = await browser.newPage({ serviceWorkers: "block" });
    const fetched: string[] = [];
    const complaints: string[] = [];
    page.on("response", (response) => {
      const name = basename(new URL(response.url()).pathname);
      if (names.includes(name)) fetched.push(`${name.slice(0, 4)} ${response.status()}`);
    });
    page.on("console", (message) => {
      // A server that does not know the type of wasm costs a moment, and a line in the console.
      const isOfType = /streaming compile failed|falling back to ArrayBuffer/.test(message.text());
      if (message.type() === "error" && !isOfType) complaints.push(message.text());
    });
    await page.goto(server.address);
    const parts = partsOf(page);
    for (const [name, decoder] of [
      ["jpeg2000-rgb.svs", "open"],
      ["lerc-zstd.tif", "lerc"],
      ["webp.tif", "webp"],
      ["jpegxl.tif", "jxl_"],
    ] as const) {
      expect(fetched.filter((line) => line.startsWith(decoder))).toEqual([]);
      await parts.file.setInputFiles(join(MADE, name));
      await expect.poll(() => fetched, { timeout: 30_000 }).toContain(`${decoder} 200`);
    }
    expect(complaints).toEqual([]);
  });

  it("has no file that a usual host would refuse for its size", async () => {
    const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) expect((await stat(file)).size, file).toBeLessThanOrEqual(FILE_LIMIT);
  });

  it("loads a first script without the network's runtime in it, small enough for a slow line", async () => {
    const html = await readFile(join(DIST, "index.html"), "utf8");
    const name = /<script[^>]+src="\.\/([^"]+)"/.exec(html)?.[1];
    expect(name).toBeDefined();
    const script = await readFile(join(DIST, name ?? ""));
    expect(script.includes("onnxruntime")).toBe(false);
    expect(gzipSync(script).length).toBeLessThan(FIRST_SCRIPT_LIMIT);
  });
});
