import { describe, expect, it } from "vitest";
import { AppError, isAbortError } from "../../../src/engine/base/errors.ts";
import type { BackendInfo } from "../../../src/engine/features/types.ts";
import type { SupertilePlanes, SupertileTask } from "../../../src/engine/patches/types.ts";
import type { InferenceHandle, InferenceRole } from "../../../src/workers/inference-handle.ts";
import { openPool } from "../../../src/workers/pool.ts";
import type { PoolOptions } from "../../../src/workers/pool-options.ts";

const TASK: SupertileTask = { id: 1, pass: 0, col: 0, row: 0, step: 1, cols: 2, rows: 2 };
const CRASH = new AppError("workers/crashed", "The worker stopped.");

type Behaviour = "good" | "crash" | "hang" | "nan" | "lost" | "bad-slide" | "no-open" | "hang-open" | "failed-test";

/** Workers that behave as they are told, one after another; the last behaviour holds for all further ones. */
class FakeWorkers {
  readonly roles: InferenceRole[] = [];
  started = 0;
  closed = 0;
  readonly #behaviours: readonly Behaviour[];

  constructor(behaviours: readonly Behaviour[]) {
    this.#behaviours = behaviours;
  }

  start(): InferenceHandle {
    const behaviour = this.#behaviours[Math.min(this.started, this.#behaviours.length - 1)]!;
    this.started += 1;
    let end: (error: AppError) => void = () => {};
    const ended = new Promise<never>((_, reject) => {
      end = reject;
    });
    ended.catch(() => {});
    let isClosed = false;
    return {
      open: (role) => {
        this.roles.push(role);
        return Promise.race([ended, openAs(behaviour, role)]);
      },
      run: (task) => Promise.race([ended, runAs(behaviour, task)]),
      close: () => {
        if (!isClosed) this.closed += 1;
        isClosed = true;
        end(new AppError("workers/closed", "The worker was closed."));
      },
    };
  }
}

async function openAs(behaviour: Behaviour, role: InferenceRole): Promise<BackendInfo> {
  if (behaviour === "no-open") throw CRASH;
  if (behaviour === "hang-open") return never();
  if (behaviour === "failed-test") throw new AppError("features/self-test-failed", "The self-test failed by 0.5.");
  const name = role.kind === "webgpu" ? "WebGPU" : "WASM";
  return { name, reason: role.reason ?? "found", device: role.kind, runtime: "fake" };
}

async function runAs(behaviour: Behaviour, { cols, rows }: SupertileTask): Promise<SupertilePlanes> {
  if (behaviour === "hang") return never();
  if (behaviour === "crash") throw CRASH;
  if (behaviour === "lost") throw new AppError("features/device-lost", "The browser took the GPU away.");
  if (behaviour === "bad-slide") throw new AppError("slide/decode-failed", "A tile is damaged.");
  const value = behaviour === "nan" ? Number.NaN : 1;
  return { planes: 1, cols, rows, data: new Float32Array(cols * rows).fill(value) };
}

function never<T>(): Promise<T> {
  return new Promise(() => {});
}

function optionsFor(workers: FakeWorkers, changes: Partial<PoolOptions> = {}): PoolOptions {
  return {
    choice: "wasm",
    maxWorkers: 2,
    startWorker: () => workers.start(),
    probe: async () => ({ ok: true, reason: "WebGPU adapter found: fake", device: "fake" }),
    limits: { probeMs: 50, openGpuMs: 50, openWasmMs: 50, taskMs: 50, medianFactor: 20 },
    redoAtMost: 3,
    ...changes,
  };
}

describe("a pool that rests", () => {
  it("ends its workers, and starts them again with the next task", async () => {
    const workers = new FakeWorkers(["good"]);
    const pool = await openPool(optionsFor(workers));
    await Promise.all([pool.run(TASK), pool.run(TASK)]);
    pool.rest?.();
    expect(workers.closed).toBe(workers.started);
    await pool.run(TASK);
    expect(workers.started).toBe(3);
    await pool.close();
    expect(workers.closed).toBe(3);
  });

  it("proves the GPU again, and goes on with wasm where that fails", async () => {
    const workers = new FakeWorkers(["good", "failed-test", "good"]);
    const pool = await openPool(optionsFor(workers, { choice: "auto" }));
    expect(pool.backend.name).toBe("WebGPU");
    pool.rest?.();
    await pool.run(TASK);
    expect(workers.roles.map(({ kind, selfTest }) => `${kind} ${selfTest}`)).toEqual([
      "webgpu true",
      "webgpu true",
      "wasm false",
    ]);
    expect(pool.backend).toMatchObject({ name: "WASM", reason: expect.stringContaining("used again") });
    await pool.close();
    expect(workers.closed).toBe(3);
  });
});

describe("a pool of wasm workers", () => {
  it("proves the first worker only and starts others when they are needed", async () => {
    const workers = new FakeWorkers(["good"]);
    const pool = await openPool(optionsFor(workers));
    expect(workers.started).toBe(1);
    await pool.run(TASK);
    expect(workers.started).toBe(1);
    await Promise.all([pool.run(TASK), pool.run(TASK), pool.run(TASK)]);
    expect(workers.started).toBe(2);
    expect(workers.roles.map((role) => role.selfTest)).toEqual([true, false]);
    await pool.close();
    expect(workers.closed).toBe(2);
  });

  it.each(["crash", "hang", "nan"] as const)("redoes the task of a worker that shows: %s", async (behaviour) => {
    const workers = new FakeWorkers([behaviour, behaviour, "good"]);
    const pool = await openPool(optionsFor(workers, { maxWorkers: 1 }));
    const planes = await pool.run(TASK);
    expect([...planes.data]).toEqual([1, 1, 1, 1]);
    expect(workers).toMatchObject({ started: 3, closed: 2 });
    expect(pool.notes).toEqual([expect.stringMatching(/^An analysis worker stopped working on 2 parts .+\.$/)]);
    await pool.close();
  });

  it("gives up a task after three more tries, with a sentence and the cause", async () => {
    const workers = new FakeWorkers(["crash"]);
    const pool = await openPool(optionsFor(workers, { maxWorkers: 1 }));
    const failure = await pool.run(TASK).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "workers/crashed",
      message: expect.stringContaining("4 tries"),
      cause: CRASH,
    });
    expect(workers).toMatchObject({ started: 4, closed: 4 });
  });

  it("does not redo what the slide is to blame for", async () => {
    const workers = new FakeWorkers(["bad-slide"]);
    const pool = await openPool(optionsFor(workers));
    await expect(pool.run(TASK)).rejects.toMatchObject({ code: "slide/decode-failed" });
    expect(workers.started).toBe(1);
  });

  it("starts again when the first worker does not open", async () => {
    const workers = new FakeWorkers(["no-open", "hang-open", "good"]);
    const pool = await openPool(optionsFor(workers));
    expect(pool.backend.name).toBe("WASM");
    expect(workers).toMatchObject({ started: 3, closed: 2 });
  });

  it("refuses to compute with numbers that the self-test calls wrong", async () => {
    await expect(openPool(optionsFor(new FakeWorkers(["failed-test"])))).rejects.toMatchObject({
      code: "features/self-test-failed",
    });
  });
});

describe("a cancelled task", () => {
  it("ends its worker at once", async () => {
    const workers = new FakeWorkers(["hang"]);
    const pool = await openPool(optionsFor(workers, { limits: { ...optionsFor(workers).limits, taskMs: 60_000 } }));
    const controller = new AbortController();
    const running = pool.run(TASK, controller.signal);
    setTimeout(() => controller.abort(), 5);
    await expect(running).rejects.toSatisfy(isAbortError);
    expect(workers.closed).toBe(1);
    await pool.close();
  });

  it("that still waits for a worker leaves the queue to others", async () => {
    const workers = new FakeWorkers(["good"]);
    const pool = await openPool(optionsFor(workers, { maxWorkers: 1 }));
    const controller = new AbortController();
    const first = pool.run(TASK);
    const waiting = pool.run(TASK, controller.signal);
    const last = pool.run(TASK);
    controller.abort();
    await expect(waiting).rejects.toSatisfy(isAbortError);
    await expect(first).resolves.toBeDefined();
    await expect(last).resolves.toBeDefined();
  });

  it("cannot open workers any more", async () => {
    const workers = new FakeWorkers(["good"]);
    await expect(openPool(optionsFor(workers, { signal: AbortSignal.abort() }))).rejects.toSatisfy(isAbortError);
    expect(workers.started).toBe(0);
  });
});

describe("the choice of the backend", () => {
  it("is WebGPU when an adapter answers and the self-test passes", async () => {
    const pool = await openPool(optionsFor(new FakeWorkers(["good"]), { choice: "auto" }));
    expect(pool.backend.name).toBe("WebGPU");
    expect(pool.concurrency).toBe(2);
  });

  it("is wasm without an adapter, and says why", async () => {
    const workers = new FakeWorkers(["good"]);
    const probe = async () => ({ ok: false, reason: "No WebGPU adapter on this computer", device: "" });
    const pool = await openPool(optionsFor(workers, { choice: "auto", probe }));
    expect(pool.backend).toMatchObject({ name: "WASM", reason: "No WebGPU adapter on this computer" });
    expect(workers.started).toBe(1);
    const asked = openPool(optionsFor(workers, { choice: "webgpu", probe }));
    await expect(asked).rejects.toMatchObject({ code: "features/no-backend" });
  });

  it("is wasm when the driver never answers", async () => {
    const pool = await openPool(optionsFor(new FakeWorkers(["good"]), { choice: "auto", probe: () => never() }));
    expect(pool.backend).toMatchObject({ name: "WASM", reason: "The WebGPU driver does not answer" });
  });

  it.each(["failed-test", "hang-open", "no-open"] as const)("is wasm when the GPU shows: %s", async (behaviour) => {
    const workers = new FakeWorkers([behaviour, "good"]);
    const pool = await openPool(optionsFor(workers, { choice: "auto" }));
    expect(pool.backend.name).toBe("WASM");
    expect(pool.backend.reason).toMatch(/^WebGPU \(fake\) could not be used: ./);
    expect(workers.closed).toBe(1);
  });
});

describe("a GPU that is lost during a run", () => {
  it.each(["lost", "crash", "hang", "nan"] as const)("leaves its work to wasm workers: %s", async (behaviour) => {
    const workers = new FakeWorkers([behaviour, "good"]);
    const pool = await openPool(optionsFor(workers, { choice: "auto", maxWorkers: 3 }));
    expect(pool.backend.name).toBe("WebGPU");
    const planes = await Promise.all([pool.run(TASK), pool.run(TASK)]);
    expect(planes.map(({ data }) => data[0])).toEqual([1, 1]);
    expect(pool.backend).toMatchObject({ name: "WASM", device: "CPU" });
    expect(pool.backend.reason).toContain("WebGPU failed during the run");
    expect(pool.concurrency).toBe(3);
    expect(workers.roles.slice(1).every((role) => role.kind === "wasm")).toBe(true);
    await pool.close();
    expect(workers.closed).toBe(workers.started);
  });
});

describe("a closed pool", () => {
  it("rejects what is under way and what comes", async () => {
    const workers = new FakeWorkers(["hang"]);
    const pool = await openPool(optionsFor(workers));
    const running = pool.run(TASK);
    await pool.close();
    await expect(running).rejects.toMatchObject({ code: "workers/closed" });
    await expect(pool.run(TASK)).rejects.toMatchObject({ code: "workers/closed" });
    expect(workers.closed).toBe(1);
  });
});
