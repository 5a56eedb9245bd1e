import { readdir, readFile, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { basename, extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tissuePng } from "./made-files.ts";
import { finishRun, launchBrowser, partsOf } from "./open-page.ts";

const DIST = new URL("../../dist/", import.meta.url).pathname;
const MADE = new URL("../fixtures/slides/made/", import.meta.url).pathname;
const FOLDER = "/a/folder/of/a/clinic/";
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** Of the script that the page loads first, packed: what a slow line waits for before it sees anything. */
const FIRST_SCRIPT_LIMIT = 180_000;

/** The plainest server there is: files, types, nothing else, in a folder. */
function startPlainServer(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent((request.url ?? "").split("?")[0] ?? "");
    const file = join(DIST, normalize(path.slice(FOLDER.length) || "index.html"));
    if (!path.startsWith(FOLDER) || !file.startsWith(DIST) || !(await isFile(file))) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    response.end(await readFile(file));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

describe("the built page on any static host, in any folder", () => {
  let browser: Browser;
  let server: Server;
  let address: string;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), startPlainServer()]);
    const bound = server.address();
    if (typeof bound !== "object" || bound === null) throw new Error("The server has no address.");
    address = `http://127.0.0.1:${bound.port}${FOLDER}`;
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it("opens, analyzes, and misses no file", async () => {
    const page = await browser.newPage();
    const missing: string[] = [];
    page.on("response", (response) => response.status() >= 400 && missing.push(response.url()));
    await page.goto(address);
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
    const page = await browser.newPage();
    const fetched: string[] = [];
    const complaints: string[] = [];
    page.on("response", (response) => {
      const name = basename(new URL(response.url()).pathname);
      if (names.includes(name)) fetched.push(`${name.slice(0, 4)} ${response.status()}`);
    });
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(address);
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

  it("loads a first script without the network's runtime in it, small enough for a slow line", async () => {
    const html = await readFile(join(DIST, "index.html"), "utf8");
    const name = /<script[^>]+src="\.\/([^"]+)"/.exec(html)?.[1];
    expect(name).toBeDefined();
    const script = await readFile(join(DIST, name ?? ""));
    expect(script.includes("onnxruntime")).toBe(false);
    expect(gzipSync(script).length).toBeLessThan(FIRST_SCRIPT_LIMIT);
  });
});
