import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { namedWorkers } from "../support/named-workers.ts";
import { tissuePng } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, openPage, partsOf } from "./open-page.ts";
import { readConfidenceTiff } from "./read-confidence-tiff.ts";

/** Small: SwiftShader computes on the processor what a card does in a blink. Some parts of it are done before the GPU goes. */
const PICTURE = tissuePng("small.png", 360, 260);
const MPP = "40";

/** SwiftShader compiles its shaders on two cores that other tests may use too. */
const LIMIT_MS = 200_000;

/** Of a confidence; float32 sums in another order differ by far less, a wrong shader by far more. */
const TOLERANCE = 1e-3;

/** Put before an inference worker's own code: keeps each device that it is given, for the test to take away. */
const KEEP_DEVICES = `
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...wishes) {
    self.givenDevice = await Reflect.apply(requestDevice, this, wishes);
    return self.givenDevice;
  };
`;

async function startRun(page: Page): Promise<void> {
  const parts = partsOf(page);
  await parts.file.setInputFiles(PICTURE);
  await parts.pixelSize.fill(MPP);
  await parts.pixelSize.press("Enter");
  await parts.analyze.click();
}

async function endOfRun(page: Page) {
  await finishRun(page, LIMIT_MS);
  const { bytes } = await downloadOf(page, "Export confidence");
  return { backend: (await partsOf(page).backend.textContent()) ?? "", map: await readConfidenceTiff(bytes) };
}

describe("a GPU that the browser takes away in the middle of a run", () => {
  let withAdapter: Browser;
  let without: Browser;

  beforeAll(async () => {
    withAdapter = await launchBrowser({ webgpu: true });
    without = await launchBrowser();
  });
  afterAll(() => Promise.all([withAdapter.close(), without.close()]));

  it(
    "leaves the run to wasm, which says why and ends with the same map within the tolerance",
    async () => {
      const calm = await openPage(without);
      await startRun(calm.page);
      const wasm = await endOfRun(calm.page);
      await calm.context.close();

      const { page, context, complaints } = await openPage(withAdapter);
      await context.route(/\/inference\.worker-[\w-]+\.js$/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `${KEEP_DEVICES}${await response.text()}` });
      });
      await startRun(page);
      await expect
        .poll(() => partsOf(page).progress.getAttribute("aria-valuenow").then(Number), {
          timeout: LIMIT_MS,
          interval: 50,
        })
        .toBeGreaterThan(0);
      const found = (await namedWorkers(page)).find(({ name }) => name === "inference");
      await found?.worker.evaluate(() => {
        const device: unknown = Reflect.get(self, "givenDevice");
        if (!(device instanceof GPUDevice)) throw new TypeError("The worker was given no device.");
        device.destroy();
      });
      const lost = await endOfRun(page);
      expect(lost.backend).toMatch(
        /^WASM: WebGPU failed during the run, WebAssembly went on with it: .*the browser took it away/,
      );

      expect(lost.map.values).toHaveLength(wasm.map.values.length);
      lost.map.values.forEach((value, cell) => {
        const other = wasm.map.values[cell] ?? 0;
        expect(Number.isNaN(value)).toBe(Number.isNaN(other));
        if (!Number.isNaN(value)) expect(Math.abs(value - other)).toBeLessThan(TOLERANCE);
      });
      expect(await partsOf(page).alert.count()).toBe(0);
      expect(complaints).toEqual([]);
    },
    2 * LIMIT_MS,
  );
});
