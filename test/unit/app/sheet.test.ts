import { describe, expect, it } from "vitest";
import { ringOnSheet } from "../../../src/app/report/sheet.ts";
import { seededRandom } from "../../../src/engine/base/random.ts";

const TO_MM = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
const BOX = { x: 10, y: 10, width: 20, height: 20 };

/** Even-odd, by the crossings of a line to the left. */
function isInside(line: readonly number[], x: number, y: number): boolean {
  let isIn = false;
  for (let i = 0, j = line.length - 2; i < line.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [line[j]!, line[j + 1]!, line[i]!, line[i + 1]!];
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) isIn = !isIn;
  }
  return isIn;
}

/** How near a point is to the line. */
function distance(line: readonly number[], x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0, j = line.length - 2; i < line.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [line[j]!, line[j + 1]!, line[i]!, line[i + 1]!];
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
    const t = Math.min(1, Math.max(0, along));
    least = Math.min(least, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return least;
}

/** A third of a pixel, by which points may be moved. */
const NEAR = 0.06;

describe("a ring on paper", () => {
  it("leaves out what lies off the picture without changing what is seen", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed);
      const ring = Array.from({ length: 120 }, () => random() * 40);
      const line = ringOnSheet(ring, TO_MM, BOX);
      expect(line).not.toBeNull();
      for (let probe = 0; probe < 60; probe++) {
        const [x, y] = [10.013 + random() * 19.9, 10.017 + random() * 19.9];
        if (distance(ring, x, y) > NEAR) expect(isInside(line!, x, y)).toBe(isInside(ring, x, y));
      }
    }
  });

  it("shrinks a long way round the outside to a few points, and is nothing where none of it is seen", () => {
    const far = Array.from({ length: 500 }, (_, i) => [0.01 * i, 50 + (i % 7)]).flat();
    const around = [15, 15, 15, 5, ...far, 5, 15];
    expect(ringOnSheet(around, TO_MM, BOX)!.length).toBeLessThan(60);
    expect(ringOnSheet(far, TO_MM, BOX)).toBeNull();
  });

  it("keeps one of points that fall together", () => {
    const ring = [12, 12, 12.001, 12, 25, 12, 25, 25.001, 25, 25];
    expect(ringOnSheet(ring, TO_MM, BOX)).toHaveLength(6);
  });
});
