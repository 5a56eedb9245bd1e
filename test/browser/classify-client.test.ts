import { describe, expect, it } from "vitest";
import type { AnalysisProgress } from "../../src/engine/analysis/types.ts";
import { isAbortError } from "../../src/engine/base/errors.ts";
import { patchBox } from "../../src/engine/classification/patch-grid.ts";
import { startAnalysisClient } from "../../src/workers/analysis.client.ts";
import { darkClassifier } from "../unit/classification/dark-classifier.ts";
import { plainRequest, SMALL_SLIDE, squareSlideFile } from "./workers/analysis-parts.ts";

const client = startAnalysisClient();
const { stride: _, ...request } = plainRequest(squareSlideFile(), darkClassifier());

describe("a classification in workers", () => {
  it("finds the class of a TIFF on wasm, with the patches that spoke for it and progress", async () => {
    const seen: AnalysisProgress[] = [];
    const result = await client.classify(request, { onProgress: (progress) => seen.push(progress) });
    expect(result).toMatchObject({ packId: "dark-or-pale", classes: ["pale", "dark"] });
    expect(result.backend).toMatchObject({ name: "WASM", device: "CPU" });
    const best = patchBox(result.grid, result.kept[result.evidence.indexOf(Math.max(...result.evidence))]!);
    const { square } = SMALL_SLIDE;
    expect(best.x0 + best.width0 / 2).toBeGreaterThan(square.x0);
    expect(best.x0 + best.width0 / 2).toBeLessThan(square.x0 + square.width0);
    expect(seen[0]?.phase).toBe("opening");
    expect(seen.at(-1)?.total).toBeGreaterThan(100);
  });

  it("gives the same class and evidence on WebGPU", async () => {
    const onGpu = await client.classify({ ...request, backend: "webgpu" });
    const onCpu = await client.classify(request);
    expect(onGpu.backend.name).toBe("WebGPU");
    expect(onGpu.predicted).toBe(onCpu.predicted);
    expect(onGpu.kept).toEqual(onCpu.kept);
    const differences = onGpu.evidence.map((value, at) => Math.abs(value - onCpu.evidence[at]!));
    // Evidence is a share of a decision of about 1; a GPU sums in another order.
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });

  it("stops when it is cancelled, and rejects with the sentence of the engine", async () => {
    const controller = new AbortController();
    const cancelled = client.classify(request, {
      signal: controller.signal,
      onProgress: ({ phase }) => {
        if (phase === "warming-up" || phase === "fine") controller.abort();
      },
    });
    await expect(cancelled).rejects.toSatisfy(isAbortError);
    const text = new File(["no slide"], "notes.svs");
    await expect(client.classify({ ...request, slide: { files: [text], view: {} } })).rejects.toMatchObject({
      code: "slide/not-a-slide",
    });
  });
});
