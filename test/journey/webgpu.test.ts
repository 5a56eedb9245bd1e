import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tissuePng } from "./made-files.ts";
import { finishRun, launchBrowser, openPage, partsOf, readNecrosis } from "./open-page.ts";

/** Small: SwiftShader computes on the processor what a card does in a blink. */
const SMALL = tissuePng("small.png", 160, 120);

async function analyzed(browser: Browser) {
  const { page } = await openPage(browser);
  const parts = partsOf(page);
  await parts.file.setInputFiles(SMALL);
  await parts.pixelSize.fill("10");
  await parts.pixelSize.press("Enter");
  await parts.analyze.click();
  await finishRun(page, 110_000);
  await parts.threshold.fill("0.1");
  return { backend: (await parts.backend.textContent()) ?? "", numbers: await readNecrosis(parts.necrosis) };
}

describe("the backend", () => {
  let withAdapter: Browser;
  let without: Browser;

  beforeAll(async () => {
    withAdapter = await launchBrowser({ webgpu: true });
    without = await launchBrowser();
  });
  afterAll(() => Promise.all([withAdapter.close(), without.close()]));

  it("is WebGPU where there is an adapter and WASM where there is none, says why, and the numbers are the same", async () => {
    const gpu = await analyzed(withAdapter);
    const wasm = await analyzed(without);
    expect(gpu.backend).toMatch(/^WebGPU: .{8,}/);
    expect(wasm.backend).toMatch(/^WASM: .{8,}/);
    expect(Math.abs(gpu.numbers.percent - wasm.numbers.percent)).toBeLessThan(0.5);
  });
});
