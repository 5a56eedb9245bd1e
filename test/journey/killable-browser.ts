import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright";
import { chromiumFlags, findChromium } from "../support/find-chromium.ts";

const START_MS = 30_000;

/** A Chromium with a profile on the disk, whose process can be killed as a power cut would. */
export interface KillableBrowser {
  readonly page: Page;
  /** Ends the process at once: it writes nothing more. */
  kill(): Promise<void>;
}

/** A folder for profiles; whoever makes it removes it. */
export async function makeProfile(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "palisade-profile-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

export async function launchOnProfile(folder: string): Promise<KillableBrowser> {
  const found = await findChromium();
  const port = join(folder, "DevToolsActivePort");
  await rm(port, { force: true });
  const flags = [
    ...chromiumFlags(),
    "--headless",
    "--disable-features=WebGPU",
    "--remote-debugging-port=0",
    `--user-data-dir=${folder}`,
    ...found.args,
    "about:blank",
  ];
  const child = spawn(found.executablePath, flags, { stdio: "ignore" });
  const browser = await chromium.connectOverCDP(await addressOf(child, port));
  const context = browser.contexts()[0] ?? (await browser.newContext());
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    async kill() {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
      await browser.close().catch(() => {});
    },
  };
}

/** The browser writes the port that it took into its profile. */
async function addressOf(child: ChildProcess, file: string): Promise<string> {
  const latest = Date.now() + START_MS;
  while (Date.now() < latest && child.exitCode === null) {
    const [port] = (await readFile(file, "utf8").catch(() => "")).split("\n");
    if (port) return `http://127.0.0.1:${port}`;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGKILL");
  throw new Error("Chromium did not start with a profile on the disk.");
}
