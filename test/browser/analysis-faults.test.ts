import { beforeAll, describe, expect, it } from "vitest";
import { runAnalysis } from "../../src/engine/analysis/run.ts";
import type { AnalysisResult } from "../../src/engine/analysis/types.ts";
import { isAbortError } from "../../src/engine/base/errors.ts";
import { blobSource } from "../../src/engine/slide/blob-source.ts";
import { webDecoders } from "../../src/engine/slide/decoders-web.ts";
import { openSlide } from "../../src/engine/slide/open.ts";
import { type InferenceHandle, inferenceHandle, startInferenceWorker } from "../../src/workers/inference-handle.ts";
import { openPool } from "../../src/workers/pool.ts";
import { DEFAULT_POOL_LIMITS, type PoolOptions } from "../../src/workers/pool-options.ts";
import { darknessPack } from "../unit/analysis/darkness-pack.ts";
import { runtimeBase, squareSlideFile } from "./workers/analysis-parts.ts";
import type { Fault } from "./workers/faulty-inference.worker.ts";

const file = squareSlideFile();
const pack = darknessPack();

type Kind = Fault | "dead" | "good";

/** A run through real workers, of which the first ones are faulty; counts those that were started and ended. */
async function runWith(kinds: readonly Kind[], changes: Partial<PoolOptions> = {}, signal?: AbortSignal) {
  const counts = { started: 0, ended: 0 };
  const slide = await openSlide(blobSource(file, file.name), webDecoders());
  const result: AnalysisResult = await runAnalysis({
    slide,
    loaded: pack,
    maxPositions: 16,
    options: signal ? { signal } : {},
    openExecutor: (lattice) =>
      openPool({
        choice: "wasm",
        maxWorkers: 2,
        probe: async () => ({ ok: true, reason: "pretended", device: "pretended" }),
        limits: { ...DEFAULT_POOL_LIMITS, taskMs: 3000, medianFactor: 0 },
        redoAtMost: 3,
        ...(signal ? { signal } : {}),
        startWorker: () => {
          const handle = startKind(kinds[counts.started] ?? "good", {
            slide: { files: [file], view: {} },
            pack,
            lattice,
            runtimeBase,
          });
          counts.started += 1;
          let isEnded = false;
          return {
            ...handle,
            close: () => {
              if (!isEnded) counts.ended += 1;
              isEnded = true;
              handle.close();
            },
          };
        },
        ...changes,
      }),
  });
  slide.close();
  return { result, counts };
}

function startKind(kind: Kind, setup: Parameters<typeof startInferenceWorker>[0]): InferenceHandle {
  if (kind === "good") return startInferenceWorker(setup);
  if (kind === "dead") {
    return inferenceHandle(new Worker(new URL("./workers/dead.worker.ts", import.meta.url), { type: "module" }), setup);
  }
  const worker = new Worker(new URL("./workers/faulty-inference.worker.ts", import.meta.url), {
    type: "module",
    name: kind,
  });
  return inferenceHandle(worker, setup);
}

/** Resolves once no busy worker of `faulty-inference.worker.ts` is heard any more: Chromium lets a busy one finish for 2 s. */
async function waitForSilence(): Promise<void> {
  const heartbeat = new BroadcastChannel("faulty-inference");
  let lastHeardMs = performance.now();
  heartbeat.onmessage = () => {
    lastHeardMs = performance.now();
  };
  while (performance.now() - lastHeardMs < 500) await new Promise((resolve) => setTimeout(resolve, 50));
  heartbeat.close();
}

describe("a run whose workers fail", () => {
  let expected: AnalysisResult;

  beforeAll(async () => {
    expected = (await runWith([])).result;
  });

  it.each<{ readonly kinds: readonly Kind[] }>([
    { kinds: ["crash"] },
    { kinds: ["hang"] },
    { kinds: ["dead"] },
    { kinds: ["good", "crash", "dead", "crash"] },
  ])("has the same map as one whose workers do not: $kinds", async ({ kinds }) => {
    const { result, counts } = await runWith(kinds);
    expect(result.grid).toEqual(expected.grid);
    expect(counts.started).toBeGreaterThan(kinds.filter((kind) => kind !== "good").length);
    expect(counts.ended).toBe(counts.started);
    await waitForSilence();
  });

  it.each<{ readonly kind: Kind }>([{ kind: "lost" }, { kind: "crash" }, { kind: "hang-at-open" }, { kind: "dead" }])(
    "goes on with wasm when the GPU shows: $kind",
    async ({ kind }) => {
      const limits = { ...DEFAULT_POOL_LIMITS, openGpuMs: 1000 };
      const { result, counts } = await runWith([kind], { choice: "auto", limits });
      expect(result.backend.name).toBe("WASM");
      expect(result.backend.reason).toContain("WebGPU");
      expect(result.grid).toEqual(expected.grid);
      expect(counts.ended).toBe(counts.started);
      await waitForSilence();
    },
  );
});

describe("a cancelled run", () => {
  it("leaves no worker busy (a busy one would time this test out)", async () => {
    const controller = new AbortController();
    const heartbeat = new BroadcastChannel("faulty-inference");
    heartbeat.onmessage = () => controller.abort();
    const cancelled = runWith(["hang", "hang"], {}, controller.signal);
    await expect(cancelled).rejects.toSatisfy(isAbortError);
    heartbeat.close();
    await waitForSilence();
  });
});
