import { describe, expect, it } from "vitest";
import { isAbortError } from "../../../src/engine/base/errors.ts";
import { Gate } from "../../../src/workers/gate.ts";

const NEVER = new AbortController().signal;

/** A job that runs until it is told to end. */
function openJob() {
  let end: () => void = () => {};
  let isStarted = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    work: () => {
      isStarted = true;
      return ended;
    },
    end: () => end(),
    get isStarted() {
      return isStarted;
    },
  };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

describe("a gate", () => {
  it("lets so many jobs in at once and the next when one ends, in order", async () => {
    const gate = new Gate(2);
    const jobs = [openJob(), openJob(), openJob(), openJob()];
    const runs = jobs.map((job) => gate.run(NEVER, job.work));
    await settle();
    expect(jobs.map((job) => job.isStarted)).toEqual([true, true, false, false]);
    jobs[1]?.end();
    await settle();
    expect(jobs.map((job) => job.isStarted)).toEqual([true, true, true, false]);
    for (const job of jobs) job.end();
    await Promise.all(runs);
    expect(jobs[3]?.isStarted).toBe(true);
  });

  it("never starts a job that was cancelled while it waited, and lets others pass", async () => {
    const gate = new Gate(1);
    const first = openJob();
    const cancelled = openJob();
    const last = openJob();
    const controller = new AbortController();
    const runs = [gate.run(NEVER, first.work)];
    const waiting = gate.run(controller.signal, cancelled.work);
    runs.push(gate.run(NEVER, last.work));
    controller.abort();
    await expect(waiting).rejects.toSatisfy(isAbortError);
    first.end();
    await settle();
    expect([cancelled.isStarted, last.isStarted]).toEqual([false, true]);
    last.end();
    await Promise.all(runs);
  });

  it("stays usable after a job failed", async () => {
    const gate = new Gate(1);
    await expect(gate.run(NEVER, () => Promise.reject(new Error("bad tile")))).rejects.toThrow("bad tile");
    await expect(gate.run(NEVER, async () => 5)).resolves.toBe(5);
  });
});
