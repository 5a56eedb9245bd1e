import { describe, expect, it } from "vitest";
import { PaceEstimate } from "../../../src/engine/analysis/pace.ts";

/** Tells an estimate of tasks that end one after another; `ends` in milliseconds. */
function estimateAfter(ends: readonly number[], total: number, concurrency: number): PaceEstimate {
  const pace = new PaceEstimate(total, concurrency);
  ends.forEach((elapsedMs, index) => {
    pace.ended(index + 1, elapsedMs);
  });
  return pace;
}

describe("the time left", () => {
  it("is not judged by the first tasks, which hold the start of the workers", () => {
    // Four workers that take 3 s to start, then 1 s a task.
    const ends = [4000, 4000, 4000, 4000, 5000, 5000, 5000, 5000];
    expect(estimateAfter(ends.slice(0, 7), 400, 4).secondsFor(100)).toBeNull();
    expect(estimateAfter(ends, 400, 4).secondsFor(100)).toBeCloseTo(25);
  });

  it("follows a computer that gets busy", () => {
    const ends = Array.from({ length: 400 }, (_, i) => (i < 300 ? i * 100 : 30_000 + (i - 300) * 400));
    expect(estimateAfter(ends, 1000, 2).secondsFor(600)).toBeCloseTo(240, -1);
  });

  it("of a run of few tasks is judged by the first ones, too long rather than too short", () => {
    expect(estimateAfter([3000, 3500], 5, 2).secondsFor(3)).toBeCloseTo(5.25);
  });

  it("is not known after one task, and nothing when none is left", () => {
    expect(estimateAfter([1000], 50, 1).secondsFor(49)).toBeNull();
    expect(estimateAfter([1000], 50, 1).secondsFor(0)).toBe(0);
  });
});
