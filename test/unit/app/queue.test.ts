import { describe, expect, it, vi } from "vitest";
import type { App } from "../../../src/app/state/app.ts";
import { openTogether } from "../../../src/app/state/open-together.ts";
import type { KeptQueue } from "../../../src/app/state/queue-keeping.ts";
import { until } from "../../../src/app/state/until.ts";
import { AppError } from "../../../src/engine/base/errors.ts";
import type { TrustReport } from "../../../src/engine/trust/types.ts";
import { createTestApp, FakeAnalysisClient, fakePack, OWN_PIXEL_SIZE, smallGrid } from "./fakes.ts";

/** Each run has a client of its own, as on the page; the tests drive them one by one. */
async function listOf(names: readonly string[], overrides: Parameters<typeof createTestApp>[0] = {}) {
  const clients: FakeAnalysisClient[] = [];
  const closed: FakeAnalysisClient[] = [];
  const test = createTestApp({
    startClient: () => {
      const client = new FakeAnalysisClient();
      clients.push(client);
      client.close = () => void closed.push(client);
      return client;
    },
    loadPack: async (id) => ({ ...fakePack(id), packSha256: id }),
    ...overrides,
  });
  const { app } = test;
  await app.packs.start();
  await app.queue.add(names.map((name) => [new File(["slide"], name)]));
  /** The run under way, once there is one on this slide. */
  const running = async (name: string): Promise<FakeAnalysisClient> => {
    await until(() => app.queue.current.value !== null && nameOfRun(app) === name);
    const client = clients.findLast(({ requests }) => requests.some(({ slide }) => slide.files[0]?.name === name));
    if (!client) throw new Error(`no run of ${name}`);
    return client;
  };
  return { ...test, clients, closed, running };
}

function nameOfRun({ queue }: App): string | undefined {
  return queue.slides.value.find(({ id }) => id === queue.current.value?.id)?.name;
}

function statesOf({ queue }: App): Record<string, string> {
  return Object.fromEntries(queue.slides.value.map(({ name, state }) => [name, state.kind]));
}

function idOf({ queue }: App, name: string): number {
  return queue.slides.value.find((slide) => slide.name === name)?.id ?? -1;
}

describe("slides on the list", () => {
  it("are looked at one by one, and each reader is closed", async () => {
    const { app, slides } = await listOf(["own-a.svs", "b.png", "broken.svs", "own-ø 😀 =1.svs"]);
    expect(statesOf(app)).toEqual({
      "own-a.svs": "waiting",
      "b.png": "no-pixel-size",
      "broken.svs": "failed",
      "own-ø 😀 =1.svs": "waiting",
    });
    expect(slides.every(({ isClosed }) => isClosed)).toBe(true);
    expect(app.queue.outlook.value).toMatchObject({ waiting: 2, held: 1, failed: 1, done: 0 });
  });

  it("are analyzed in their order with one model, whatever is on the stage; one that fails stops no other", async () => {
    const { app, running, closed } = await listOf(["own-a.svs", "own-b.svs", "own-c.svs", "d.png"]);
    await app.slide.openFiles([new File([], "own-other.svs")]);
    app.queue.move(idOf(app, "own-b.svs"), -1);
    const work = app.queue.start();
    (await running("own-b.svs")).finish(smallGrid(), OWN_PIXEL_SIZE);
    (await running("own-a.svs")).fail(new AppError("tissue/none-found", "Expected tissue, found none."));
    await app.packs.select("second");
    const last = await running("own-c.svs");
    expect(last.requests[0]?.pack.pack.id).toBe("first");
    last.finish(smallGrid(), OWN_PIXEL_SIZE);
    await work;
    expect(statesOf(app)).toEqual({
      "own-b.svs": "done",
      "own-a.svs": "failed",
      "own-c.svs": "done",
      "d.png": "no-pixel-size",
    });
    expect(app.queue.slides.value[1]?.state).toMatchObject({ sentence: "Expected tissue, found none." });
    expect(app.queue.slides.value[0]?.state).toMatchObject({
      figures: { packId: "first", measures: { necrosisFraction: 0.25, focusCount: 2 } },
    });
    expect(closed).toHaveLength(3);
    expect(app.slide.open.value?.files[0]?.name).toBe("own-other.svs");
    expect(app.analysis.state.value.kind).toBe("idle");
    expect(app.messages.alert.value).toBeNull();
  });

  it("can be stopped, which keeps what is done, and skipped", async () => {
    const { app, running } = await listOf(["own-a.svs", "own-b.svs", "own-c.svs"]);
    const work = app.queue.start();
    (await running("own-a.svs")).finish(smallGrid(), OWN_PIXEL_SIZE);
    await running("own-b.svs");
    app.queue.skip(idOf(app, "own-b.svs"));
    await running("own-c.svs");
    app.queue.stop();
    await work;
    expect(statesOf(app)).toEqual({ "own-a.svs": "done", "own-b.svs": "skipped", "own-c.svs": "waiting" });
    app.queue.again(idOf(app, "own-b.svs"));
    await vi.waitFor(() => expect(statesOf(app)["own-b.svs"]).toBe("waiting"));
  });

  it("pause with everything else, between slides too, and a run on the stage goes first", async () => {
    const { app, running } = await listOf(["own-a.svs", "own-b.svs"]);
    await app.slide.openFiles([new File([], "own-other.svs")]);
    const work = app.queue.start();
    const first = await running("own-a.svs");
    app.pauses.pause();
    expect(first.isPaused).toBe(true);
    app.pauses.goOn();
    expect(first.isPaused).toBe(false);
    void app.analysis.analyze();
    expect(first.isPaused).toBe(true);
    app.analysis.cancel();
    await vi.waitFor(() => expect(first.isPaused).toBe(false));
    app.pauses.pause();
    first.finish(smallGrid(), OWN_PIXEL_SIZE);
    await vi.waitFor(() => expect(statesOf(app)["own-a.svs"]).toBe("done"));
    expect(app.queue.current.value).toBeNull();
    app.pauses.goOn();
    (await running("own-b.svs")).finish(smallGrid(), OWN_PIXEL_SIZE);
    await work;
  });

  it("show their map growing when they are put on the stage, and go on when they are left", async () => {
    const { app, running } = await listOf(["own-a.svs", "own-b.svs"]);
    const work = app.queue.start();
    const run = await running("own-a.svs");
    run.progress({ done: 1, total: 4, grid: smallGrid() });
    await app.queue.show(idOf(app, "own-a.svs"));
    await vi.waitFor(() => expect(app.analysis.state.value.kind).toBe("running"));
    expect(app.analysis.grid.value).not.toBeNull();
    expect(app.analysis.isBusy.value).toBe(false);
    await app.queue.show(idOf(app, "own-b.svs"));
    expect(app.analysis.state.value.kind).toBe("idle");
    run.finish(smallGrid(), OWN_PIXEL_SIZE);
    (await running("own-b.svs")).finish(smallGrid(), OWN_PIXEL_SIZE);
    await work;
    await vi.waitFor(() => expect(app.analysis.state.value.kind).toBe("done"));
    expect(statesOf(app)).toEqual({ "own-a.svs": "done", "own-b.svs": "done" });
  });

  it("keep their maps in memory where nothing can be kept on the computer", async () => {
    const { app, running } = await listOf(["own-a.svs"]);
    const work = app.queue.start();
    (await running("own-a.svs")).finish(smallGrid(), OWN_PIXEL_SIZE);
    await work;
    expect(app.queue.slides.value[0]?.state).toMatchObject({ kind: "done", isAtHand: true });
    await app.queue.show(idOf(app, "own-a.svs"));
    await vi.waitFor(() => expect(app.analysis.state.value.kind).toBe("done"));
  });

  it("wait for the reader where they are unlike what the model knows, and stop no other", async () => {
    const reason = "Expected stained tissue, found a photograph.";
    const report = (light: "green" | "red"): TrustReport => ({
      ...{ version: 1, packId: "first", when: "before", light, isOverruled: false },
      checks: [{ id: "stain", light, reason, facts: {} }],
    });
    const { app, running } = await listOf(["own-a.svs", "own-b.svs"], {
      trustChecker: {
        check: async ({ slide }) => report(slide.files[0]?.name === "own-a.svs" ? "red" : "green"),
        features: async () => null,
      },
    });
    const work = app.queue.start();
    (await running("own-b.svs")).finish(smallGrid(), OWN_PIXEL_SIZE);
    await work;
    expect(app.queue.slides.value[0]?.state).toEqual({ kind: "doubtful", reasons: [reason] });
    expect(app.queue.slides.value[1]?.state).toMatchObject({ figures: { trust: { light: "green", reasons: [] } } });
    app.queue.again(idOf(app, "own-a.svs"));
    await vi.waitFor(() => expect(statesOf(app)["own-a.svs"]).toBe("waiting"));
    const again = app.queue.start();
    (await running("own-a.svs")).finish(smallGrid(), OWN_PIXEL_SIZE);
    await again;
    expect(app.queue.slides.value[0]?.state).toMatchObject({ figures: { trust: { light: "red", reasons: [reason] } } });
  });

  it("take a pixel size for all that have none, and one given on the stage", async () => {
    const { app, kept } = await listOf(["a.png", "b.png"]);
    await app.queue.show(idOf(app, "a.png"));
    app.slide.assumePixelSize(4);
    await vi.waitFor(() => expect(statesOf(app)["a.png"]).toBe("waiting"));
    await app.queue.assumePixelSize(10);
    expect(app.queue.slides.value.map(({ pixelSize }) => pixelSize?.mppX)).toEqual([4, 10]);
    expect(kept.get("b.png")).toEqual({ mppX: 10, mppY: 10 });
  });

  it("are known by their content: given again, they are no second time on the list", async () => {
    const { app } = await listOf(["own-a.svs"]);
    await app.queue.add([[new File(["slide"], "own-a.svs")], [new File(["slide"], "own-b.svs")]]);
    expect(app.queue.slides.value.map(({ name }) => name)).toEqual(["own-a.svs", "own-b.svs"]);
  });

  it("are taken off the list in the middle of a run", async () => {
    const { app, running } = await listOf(["own-a.svs", "own-b.svs"]);
    const work = app.queue.start();
    await running("own-a.svs");
    app.queue.remove(idOf(app, "own-a.svs"));
    (await running("own-b.svs")).finish(smallGrid(), OWN_PIXEL_SIZE);
    await work;
    expect(statesOf(app)).toEqual({ "own-b.svs": "done" });
  });
});

describe("the list over a reload", () => {
  it("comes back without its files, and goes on once they are given again", async () => {
    let saved: KeptQueue | null = null;
    const queueStore = {
      load: async () => saved,
      save(queue: KeptQueue) {
        saved = queue;
      },
    };
    const first = await listOf(["own-a.svs", "own-b.svs"], { queueStore });
    const work = first.app.queue.start();
    (await first.running("own-a.svs")).finish(smallGrid(), OWN_PIXEL_SIZE);
    await first.running("own-b.svs");
    await vi.waitFor(() => expect(saved?.slides[0]?.state.kind).toBe("done"));
    first.app.queue.stop();
    await work;

    const next = await listOf([], { queueStore });
    await next.app.queue.restore();
    expect(statesOf(next.app)).toEqual({ "own-a.svs": "done", "own-b.svs": "waiting" });
    expect(next.app.queue.outlook.value).toMatchObject({ done: 1, waiting: 0, held: 1 });
    await next.app.queue.add([[new File(["slide"], "own-b.svs")], [new File(["slide"], "own-a.svs")]]);
    expect(next.app.queue.outlook.value).toMatchObject({ done: 1, waiting: 1, held: 0 });
    const more = next.app.queue.start();
    (await next.running("own-b.svs")).finish(smallGrid(), OWN_PIXEL_SIZE);
    await more;
    expect(statesOf(next.app)).toEqual({ "own-a.svs": "done", "own-b.svs": "done" });
    expect(next.clients.flatMap(({ requests }) => requests)).toHaveLength(1);
  });

  it("is forgotten with the slides", async () => {
    const { app } = await listOf(["own-a.svs", "own-b.svs"]);
    await app.recent.forget("own-a.svs");
    expect(statesOf(app)).toEqual({ "own-b.svs": "waiting" });
  });
});

describe("several files that are dropped together", () => {
  const tiff = (name: string, tail: string) =>
    new File([Uint8Array.of(0x49, 0x49, 42, 0), new Uint8Array(400), tail], name);

  it("go onto the list, the first that opens onto the stage, and what is no slide is named", async () => {
    const { app } = await listOf([]);
    const files = [
      tiff("broken.tif", "a"),
      tiff("own-b.tif", "b"),
      new File(["note"], "note.txt"),
      tiff("own-c.tif", "c"),
    ];
    await openTogether(app, files);
    await vi.waitFor(() => expect(app.queue.isReading.value).toBe(false));
    expect(app.slide.open.value?.files[0]?.name).toBe("own-b.tif");
    expect(statesOf(app)).toEqual({ "broken.tif": "failed", "own-b.tif": "waiting", "own-c.tif": "waiting" });
    expect(app.messages.notice.value).toContain('"note.txt"');
  });

  it("are one slide on the stage and no list, where they make but one", async () => {
    const { app } = await listOf([]);
    await openTogether(app, [tiff("own-b.tif", "b"), new File(["note"], "note.txt")]);
    expect(app.slide.open.value?.files[0]?.name).toBe("own-b.tif");
    expect(app.queue.slides.value).toEqual([]);
  });
});
