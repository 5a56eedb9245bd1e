import { readFile } from "node:fs/promises";
import type { Browser } from "playwright";

/** Bytes of memory of all of a browser's page processes together, workers included. */
export interface RendererMemory {
  readonly now: number;
  /** The sum of what each needed at most so far. */
  readonly most: number;
}

/** Null where the system does not tell (anything but Linux). */
export async function rendererMemory(browser: Browser): Promise<RendererMemory | null> {
  if (process.platform !== "linux") return null;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  let now = 0;
  let most = 0;
  for (const { type, id } of processInfo) {
    if (type !== "renderer") continue;
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    now += kilobytes(status, "VmRSS") * 1024;
    most += kilobytes(status, "VmHWM") * 1024;
  }
  return now > 0 ? { now, most } : null;
}

function kilobytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
}
