import { describe, expect, it } from "vitest";
import { bitAt, fillBits, nextChange, packBits, wordAt } from "../../../src/engine/base/bit-plane.ts";
import { seededRandom } from "../../../src/engine/base/random.ts";

describe("a plane of bits", () => {
  it("holds what bytes hold, finds the same changes and takes the same fillings, at every offset", () => {
    const random = seededRandom(7);
    for (let round = 0; round < 200; round++) {
      const cells = Uint8Array.from({ length: 1 + Math.floor(random() * 150) }, () => (random() < 0.2 ? 1 : 0));
      const plane = packBits(cells);
      const from = Math.floor(random() * cells.length);
      const end = from + Math.floor(random() * (cells.length - from + 1));
      const value = random() < 0.5 ? 1 : 0;
      fillBits(plane, from, end, value);
      cells.fill(value, from, end);
      expect(Array.from(cells, (_, cell) => bitAt(plane, cell))).toEqual(Array.from(cells));
      const differs = cells.findIndex((cell, i) => i > from && cell !== cells[from]);
      expect(nextChange(plane, from, cells.length)).toBe(differs < 0 ? cells.length : differs);
      const word = Array.from({ length: Math.min(32, cells.length - from) }, (_, i) => (wordAt(plane, from) >>> i) & 1);
      expect(word).toEqual(Array.from(cells.subarray(from, from + word.length)));
    }
  });
});
