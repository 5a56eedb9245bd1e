import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tissuePng } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, openPage, partsOf } from "./open-page.ts";
import { readConfidenceTiff } from "./read-confidence-tiff.ts";

/** Small: SwiftShader computes on the processor what a card does in a blink. */
const SMALL = tissuePng("small.png", 160, 120);

/** SwiftShader compiles its shaders on two cores that other tests may use too. */
const LIMIT_MS = 200_000;

/** Of a confidence; float32 sums in another order differ by far less, a wrong shader by far more. */
const TOLERANCE = 1e-3;

async function analyzed(browser: Browser) {
  const { page } = await openPage(browser);
  const parts = partsOf(page);
  await parts.file.setInputFiles(SMALL);
  await parts.pixelSize.fill("10");
  await parts.pixelSize.press("Enter");
  await parts.analyze.click();
  await finishRun(page, LIMIT_MS);
  const { bytes } = await downloadOf(page, "Export confidence");
  return { backend: (await parts.backend.textContent()) ?? "", map: await readConfidenceTiff(bytes) };
}

describe("the backend", () => {
  let withAdapter: Browser;
  let without: Browser;

  beforeAll(async () => {
    withAdapter = await launchBrowser({ webgpu: true });
    without = await launchBrowser();
  });
  afterAll(() => Promise.all([withAdapter.close(), without.close()]));

  it(
    "is WebGPU where there is an adapter and WASM where there is none, says why, and the numbers are the same",
    async () => {
      const gpu = await analyzed(withAdapter);
      const wasm = await analyzed(without);
      expect(gpu.backend).toMatch(/^WebGPU: .{8,}/);
      expect(wasm.backend).toMatch(/^WASM: .{8,}/);
      expect(gpu.map.values).toHaveLength(wasm.map.values.length);
      gpu.map.values.forEach((value, cell) => {
        const other = wasm.map.values[cell] ?? 0;
        expect(Number.isNaN(value)).toBe(Number.isNaN(other));
        if (!Number.isNaN(value)) expect(Math.abs(value - other)).toBeLessThan(TOLERANCE);
      });
    },
    2 * LIMIT_MS,
  );
});
