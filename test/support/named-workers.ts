import type { Page, Worker } from "playwright";

/** A worker that is busy does not answer before it is idle; one that is gone never does. */
const ANSWER_LIMIT_MS = 10_000;

/**
 * The page's workers by their names ("slide", "analysis", "inference", "patch-inference"). Their addresses are blobs, which tell nothing.
 * Those that do not answer are left out.
 */
export async function namedWorkers(page: Page): Promise<{ readonly name: string; readonly worker: Worker }[]> {
  const asked = page.workers().map(async (worker) => {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), ANSWER_LIMIT_MS));
    const name = await Promise.race([worker.evaluate(() => self.name).catch(() => null), late]);
    return name === null ? [] : [{ name: name.split(" of page ")[0] ?? "", worker }];
  });
  return (await Promise.all(asked)).flat();
}
