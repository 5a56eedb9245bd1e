import { describe, expect, it } from "vitest";
import { type Course, judge, slopeOf, tableOf } from "../../soak/flat.ts";

function course(values: readonly number[], limit: number): Course {
  return { name: "memory", unit: "MB", steps: values.map((_, i) => 10 * (i + 1)), values, limit };
}

describe("what a soak says of memory", () => {
  it("is flat where only the caches fill at first, and noise goes both ways", () => {
    const values = Array.from({ length: 30 }, (_, i) => (i < 4 ? 20 * i : 100) + (i % 3));
    expect(judge(course(values, 2)).isFlat).toBe(true);
  });

  it("grows where every step adds a little", () => {
    const judged = judge(
      course(
        Array.from({ length: 30 }, (_, i) => 100 + i),
        5,
      ),
    );
    expect(judged).toMatchObject({ isFlat: false, slope: expect.closeTo(100, 6) });
    expect(tableOf("title", [judged])).toMatch(/\| memory \(MB\) \| 30 \| .+ \| GROWS \|/);
  });

  it("is nothing with too few samples", () => {
    expect(() => judge(course([1, 2], 0))).toThrow(/2 samples are too few/);
  });
});

it("takes the slope of a straight line", () => {
  expect(slopeOf([1, 2, 4], [3, 5, 9])).toBeCloseTo(2);
  expect(slopeOf([1, 1], [3, 5])).toBe(0);
});
