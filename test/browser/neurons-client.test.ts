import { describe, expect, it } from "vitest";
import type { LoadedPack } from "../../src/engine/modelpack/types.ts";
import { startAnalysisClient } from "../../src/workers/analysis.client.ts";
import { darknessPack } from "../unit/analysis/darkness-pack.ts";
import { plainRequest, SMALL_SLIDE, squareSlideFile } from "./workers/analysis-parts.ts";

const client = startAnalysisClient();

/** One channel that is high where it is bright: the patches that excite it least are those of the dark square. */
function request(loaded: LoadedPack, parts: { readonly columns?: number; readonly maxTasks?: number } = {}) {
  const { stride: _, ...rest } = plainRequest(squareSlideFile(), loaded);
  return { ...rest, rows: 2, columns: parts.columns ?? 3, maxTasks: parts.maxTasks ?? 64 };
}

describe.each(["dense", "patchwise"] as const)("the search for what excites neurons, %s", (mode) => {
  const pack = darknessPack({ sampling: { mode } });

  it("answers with places on the slide, most excited first, that do not overlap", async () => {
    const seen: number[] = [];
    const found = await client.exciteNeurons(request(pack), { onProgress: ({ done }) => seen.push(done) });
    expect(found.rows.map(({ neuron }) => neuron.channel)).toEqual([0, 1]);
    expect(found.rows[0]!.neuron).toMatchObject({ speaksFor: "other", against: "necrosis" });
    expect(found.tasks).toBe(found.tasksInAll);
    expect(seen.at(-1)).toBe(found.tasks);
    for (const { patches } of found.rows) {
      expect(patches).toHaveLength(3);
      expect(patches.map(({ activation }) => activation)).toEqual(
        patches.map(({ activation }) => activation).toSorted((a, b) => b - a),
      );
      for (const { box } of patches) {
        expect(Math.min(box.x0, box.y0)).toBeGreaterThanOrEqual(-1);
        expect(box.x0 + box.width0).toBeLessThanOrEqual(SMALL_SLIDE.width0 + 1);
      }
      expect(new Set(patches.map(({ box }) => `${box.x0},${box.y0}`)).size).toBe(3);
    }
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    const search = client.exciteNeurons(request(pack), { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(search).rejects.toMatchObject({ name: "AbortError" });
  });
});
