import { fromArrayBuffer } from "geotiff";
import { describe, expect, it } from "vitest";
import { RESEARCH_USE_NOTICE } from "../../../src/engine/base/research-use.ts";
import { encodeConfidenceTiff } from "../../../src/engine/heatmap/confidence-tiff.ts";
import { exampleProvenance } from "./provenance-example.ts";
import { noiseGrid } from "./synthetic-grid.ts";

/** ImageDescription as written; geotiff leaves the closing NUL on. */
async function descriptionOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const image = await (await fromArrayBuffer(bytes.buffer)).getImage();
  return String(await image.fileDirectory.loadValue("ImageDescription")).replace(/\0$/, "");
}

describe("encodeConfidenceTiff", () => {
  it("is a tiled float32 TIFF that an independent reader reads back value by value, NaN included", async () => {
    const grid = noiseGrid(300, 270, 4, 1);
    const bytes = encodeConfidenceTiff(grid, exampleProvenance());
    const image = await (await fromArrayBuffer(bytes.buffer)).getImage();
    expect([image.getWidth(), image.getHeight()]).toEqual([300, 270]);
    expect([image.getTileWidth(), image.getTileHeight()]).toEqual([256, 256]);
    const [values] = await image.readRasters({ interleave: false });
    expect(values).toBeInstanceOf(Float32Array);
    expect(values).toEqual(grid.values);
    expect(grid.values.some((value) => Number.isNaN(value))).toBe(true);
  });

  it("says scale, origin, pixel size, that it was assumed, threshold, model and notice as JSON", async () => {
    const grid = noiseGrid(20, 10, 4, 1);
    const text = await descriptionOf(
      encodeConfidenceTiff(grid, exampleProvenance({ slideName: "Gehirn Größe 脳.svs" })),
    );
    expect(text).toMatch(/^[ -~]*$/);
    const description: unknown = JSON.parse(text);
    expect(description).toMatchObject({
      format: "palisade-confidence",
      version: 1,
      scale0X: 16.25,
      scale0Y: 15.5,
      originX0: 0,
      originY0: 0,
      mppX: 0.5,
      mppY: 0.25,
      assumed: true,
      slide: { name: "Gehirn Größe 脳.svs" },
      threshold: 0.5,
      pack: { id: "necrosis-lowpower", sha256: "ab".repeat(32) },
      appVersion: "0.1.0",
      notice: RESEARCH_USE_NOTICE,
    });
  });

  it("can be written for a slide whose pixel size nobody knows", async () => {
    const bytes = encodeConfidenceTiff(noiseGrid(5, 4, 1, 0), exampleProvenance({ pixelSize: null }));
    expect(JSON.parse(await descriptionOf(bytes))).toMatchObject({ assumed: null });
  });
});
