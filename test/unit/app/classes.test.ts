import { describe, expect, it } from "vitest";
import { figureText } from "../../../src/app/report/figure-text.ts";
import { resultOf } from "../../../src/app/state/result.ts";
import { classGrid, classPackOf } from "./class-fakes.ts";
import { createTestApp, fakePack, OWN_PIXEL_SIZE } from "./fakes.ts";

async function analysedApp() {
  const test = createTestApp({ loadPack: async (id) => (id === "first" ? fakePack(id, 0.5) : classPackOf("second")) });
  await test.app.packs.start();
  await test.app.packs.select("second");
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  const run = test.app.analysis.analyze();
  test.client.finish(classGrid(), OWN_PIXEL_SIZE);
  await run;
  return test;
}

describe("a model of several classes", () => {
  it("shows all of them at first, with the area of each", async () => {
    const { app } = await analysedApp();
    expect(app.classes.title.value).toBe("All classes");
    const areas = app.classes.map.value?.areas.map(({ name, fraction, mm2 }) => [name, fraction, mm2]);
    expect(areas).toEqual([
      ["Necrosis", 0.25, 0.5],
      ["Cellular tumour", 0.625, 1.25],
      ["Background", 0.125, 0.25],
    ]);
    const result = resultOf(app);
    expect(result?.classes?.chosen).toBeNull();
    expect(result && figureText(result).heading).toBe("Classes of tissue");
  });

  it("shows the confidence of one at its own threshold, and its numbers follow the slider", async () => {
    const { app } = await analysedApp();
    app.classes.choose(1);
    expect(app.classes.title.value).toBe("Cellular tumour");
    expect(app.necrosis.threshold.value).toBe(0.7);
    expect(app.necrosis.findings.value?.summary.fraction).toBe(0.625);
    app.necrosis.setThreshold(0.95);
    expect(app.necrosis.findings.value?.summary.fraction).toBe(0);
    app.classes.choose(0);
    expect(app.necrosis.threshold.value).toBe(0.3);
    expect(app.necrosis.findings.value?.summary.fraction).toBe(0.25);
    const result = resultOf(app);
    expect(result && figureText(result).heading).toBe("Necrosis 25.0 % of tissue");
  });

  it("cannot show a class that it does not have", async () => {
    const { app } = await analysedApp();
    app.classes.choose(7);
    expect(app.classes.chosen.value).toBeNull();
  });

  it("gives way to a model with one map, which has no classes to choose", async () => {
    const { app } = await analysedApp();
    app.classes.choose(1);
    await app.packs.select("first");
    expect(app.classes.classes.value).toBeNull();
    expect(app.classes.chosen.value).toBeNull();
    expect(app.classes.title.value).toBe("Necrosis");
    expect(app.necrosis.threshold.value).toBe(0.5);
  });
});
