import { readFile } from "node:fs/promises";
import type { Browser, CDPSession, Page } from "playwright";
import { type Course, type Judged, judge } from "./flat.ts";

const MIB = 2 ** 20;

/** Tiles that the viewer keeps (OpenSeadragon's maxImageCacheCount): an element each, in a cache that fills in some hundred gestures. */
const KEPT_TILES = 200;

/** How much of each the last third may have more than the first. Counts must not grow; memory has the noise of collectors and caches. */
const LIMITS: Readonly<Record<string, number>> = {
  "JS heap of the page": 6,
  "elements in the page": KEPT_TILES,
  "event listeners": 8,
  workers: 0,
  "memory of the renderer": 80,
  "memory of the GPU process": 80,
  "memory of the browser process": 80,
};

/** Watches what a page and its processes hold. Processes are looked up on Linux alone. */
export class MemoryWatch {
  readonly #page: Page;
  readonly #pageSession: CDPSession;
  readonly #browserSession: CDPSession;
  readonly #steps: number[] = [];
  readonly #samples = new Map<string, number[]>();

  private constructor(page: Page, pageSession: CDPSession, browserSession: CDPSession) {
    this.#page = page;
    this.#pageSession = pageSession;
    this.#browserSession = browserSession;
  }

  static async open(browser: Browser, page: Page): Promise<MemoryWatch> {
    const pageSession = await page.context().newCDPSession(page);
    await pageSession.send("HeapProfiler.enable");
    return new MemoryWatch(page, pageSession, await browser.newBrowserCDPSession());
  }

  /** Collects garbage and looks at everything once. */
  async sample(step: number): Promise<void> {
    await this.#pageSession.send("HeapProfiler.collectGarbage");
    const { usedSize } = await this.#pageSession.send("Runtime.getHeapUsage");
    const counters = await this.#pageSession.send("Memory.getDOMCounters");
    const found = new Map([
      ["JS heap of the page", usedSize / MIB],
      ["elements in the page", counters.nodes],
      ["event listeners", counters.jsEventListeners],
      ["workers", this.#page.workers().length],
      ...(await this.#processes()),
    ]);
    this.#steps.push(step);
    for (const [name, value] of found) {
      const values = this.#samples.get(name) ?? [];
      values.push(value);
      this.#samples.set(name, values);
    }
  }

  judged(): Judged[] {
    return [...this.#samples].map(([name, values]) => {
      const unit: Course["unit"] = /heap|memory/.test(name) ? "MB" : "";
      return judge({ name, unit, steps: this.#steps, values, limit: LIMITS[name] ?? 0 });
    });
  }

  /** Resident memory by kind of process; a browser that keeps its GPU code within itself has no GPU process. */
  async #processes(): Promise<Map<string, number>> {
    const sums = new Map<string, number>();
    if (process.platform !== "linux") return sums;
    const { processInfo } = await this.#browserSession.send("SystemInfo.getProcessInfo");
    const names: Readonly<Record<string, string>> = {
      renderer: "memory of the renderer",
      GPU: "memory of the GPU process",
      browser: "memory of the browser process",
    };
    for (const { type, id } of processInfo) {
      const name = names[type];
      const resident = name ? await residentBytes(id) : null;
      if (name && resident !== null) sums.set(name, (sums.get(name) ?? 0) + resident / MIB);
    }
    return sums;
  }
}

async function residentBytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? null : Number(kib) * 1024;
}
