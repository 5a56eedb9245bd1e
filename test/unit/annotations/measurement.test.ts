import { describe, expect, it } from "vitest";
import { measureShape } from "../../../src/engine/annotations/measurement.ts";

const points = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([x0, y0]) => ({ x0, y0 }));
const SQUARE_PIXELS = { mppX: 0.5, mppY: 0.5 };
const TALL_PIXELS = { mppX: 2, mppY: 4 };

describe("a measured length", () => {
  it("goes from point to point, in micrometres", () => {
    const shape = { kind: "length", points: points([0, 0], [300, 400], [300, 500]) } as const;
    expect(measureShape(shape, SQUARE_PIXELS)).toEqual({ unit: "um", length: 300, area: null, crossesItself: false });
  });

  it("takes steps along x and y as long as they are where pixels are not square", () => {
    expect(measureShape({ kind: "length", points: points([0, 0], [10, 0]) }, TALL_PIXELS).length).toBe(20);
    expect(measureShape({ kind: "length", points: points([0, 0], [0, 10]) }, TALL_PIXELS).length).toBe(40);
    expect(measureShape({ kind: "length", points: points([0, 0], [30, 20]) }, TALL_PIXELS).length).toBe(100);
  });

  it("is in pixels while nobody knows how large those are", () => {
    const figures = measureShape({ kind: "length", points: points([0, 0], [3, 4]) }, null);
    expect(figures).toMatchObject({ unit: "px", length: 5 });
  });

  it("of a single point, or of none, is nothing", () => {
    expect(measureShape({ kind: "length", points: [] }, SQUARE_PIXELS).length).toBe(0);
    expect(measureShape({ kind: "length", points: points([5, 5]) }, SQUARE_PIXELS).length).toBe(0);
  });
});

describe("a measured area", () => {
  it("is what the outline encloses, whichever way round it was set, with its perimeter", () => {
    const rectangle = points([100, 100], [300, 100], [300, 200], [100, 200]);
    const expected = { unit: "um", length: 300, area: 5000, crossesItself: false };
    expect(measureShape({ kind: "area", points: rectangle }, SQUARE_PIXELS)).toEqual(expected);
    expect(measureShape({ kind: "area", points: [...rectangle].reverse() }, SQUARE_PIXELS)).toEqual(expected);
  });

  it("counts mppX times mppY for each pixel", () => {
    const rectangle = { kind: "area", points: points([0, 0], [10, 0], [10, 5], [0, 5]) } as const;
    expect(measureShape(rectangle, TALL_PIXELS)).toMatchObject({ area: 400, length: 2 * (20 + 20) });
  });

  it("of a field with a bay leaves the bay out", () => {
    const bay = points([0, 0], [10, 0], [10, 10], [5, 2], [0, 10]);
    expect(measureShape({ kind: "area", points: bay }, null).area).toBe(60);
  });

  it("keeps its figures at the far corner of a large slide", () => {
    const [x, y] = [199_999.25, 149_999.5];
    const small = points([x, y], [x + 0.5, y], [x + 0.5, y + 0.5]);
    expect(measureShape({ kind: "area", points: small }, null).area).toBe(0.125);
  });

  it("says when its outline crosses itself, and that alone", () => {
    const bowTie = points([0, 0], [10, 10], [10, 0], [0, 10]);
    const kite = points([0, 0], [10, 10], [20, 0], [10, 30]);
    expect(measureShape({ kind: "area", points: bowTie }, null).crossesItself).toBe(true);
    expect(measureShape({ kind: "area", points: kite }, null).crossesItself).toBe(false);
  });
});
