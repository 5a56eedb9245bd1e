import type { ReaderName } from "../tile-page/readers.ts";
import { type LevelShape, spreadTiles, type TilePlace } from "../tile-page/spread.ts";
import type { BenchBrowser } from "./bench-browser.ts";

/** Of one file, by one reader, in one round. Milliseconds. */
export interface Round {
  readonly firstView: number;
  /** One after another, each for the first time. */
  readonly cold: readonly number[];
  /** The same tiles asked for again. */
  readonly warm: readonly number[];
  /** All tiles once more, eight at a time. */
  readonly burst: number;
  /** Between frames of a moving view. */
  readonly frames: readonly number[];
  /** Megabytes that the page's process took above rest for the first view, at most; null where the system does not tell. */
  readonly memoryMb: number | null;
}

export interface RoundPlan {
  readonly places: readonly TilePlace[];
  readonly panSeconds: number;
}

const AT_ONCE = 8;
/** A reader that has not given one tile of each level by then does not open the file. */
const OPEN_LIMIT_MS = 30_000;
const ROUND_LIMIT_MS = 120_000;

export async function measureRound(
  browser: BenchBrowser,
  reader: ReaderName,
  path: string,
  { places, panSeconds }: RoundPlan,
): Promise<Round> {
  const shown = await inPage(browser, reader, path, ROUND_LIMIT_MS, async (page) => {
    const rest = await browser.memory();
    const firstView = await page.evaluate(() => window.tileBench.firstView());
    const after = await browser.memory();
    const memoryMb = rest && after ? (after.most - rest.now) / (1024 * 1024) : null;
    const frames = await page.evaluate((seconds) => window.tileBench.frames(seconds), panSeconds);
    return { firstView, frames, memoryMb };
  });
  const times = await inPage(browser, reader, path, ROUND_LIMIT_MS, async (page) => {
    await page.evaluate(() => window.tileBench.openSource());
    const cold = await page.evaluate((list) => window.tileBench.tiles(list), places);
    const warm = await page.evaluate((list) => window.tileBench.tiles(list), places);
    const burst = await page.evaluate(([list, atOnce]) => window.tileBench.burst(list, atOnce), [
      places,
      AT_ONCE,
    ] as const);
    return { cold, warm, burst };
  });
  return { ...shown, ...times };
}

/** Levels as a reader sees them. Throws what it says of a file that it does not open. */
export async function levelsBy(browser: BenchBrowser, reader: ReaderName, path: string): Promise<LevelShape[]> {
  return await inPage(browser, reader, path, OPEN_LIMIT_MS, async (page) => {
    const shapes = await page.evaluate(() => window.tileBench.openSource());
    await page.evaluate((list) => window.tileBench.tiles(list), spreadTiles(shapes, 1));
    return shapes;
  });
}

async function inPage<T>(
  browser: BenchBrowser,
  reader: ReaderName,
  path: string,
  limitMs: number,
  work: (page: Awaited<ReturnType<BenchBrowser["openPage"]>>) => Promise<T>,
): Promise<T> {
  const page = await browser.openPage(reader, path);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${limitMs / 1000} s`)), limitMs);
  });
  try {
    const result = await Promise.race([work(page), limit]);
    const failures = await page.evaluate(() => window.tileBench.failures());
    if (failures > 0) throw new Error(`${failures} tiles could not be read`);
    return result;
  } finally {
    clearTimeout(timer);
    await page.context().close();
  }
}
