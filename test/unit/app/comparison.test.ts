import { describe, expect, it } from "vitest";
import type { SlideClient } from "../../../src/workers/slide.api.ts";
import { picture } from "../tissue/picture-slide.ts";
import { createTestApp, FakeSlide, OWN_PIXEL_SIZE, slideInfo, smallGrid } from "./fakes.ts";

/** The grid of `smallGrid` has cells of 1000 pixels: found at a threshold of 0.5 are the first and the fourth of the upper row. */
async function analyzed() {
  const test = createTestApp({
    openSlide: async ({ files: [file] }) => (file?.name.endsWith(".png") ? mask() : slideOf(file?.name ?? "")),
  });
  await test.app.packs.start();
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  const run = test.app.analysis.analyze();
  test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
  await run;
  return test.app;
}

function slideOf(name: string): SlideClient {
  return new FakeSlide(slideInfo(name, OWN_PIXEL_SIZE));
}

/** Necrosis in black over the left half, other tissue in green, glass in white over the right quarter. */
function mask(): SlideClient {
  const image = picture(40, 20, (x) => (x < 20 ? [5, 5, 5] : x < 30 ? [5, 208, 4] : [255, 255, 255]));
  const level = { width: 40, height: 20, downsampleX: 1, downsampleY: 1, tileWidth: 40, tileHeight: 20 };
  const client = new FakeSlide({ ...slideInfo("mask.png", null), width0: 40, height0: 20, levels: [level] });
  return Object.assign(client, { region: async () => image });
}

function square(x0: number, y0: number, side: number, classification?: string) {
  const ring = [
    [x0, y0],
    [x0 + side, y0],
    [x0 + side, y0 + side],
    [x0, y0 + side],
    [x0, y0],
  ];
  return {
    type: "Feature",
    geometry: { type: "Polygon", coordinates: [ring] },
    properties: classification ? { classification: { name: classification } } : {},
  };
}

function geoJson(...features: object[]): File {
  return new File([JSON.stringify({ type: "FeatureCollection", features })], "outlines.geojson");
}

describe("a comparison with outlines", () => {
  it("has S, precision and recall, and follows the threshold", async () => {
    const app = await analyzed();
    await app.comparison.open(geoJson(square(0, 0, 1000)));
    expect(app.comparison.name.value).toBe("outlines.geojson");
    expect(app.comparison.result.value).toMatchObject({
      precision: expect.closeTo(0.5, 6),
      recall: expect.closeTo(1, 6),
      score: expect.closeTo(2 / 3, 6),
    });
    app.necrosis.setThreshold(0.8);
    expect(app.comparison.result.value).toMatchObject({ precision: expect.closeTo(1, 6), score: expect.closeTo(1, 6) });
  });

  it("takes the outlines that are called necrosis, and others when asked", async () => {
    const app = await analyzed();
    await app.comparison.open(geoJson(square(0, 0, 1000, "Necrosis"), square(1000, 1000, 1000, "Tumor")));
    expect(app.comparison.choices.value.map(({ name }) => name)).toEqual(["All outlines", "Necrosis", "Tumor"]);
    expect(app.comparison.result.value?.recall).toBeCloseTo(1, 6);
    app.comparison.choose("all");
    expect(app.comparison.result.value?.recall).toBeCloseTo(0.5, 6);
    app.comparison.choose("Tumor");
    expect(app.comparison.result.value?.recall).toBe(0);
  });

  it("takes a painted mask, the darkest of several colours first, without what is white", async () => {
    const app = await analyzed();
    await app.comparison.open(new File([], "mask.png"));
    expect(app.comparison.choices.value.map(({ name }) => name)).toEqual([
      "colour 5 5 5, 50.0 % of the mask",
      "colour 5 208 4, 25.0 % of the mask",
      "white, 25.0 % of the mask",
    ]);
    // The second found cell lies on white, and does not count; one of four cells of necrosis was found.
    expect(app.comparison.result.value).toMatchObject({
      precision: expect.closeTo(1, 6),
      recall: expect.closeTo(0.25, 6),
    });
  });

  it("goes with the slide, and says what cannot be read", async () => {
    const app = await analyzed();
    await app.comparison.open(new File(["{"], "broken.geojson"));
    expect(app.messages.alert.value?.sentence).toContain("not JSON");
    expect(app.comparison.name.value).toBeNull();
    await app.comparison.open(geoJson());
    expect(app.messages.alert.value?.sentence).toContain('Expected outlines in "outlines.geojson", found none');
    await app.comparison.open(geoJson(square(0, 0, 1000)));
    expect(app.messages.alert.value).toBeNull();
    await app.slide.openFiles([new File([], "own-b.svs")]);
    expect(app.comparison.name.value).toBeNull();
    const { app: empty } = createTestApp();
    await empty.comparison.open(geoJson(square(0, 0, 1)));
    expect(empty.messages.alert.value?.sentence).toContain("Expected an open slide");
  });
});
