import type { Page } from "playwright";

/**
 * Ends one of the page's workers whose address matches, as a browser that is short of memory does: without a word to whoever started it.
 * Resolves with its name, null where there is none.
 */
export async function endWorker(page: Page, kind: RegExp, random: () => number = () => 0): Promise<string | null> {
  const alive = page.workers().filter((worker) => kind.test(worker.url()));
  const worker = alive[Math.floor(random() * alive.length)];
  if (!worker) return null;
  const closed = worker.waitForEvent("close");
  // It may be gone before it can answer.
  worker.evaluate(() => self.close()).catch(() => {});
  await closed;
  return /([\w-]+)\.worker/.exec(worker.url())?.[1] ?? null;
}
