import { describe, expect, it } from "vitest";
import { createTestApp, NEURON_FINDINGS as FINDINGS, settled } from "./fakes.ts";

async function openSlide(name = "own-a.svs") {
  const test = createTestApp();
  await test.app.packs.start();
  await test.app.slide.openFiles([new File([], name)]);
  return test;
}

describe("a search for what excites neurons", () => {
  it("asks for the slide's own rows, tells how far it is, and keeps what was found", async () => {
    const { app, client } = await openSlide();
    const search = app.neurons.search();
    expect(client.neuronRequests[0]).toMatchObject({ pixelSize: null, rows: 8, columns: 10, maxTasks: 64 });
    client.progress({ done: 2, total: 3 });
    expect(app.neurons.state.value).toEqual({ kind: "searching", done: 2, total: 3 });
    expect(app.neurons.blocker.value).toBe("A search is under way.");
    client.findNeurons(FINDINGS);
    await search;
    expect(app.neurons.state.value).toEqual({ kind: "found", findings: FINDINGS });
  });

  it("goes to a patch, and leaves it when asked again", async () => {
    const { app, client } = await openSlide();
    const search = app.neurons.search();
    client.findNeurons(FINDINGS);
    await search;
    const patch = FINDINGS.rows[0]!.patches[1]!;
    app.neurons.visit(patch);
    expect(app.neurons.visited.value).toBe(patch);
    app.neurons.visit(patch);
    expect(app.neurons.visited.value).toBeNull();
  });

  it("is forgotten with another slide or model, and can be stopped", async () => {
    const { app, client } = await openSlide();
    const first = app.neurons.search();
    client.findNeurons(FINDINGS);
    await first;
    await app.packs.select("second");
    expect(app.neurons.state.value).toEqual({ kind: "idle" });
    const second = app.neurons.search();
    app.neurons.stop();
    await second;
    expect(app.neurons.state.value).toEqual({ kind: "idle" });
    expect(app.messages.alert.value).toBeNull();
  });

  it("waits for a slide, its pixel size and the end of a run", async () => {
    const { app, client } = createTestApp();
    await app.packs.start();
    expect(app.neurons.blocker.value).toContain("Open a slide");
    await app.neurons.search();
    await app.slide.openFiles([new File([], "no-size.svs")]);
    expect(app.neurons.blocker.value).toContain("pixel size");
    await app.neurons.search();
    expect(client.neuronRequests).toHaveLength(0);
    app.slide.assumePixelSize(0.5);
    const run = app.analysis.analyze();
    await settled();
    expect(app.neurons.blocker.value).toBe("A run is under way.");
    app.analysis.cancel();
    await run;
    void app.neurons.search();
    expect(client.neuronRequests[0]?.pixelSize).toMatchObject({ mppX: 0.5, origin: "assumed" });
  });
});
