import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { unzipSync } from "fflate";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesBeside, releaseArchive } from "../../tools/release/archive.ts";
import { billOfMaterials } from "../../tools/release/sbom.ts";
import { finishRun, launchBrowser, partsOf } from "./open-page.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

describe("the release, unpacked from its archive into a folder of another name", () => {
  let folder: string;
  let server: ChildProcess;
  let address: string;
  let browser: Browser;

  beforeAll(async () => {
    const beside = await filesBeside(ROOT, "0.0.0", billOfMaterials(ROOT));
    const archive = await releaseArchive({ version: "0.0.0", date: new Date(), page: join(ROOT, "dist"), beside });
    folder = await mkdtemp(join(tmpdir(), "USB stick "));
    for (const [name, bytes] of Object.entries(unzipSync(archive))) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), bytes);
    }
    server = spawn(process.execPath, [join(folder, "palisade-0.0.0/serve.mjs")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (!server.stdout) throw new Error("The server cannot be heard.");
    for await (const line of createInterface(server.stdout)) {
      address = /http:\S+/.exec(line)?.[0] ?? "";
      if (address) break;
    }
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it("opens from its own server, and goes on after the stick was pulled out", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    await page.getByRole("status", { name: "Offline" }).getByText("Offline ready").waitFor({ timeout: 60_000 });
    server.kill();
    await once(server, "exit");
    await page.reload();
    const parts = partsOf(page);
    await parts.demoSlide.click();
    await parts.analyze.and(page.locator(":enabled")).click({ timeout: 30_000 });
    await finishRun(page);
    expect(await parts.necrosis.textContent()).toMatch(/%/);
    await context.close();
  });
});
