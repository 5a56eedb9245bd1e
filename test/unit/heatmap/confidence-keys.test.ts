import { describe, expect, it } from "vitest";
import { bitAt } from "../../../src/engine/base/bit-plane.ts";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { cellsFrom, confidenceKeys } from "../../../src/engine/heatmap/confidence-keys.ts";

describe("cells from a threshold on", () => {
  it("are those of tissue whose confidence is known and not below it, to the last bit", () => {
    const random = seededRandom(3);
    const special = [0, -0, 1, Number.NaN, Math.fround(0.1), Math.fround(0.3), 1e-40, 0.5];
    const values = Float32Array.from({ length: 77 }, (_, i) => special[i] ?? Math.round(random() * 20) / 20);
    const tissue = Uint8Array.from(values, () => (random() < 0.8 ? 1 : 0));
    const keys = confidenceKeys({ values, tissue });
    for (const threshold of [0, 0.1, Math.fround(0.1), 0.3, Math.fround(0.3), 0.35, 0.5, 0.999, 1]) {
      const plane = cellsFrom(keys, threshold);
      const expected = Array.from(values, (value, i) => (tissue[i] === 1 && value >= threshold ? 1 : 0));
      expect(Array.from(values, (_, i) => bitAt(plane, i))).toEqual(expected);
    }
  });
});
