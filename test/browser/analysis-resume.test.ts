import { afterEach, describe, expect, it } from "vitest";
import type { EarlierWork } from "../../src/engine/analysis/earlier-work.ts";
import type { SupertilePlanes } from "../../src/engine/patches/types.ts";
import type { AnalysisClient } from "../../src/workers/analysis.api.ts";
import { startAnalysisClient } from "../../src/workers/analysis.client.ts";
import type { TaskBatch } from "../../src/workers/task-batches.ts";
import { darknessPack } from "../unit/analysis/darkness-pack.ts";
import { plainRequest, SMALL_SLIDE, squareSlideFile } from "./workers/analysis-parts.ts";

/** Large enough for several parts. */
const SLIDE = { ...SMALL_SLIDE, width0: 3600, height0: 2800 };
const request = { ...plainRequest(squareSlideFile(SLIDE), darknessPack()), maxWorkers: 1, stride: 4 };

const clients: AnalysisClient[] = [];

function startClient(): AnalysisClient {
  const client = startAnalysisClient();
  clients.push(client);
  return client;
}

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function joined(batches: readonly TaskBatch<SupertilePlanes>[]): EarlierWork {
  const last = batches.at(-1);
  if (!last) throw new RangeError("nothing was kept");
  return { plan: last.plan, seconds: last.seconds, tasks: batches.flatMap(({ tasks }) => tasks) };
}

describe("a run whose worker is ended in the middle", () => {
  it("goes on in another one with what was kept of it, and has the same map bit for bit", async () => {
    const whole = await startClient().analyze(request);
    const batches: TaskBatch<SupertilePlanes>[] = [];
    const dying = startClient();
    const died = dying.analyze(request, {
      onTasks: (batch) => {
        batches.push(batch);
        dying.close();
      },
      // Slow enough that a first batch is on its way before the last part is done.
      onProgress: ({ done }) => dying.setPaused(done >= 2),
    });
    await expect(died).rejects.toMatchObject({ code: "workers/closed" });
    const earlier = joined(batches);
    expect(earlier.tasks.length).toBeGreaterThan(0);
    const resumed = await startClient().analyze({ ...request, earlier });
    expect(resumed.grid).toEqual(whole.grid);
    expect(resumed.seconds).toBeGreaterThan(earlier.seconds);
  });

  it("keeps its last parts when it is cancelled", async () => {
    const batches: TaskBatch<SupertilePlanes>[] = [];
    const controller = new AbortController();
    const kept = new Promise<void>((resolve) => {
      const cancelled = startClient().analyze(request, {
        signal: controller.signal,
        onTasks: (batch) => {
          batches.push(batch);
          resolve();
        },
        onProgress: ({ done }) => {
          if (done >= 1) controller.abort();
        },
      });
      cancelled.catch(() => {});
    });
    await kept;
    expect(joined(batches).tasks.length).toBeGreaterThan(0);
  });
});
