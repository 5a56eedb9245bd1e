import { describe, expect, it } from "vitest";
import { extractorExecutor } from "../../../src/engine/analysis/extractor-executor.ts";
import { runAnalysis } from "../../../src/engine/analysis/run.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { openExtractor } from "../../../src/engine/features/extractor.ts";
import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import type { SamplingMode } from "../../../src/engine/modelpack/types.ts";
import { darknessPack } from "./darkness-pack.ts";
import { openSquareSlide } from "./open-square-slide.ts";
import type { SquareSlide } from "./square-slide.ts";

/** Tissue to the very edge, and a dark square that is cut by the bottom right corner. */
function cornerSlide(width0: number, height0: number): SquareSlide {
  const square = { x0: width0 * 0.6, y0: height0 * 0.55, width0, height0 };
  return { width0, height0, mppX: 2.2, mppY: 1.9, downsamples: [2.02], square };
}

async function mapOf(shape: SquareSlide, mode: SamplingMode): Promise<ConfidenceGrid> {
  const slide = await openSquareSlide(shape);
  const backend = await nodeBackend({ threads: 1 });
  const loaded = darknessPack({ sampling: { mode } });
  const extractor = await openExtractor({ backend, loaded });
  const { grid } = await runAnalysis({
    slide,
    loaded,
    openExecutor: async (lattice) => extractorExecutor({ slide, lattice, extractor, backend: backend.info }),
  });
  slide.close();
  return grid;
}

/** A network that sees one cell at a time leaves nothing but the handling of borders to tell the modes apart. */
describe.each([
  [611, 517],
  [400, 121],
  [97, 640],
])("on a slide of %i x %i pixels with tissue to its edges", (width0, height0) => {
  it("dense and patch by patch give the same map up to every border", async () => {
    const shape = cornerSlide(width0, height0);
    const [dense, patchwise] = [await mapOf(shape, "dense"), await mapOf(shape, "patchwise")];
    expect([dense.cols, dense.rows]).toEqual([patchwise.cols, patchwise.rows]);
    expect(dense.tissue).toEqual(patchwise.tissue);
    expect(dense.tissue.at(-1)).toBe(1);
    // Float32 means of 64 pixels, in another order.
    dense.values.forEach((value, at) => {
      if (dense.tissue[at] === 1) expect(patchwise.values[at]).toBeCloseTo(value, 4);
    });
  });
});
