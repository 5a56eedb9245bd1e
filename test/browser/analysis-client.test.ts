import { afterEach, describe, expect, it } from "vitest";
import type { AnalysisProgress } from "../../src/engine/analysis/types.ts";
import { isAbortError } from "../../src/engine/base/errors.ts";
import { startAnalysisClient } from "../../src/workers/analysis.client.ts";
import { darknessPack } from "../unit/analysis/darkness-pack.ts";
import { plainRequest, SMALL_SLIDE, squareSlideFile } from "./workers/analysis-parts.ts";

const client = startAnalysisClient();
const pack = darknessPack();

function meanWithin(grid: AnalysisProgress["grid"], isInside: boolean): number {
  if (!grid) return Number.NaN;
  const { square } = SMALL_SLIDE;
  let sum = 0;
  let count = 0;
  grid.values.forEach((value, at) => {
    const x0 = ((at % grid.cols) + 0.5) * grid.stride0X;
    const y0 = (Math.floor(at / grid.cols) + 0.5) * grid.stride0Y;
    const isIn = x0 > square.x0 && x0 < square.x0 + square.width0 && y0 > square.y0 && y0 < square.y0 + square.height0;
    if (isIn !== isInside || Number.isNaN(value)) return;
    sum += value;
    count += 1;
  });
  return sum / count;
}

describe("an analysis in workers", () => {
  it("finds the dark square of a TIFF on wasm, with progress that ends in the result", async () => {
    const seen: AnalysisProgress[] = [];
    const result = await client.analyze(plainRequest(squareSlideFile(), pack), {
      onProgress: (progress) => seen.push(progress),
    });
    expect(meanWithin(result.grid, true)).toBeGreaterThan(0.5);
    expect(meanWithin(result.grid, false)).toBeLessThan(0.4);
    expect(result).toMatchObject({ packId: "darkness", mode: "dense", stride: 8, notes: [] });
    expect(result.backend).toMatchObject({ name: "WASM", device: "CPU" });
    expect(result.pixelSize).toEqual({ mppX: 1, mppY: 1, origin: "file" });
    expect(seen[0]?.phase).toBe("opening");
  });

  it("shows the map while it grows", async () => {
    const seen: AnalysisProgress[] = [];
    await client.analyze(
      { ...plainRequest(squareSlideFile(), pack), stride: 2 },
      { onProgress: (progress) => seen.push(progress) },
    );
    expect(seen.some(({ grid }) => grid !== null)).toBe(true);
    const done = seen.map((progress) => progress.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  });

  it("gives the same map on WebGPU within the tolerance of its self-test", async () => {
    const request = plainRequest(squareSlideFile(), pack);
    const [onGpu, onCpu] = [
      await client.analyze({ ...request, backend: "webgpu" }),
      await client.analyze({ ...request, backend: "wasm" }),
    ];
    expect(onGpu.backend.name).toBe("WebGPU");
    const differences = onGpu.grid.values.map((value, at) => Math.abs(value - onCpu.grid.values[at]!));
    expect(Math.max(...differences.filter((value) => !Number.isNaN(value)))).toBeLessThan(1e-3);
    expect(onGpu.grid.tissue).toEqual(onCpu.grid.tissue);
  });

  it("says what it would compute with", async () => {
    expect(await client.probeBackend("wasm")).toMatchObject({ name: "WASM" });
    expect(["WebGPU", "WASM"]).toContain((await client.probeBackend("auto")).name);
  });

  it("rejects with the sentence and the code of the engine", async () => {
    const text = new File(["this is no slide, only text"], "notes.svs");
    await expect(client.analyze(plainRequest(text, pack))).rejects.toMatchObject({
      name: "AppError",
      code: "slide/not-a-slide",
    });
    const request = { ...plainRequest(squareSlideFile(), pack), stride: 5 };
    await expect(client.analyze(request)).rejects.toMatchObject({ code: "analysis/out-of-range" });
  });

  it("refuses a GPU that fails the self-test when no other was allowed, and takes wasm when it was", async () => {
    const wrong = {
      ...pack.pack,
      selfTest: { cases: [{ seed: 1, width: 16, height: 16, decisions: [9, 9, 9, 9] }], tolerance: 1e-3 },
    };
    const request = plainRequest(squareSlideFile(), { ...pack, pack: wrong });
    await expect(client.analyze({ ...request, backend: "webgpu" })).rejects.toMatchObject({
      code: "features/self-test-failed",
    });
    // Nobody can pass a wrong self-test: neither does wasm.
    await expect(client.analyze({ ...request, backend: "auto" })).rejects.toMatchObject({
      code: "features/self-test-failed",
    });
  });

  it("stops when it is cancelled, and the next run is as good as ever", async () => {
    const request = plainRequest(squareSlideFile(), pack);
    const controller = new AbortController();
    const cancelled = client.analyze(request, {
      signal: controller.signal,
      onProgress: ({ phase }) => {
        if (phase === "warming-up" || phase === "coarse") controller.abort();
      },
    });
    await expect(cancelled).rejects.toSatisfy(isAbortError);
    const result = await client.analyze(request);
    expect(meanWithin(result.grid, true)).toBeGreaterThan(0.5);
  });
});

describe("a closed client", () => {
  const closed = startAnalysisClient();
  afterEach(() => closed.close());

  it("rejects what is pending and what comes", async () => {
    const pending = closed.analyze(plainRequest(squareSlideFile(), pack));
    closed.close();
    await expect(pending).rejects.toMatchObject({ code: "workers/closed" });
    await expect(closed.probeBackend("wasm")).rejects.toMatchObject({ code: "workers/closed" });
  });
});
