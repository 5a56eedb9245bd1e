import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nodeDecoders } from "../../../src/cli/open-slide.ts";
import { analysedView } from "../../../src/engine/analysis/analysed-view.ts";
import { runAnalysis } from "../../../src/engine/analysis/run.ts";
import { bytesSource } from "../../../src/engine/slide/blob-source.ts";
import { openSlide } from "../../../src/engine/slide/open.ts";
import { withProfile } from "../../support/made-slides/with-profile.ts";
import { darknessPack } from "./darkness-pack.ts";
import { darknessOf, RecordingExecutor } from "./fake-executor.ts";
import { squareSlideTiff } from "./square-slide.ts";

const golden: { readonly cases: Readonly<Record<string, { readonly profile: string }>> } = JSON.parse(
  readFileSync(new URL("../../fixtures/slides/colour_golden.json", import.meta.url), "utf8"),
);
const PROFILE = Buffer.from(golden.cases["matrix, gamma 2.2"]?.profile ?? "", "base64");

const SQUARE = {
  width0: 700,
  height0: 600,
  mppX: 1,
  mppY: 1,
  downsamples: [4],
  margin0: 40,
  square: { x0: 300, y0: 200, width0: 200, height0: 200 },
};

function packOf(colour?: "stored" | "srgb") {
  const loaded = darknessPack();
  const sampling = { ...loaded.pack.sampling, ...(colour ? { colour } : {}) };
  return { ...loaded, pack: { ...loaded.pack, sampling } };
}

async function analyze(colour: "stored" | "srgb" | undefined, hasProfile: boolean) {
  const loaded = packOf(colour);
  const tiff = squareSlideTiff(SQUARE);
  const bytes = hasProfile ? withProfile(tiff, PROFILE) : tiff;
  // A reader who looks at the slide by its profile.
  const view = analysedView(loaded.pack, { colour: "srgb", focalPlane: 0 });
  const slide = await openSlide(bytesSource(bytes, "square.tif"), nodeDecoders(), { view });
  return runAnalysis({
    slide,
    loaded,
    openExecutor: async (lattice) => new RecordingExecutor(2, darknessOf(slide, lattice)),
  });
}

describe("the colours that a network sees", () => {
  it("are those that its pack was trained on, whatever the reader looks at, and are stored with the result", async () => {
    const stored = await analyze(undefined, true);
    const profiled = await analyze("srgb", true);
    expect([stored.colour, profiled.colour]).toEqual(["stored", "srgb"]);
    expect([...stored.notes, ...profiled.notes]).toEqual([]);
    expect(profiled.grid.values).not.toEqual(stored.grid.values);
    expect((await analyze("stored", true)).grid.values).toEqual(stored.grid.values);
  });

  it("are told of beside the numbers when the slide cannot give them", async () => {
    const result = await analyze("srgb", false);
    expect(result.colour).toBe("stored");
    expect(result.notes).toEqual([
      expect.stringMatching(
        /was trained on colours by the slides' profiles; .+ holds no colour profile; .+ as stored\.$/,
      ),
    ]);
  });
});
