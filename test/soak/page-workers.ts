import type { Page, Worker } from "playwright";

export type WorkerKind = "analysis" | "inference" | "slide";

const kinds = new WeakMap<Worker, string>();

/** What a worker is for, by the name that it was started with; empty when it is gone before it can say. All begin as blobs, so addresses tell nothing. */
export async function kindOf(worker: Worker): Promise<string> {
  const known = kinds.get(worker);
  if (known !== undefined) return known;
  const name = await worker.evaluate(() => self.name).catch(() => "");
  const kind = name.split(" ")[0] ?? "";
  if (kind !== "") kinds.set(worker, kind);
  return kind;
}

export async function workersOf(page: Page, kind: WorkerKind): Promise<Worker[]> {
  const all = page.workers();
  const found = await Promise.all(all.map(kindOf));
  return all.filter((_, i) => found[i] === kind);
}

/**
 * Ends one of the page's workers of a kind, as a browser that is short of memory does: without a word to whoever started it.
 * False where there is none.
 */
export async function endWorker(page: Page, kind: WorkerKind, random: () => number = () => 0): Promise<boolean> {
  const alive = await workersOf(page, kind);
  const worker = alive[Math.floor(random() * alive.length)];
  if (!worker) return false;
  const closed = worker.waitForEvent("close");
  worker.evaluate(() => self.close()).catch(() => {});
  await closed;
  return true;
}
