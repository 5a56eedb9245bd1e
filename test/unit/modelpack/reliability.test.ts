import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { binOf, statedReliability } from "../../../src/engine/modelpack/reliability.ts";
import type { TrainingRecord } from "../../../src/engine/modelpack/types.ts";

async function trainingOf(id: string): Promise<Pick<TrainingRecord, "figures">> {
  const path = new URL(`../../../public/models/${id}/pack.json`, import.meta.url);
  const pack = JSON.parse(await readFile(path, "utf8")) as { readonly training: TrainingRecord };
  return pack.training;
}

describe("what a pack states of its confidence", () => {
  it("is what its card says", async () => {
    const stated = statedReliability(await trainingOf("necrosis-lowpower"));
    expect(stated?.expectedCalibrationError).toBe(0.0301);
    expect(stated?.bins).toHaveLength(10);
    expect(stated && binOf(stated, 0.75)).toEqual({
      from: 0.7,
      to: 0.8,
      observed: { value: 0.8434, low: 0.6403, high: 0.9308 },
    });
    expect(stated && binOf(stated, 1)?.from).toBe(0.9);
  });

  it("is nothing for a pack without it, or with what cannot be read", async () => {
    expect(statedReliability(await trainingOf("tissue-lowpower"))).toBeNull();
    expect(statedReliability({ figures: {} })).toBeNull();
    expect(statedReliability({ figures: { byFold: { reliability: { bins: [{ from: "a" }, null] } } } })).toBeNull();
  });
});
