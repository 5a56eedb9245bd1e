import { describe, expect, it } from "vitest";
import { fractionDone } from "../../../src/app/state/analysis.ts";
import { classifiedOf, resultOf } from "../../../src/app/state/result.ts";
import { createTestApp, fakeClassifier, settled, smallClassification } from "./fakes.ts";

async function readyApp() {
  const test = createTestApp({ loadPack: async (id) => fakeClassifier(id) });
  await test.app.packs.start();
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  return test;
}

async function classifiedApp() {
  const test = await readyApp();
  const run = test.app.analysis.analyze();
  test.client.finishClass(smallClassification());
  await run;
  return test;
}

describe("a run of a pack that classifies", () => {
  it("asks for a class and for no map, and keeps what it found for the exports", async () => {
    const { app, client } = await readyApp();
    const run = app.analysis.analyze();
    client.progress({ done: 2, total: 8 });
    expect(fractionDone(app.analysis.state.value)).toBe(0.25);
    expect(classifiedOf(app)).toBeNull();
    client.finishClass(smallClassification());
    await run;
    expect(client.requests).toHaveLength(0);
    expect(client.classifyRequests).toHaveLength(1);
    expect(app.analysis.state.value.kind).toBe("classified");
    expect(fractionDone(app.analysis.state.value)).toBe(1);
    expect(classifiedOf(app)?.result.predicted).toBe("haemorrhage");
    expect(resultOf(app)).toBeNull();
    expect(app.analysis.grid.value).toBeNull();
  });

  it("is cancelled and fails as any other", async () => {
    const { app, client } = await readyApp();
    const cancelled = app.analysis.analyze();
    app.analysis.cancel();
    await cancelled;
    expect(app.analysis.state.value.kind).toBe("cancelled");
    const failed = app.analysis.analyze();
    client.fail(new RangeError("no"));
    await failed;
    expect(app.analysis.state.value.kind).toBe("failed");
    expect(app.messages.alert.value).not.toBeNull();
    expect(app.evidence.patches.value).toBeNull();
  });

  it("is forgotten with another slide or another pack", async () => {
    const { app } = await classifiedApp();
    await app.packs.select("second");
    await settled();
    expect(classifiedOf(app)).toBeNull();
    expect(app.evidence.patches.value).toBeNull();
  });
});

describe("the patches that speak", () => {
  it("are listed strongest first on each side, with their places in level-0 pixels", async () => {
    const { app } = await classifiedApp();
    const patches = app.evidence.patches.value;
    expect(patches?.supporting.map(({ evidence }) => evidence)).toEqual([0.5, 0.3, 0.2, 0.1, 0.1]);
    expect(patches?.opposing.map(({ evidence }) => evidence)).toEqual([-0.4, -0.1]);
    // The fifth patch that was looked at is the sixth of the grid: one is blank.
    expect(patches?.opposing[0]).toMatchObject({ row: 4, box: { x0: 1000, y0: 1000, width0: 1000, height0: 1000 } });
  });

  it("are walked through in a circle, from the strongest support to the weakest opposition", async () => {
    const { app } = await classifiedApp();
    expect(app.evidence.walk(1)?.evidence).toBe(0.5);
    expect(app.evidence.walk(-1)?.evidence).toBe(-0.1);
    expect(app.evidence.walk(1)?.evidence).toBe(0.5);
    expect(app.evidence.visited.value).toBe(0);
    await app.packs.select("second");
    expect(app.evidence.visited.value).toBeNull();
    expect(app.evidence.walk(1)).toBeNull();
  });
});
