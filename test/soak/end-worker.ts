import type { Page } from "playwright";
import { namedWorkers } from "../support/named-workers.ts";

/**
 * Ends one of the page's workers of that name, as a browser that is short of memory does: without a word to whoever started it. False where
 * there is none.
 */
export async function endWorker(page: Page, name: string, random: () => number = () => 0): Promise<boolean> {
  const alive = (await namedWorkers(page)).filter((found) => found.name === name);
  const worker = alive[Math.floor(random() * alive.length)]?.worker;
  if (!worker || !page.workers().includes(worker)) return false;
  const closed = worker.waitForEvent("close");
  // It may be gone before it can answer.
  worker.evaluate(() => self.close()).catch(() => {});
  await closed;
  return true;
}
