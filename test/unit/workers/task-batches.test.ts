import { describe, expect, it } from "vitest";
import type { TaskReport } from "../../../src/engine/analysis/earlier-work.ts";
import { type TaskBatch, TaskBatches } from "../../../src/workers/task-batches.ts";

const LIMITS = { bytes: 10, ms: 20, waitingBytes: 30 };

function report(id: number): TaskReport<number> {
  return { plan: "plan", total: 9, seconds: id, task: { id, found: 4, backend: "WASM" } };
}

/** Where batches are kept, as slowly as the test says. */
class SlowKeeper {
  readonly batches: number[][] = [];
  finish: () => void = () => {};

  readonly send = ({ tasks }: TaskBatch<number>): Promise<void> => {
    this.batches.push(tasks.map(({ id }) => id));
    return new Promise((resolve) => {
      this.finish = resolve;
    });
  };
}

function later(ms = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe("finished tasks on their way", () => {
  it("go together once there are enough of them, or after a while", async () => {
    const keeper = new SlowKeeper();
    const batches = new TaskBatches<number>(keeper.send, (bytes) => bytes, LIMITS);
    for (const id of [1, 2, 3]) batches.add(report(id));
    expect(keeper.batches).toEqual([[1, 2, 3]]);
    keeper.finish();
    await later();
    batches.add(report(4));
    expect(keeper.batches).toHaveLength(1);
    await later(60);
    expect(keeper.batches).toEqual([[1, 2, 3], [4]]);
  });

  it("wait while others are being kept, only so many: the rest would be computed again", async () => {
    const keeper = new SlowKeeper();
    const batches = new TaskBatches<number>(keeper.send, (bytes) => bytes, LIMITS);
    for (let id = 1; id <= 20; id++) batches.add(report(id));
    expect(keeper.batches).toEqual([[1, 2, 3]]);
    keeper.finish();
    await later();
    expect(keeper.batches[1]).toEqual([4, 5, 6, 7, 8, 9, 10]);
  });

  it("are all sent at the end, whatever becomes of them", async () => {
    const sent: number[] = [];
    const batches = new TaskBatches<number>(
      ({ tasks }) => {
        sent.push(...tasks.map(({ id }) => id));
        return Promise.reject(new Error("The disk is gone."));
      },
      (bytes) => bytes,
      LIMITS,
    );
    for (const id of [1, 2, 3, 4]) batches.add(report(id));
    await batches.flush();
    expect(sent).toEqual([1, 2, 3, 4]);
  });
});
