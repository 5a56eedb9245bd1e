import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright";
import { build, preview } from "vite";
import { chromiumFlags, findChromium } from "../../support/find-chromium.ts";
import { launchPatiently } from "../../support/patient-launch.ts";
import { type RendererMemory, rendererMemory } from "../../support/renderer-memory.ts";
import type { ReaderName } from "../tile-page/readers.ts";

/** The page of the benchmark, built as the real one is, in one Chromium. Whoever opens it closes it. */
export interface BenchBrowser {
  readonly version: string;
  /** A fresh page with its reader waiting, and the file chosen; nothing of an earlier page is left but the system's own cache of the file. */
  openPage(reader: ReaderName, path: string): Promise<Page>;
  memory(): Promise<RendererMemory | null>;
  close(): Promise<void>;
}

/** Time for a page's workers to start before a file comes: a person takes longer. */
const REST_MS = 700;

export async function startBenchBrowser(): Promise<BenchBrowser> {
  const root = fileURLToPath(new URL("../tile-page/", import.meta.url));
  const outDir = await mkdtemp(join(tmpdir(), "palisade-bench-page-"));
  const publicDir = dirname(fileURLToPath(import.meta.resolve("geotiff-tilesource")));
  const shared = { configFile: false, root, publicDir, base: "./", logLevel: "error" } as const;
  await build({ ...shared, worker: { format: "es" }, build: { outDir, target: "es2023", emptyOutDir: true } });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: "127.0.0.1" } });
  const browser = await launch();
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("The preview server gave no address.");
  return {
    version: browser.version(),
    async openPage(reader, path) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
      const page = await context.newPage();
      await page.goto(`${address}?reader=${reader}`);
      await page.waitForFunction(() => window.tileBench !== undefined);
      await page.locator("#file").setInputFiles(path);
      await page.waitForTimeout(REST_MS);
      return page;
    },
    memory: () => rendererMemory(browser),
    async close() {
      await browser.close();
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}

async function launch(): Promise<Browser> {
  const { executablePath, args } = await findChromium();
  return await launchPatiently({ executablePath, args: [...chromiumFlags(), ...args] });
}
