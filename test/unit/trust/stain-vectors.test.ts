import { expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { angleBetween, type StainVector, stainVectors, unitVector } from "../../../src/engine/trust/stain-vectors.ts";

const H = unitVector([0.65, 0.7, 0.29]);
const E = unitVector([0.1, 0.95, 0.3]);

function mixtures(count: number, strength: number): Float32Array {
  const random = seededRandom(3);
  const density = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) {
    // Pure stains and mixtures, as nuclei and fibres are.
    const share = random() < 0.2 ? Math.round(random()) : random();
    const amount = strength * (0.5 + random());
    for (const c of [0, 1, 2] as const) density[i * 3 + c] = amount * (share * H[c] + (1 - share) * E[c]);
  }
  return density;
}

test("the two stains of a mixture are found to a degree, whatever their strength", () => {
  for (const strength of [0.9, 2]) {
    const found = stainVectors(mixtures(4000, strength));
    expect(angleBetween(found?.haematoxylin ?? E, H)).toBeLessThan(1);
    expect(angleBetween(found?.eosin ?? H, E)).toBeLessThan(1);
  }
});

test("pale or few pixels give no stains", () => {
  expect(stainVectors(mixtures(4000, 0.1))).toBeNull();
  expect(stainVectors(mixtures(100, 2))).toBeNull();
});

test("angles are in degrees and never NaN", () => {
  const x: StainVector = [1, 0, 0];
  expect(angleBetween(x, x)).toBe(0);
  expect(angleBetween(x, [0, 1, 0])).toBeCloseTo(90, 10);
});
