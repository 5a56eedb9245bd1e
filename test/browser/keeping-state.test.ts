import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AppDeps } from "../../src/app/state/app.ts";
import { resultOf } from "../../src/app/state/result.ts";
import { claimByLock, isWorkClaimed } from "../../src/app/state/work-claim.ts";
import { type DatabaseAccess, databaseAccess } from "../../src/app/storage/database.ts";
import { type GridFiles, gridFiles } from "../../src/app/storage/grid-files.ts";
import { keepingStore } from "../../src/app/storage/keeping-store.ts";
import { createTestApp, fakePack, OWN_PIXEL_SIZE, smallGrid, type TestApp } from "../unit/app/fakes.ts";
import { madeBatch } from "./keeping/made-records.ts";

let access: DatabaseAccess;
let files: GridFiles;
const pages: TestApp[] = [];

beforeEach(() => {
  access = databaseAccess("palisade-test-state");
  files = gridFiles("palisade-test-state-grids");
});
afterEach(async () => {
  for (const { app } of pages.splice(0)) app.analysis.cancel();
  await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]));
  await access.destroy();
  await files.removeAll();
});

/** A page whose slides have their names for their content, with real storage and real locks. */
async function openedPage(name: string | null = "own-a.svs", overrides: Partial<AppDeps> = {}): Promise<TestApp> {
  const test = createTestApp({
    store: keepingStore(access, files),
    claim: claimByLock,
    isClaimed: isWorkClaimed,
    loadPack: async (id) => ({ ...fakePack(id), packSha256: id }),
    ...overrides,
  });
  pages.push(test);
  await test.app.packs.start();
  await test.app.recent.load();
  if (name) await test.app.slide.openFiles([new File(["slide"], name, { lastModified: 1 })]);
  return test;
}

async function runToEnd({ app, client }: TestApp): Promise<void> {
  const run = app.analysis.analyze();
  client.finish(smallGrid(), OWN_PIXEL_SIZE);
  await run;
  await vi.waitFor(() => expect(app.results.shown.value).not.toBeNull());
}

describe("a finished result", () => {
  it("opens with its slide on the next visit, with the threshold, without a run", async () => {
    const first = await openedPage();
    await runToEnd(first);
    first.app.necrosis.setThreshold(0.33);
    await vi.waitFor(async () => {
      const [kept] = await keepingStore(access, files).results("own-a.svs");
      expect(kept?.threshold).toBe(0.33);
    });
    const next = await openedPage();
    await vi.waitFor(() => expect(next.app.analysis.state.value.kind).toBe("done"));
    expect(next.client.requests).toHaveLength(0);
    expect(next.app.results.isRestored.value).toBe(true);
    expect(next.app.necrosis.threshold.value).toBe(0.33);
    expect(next.app.analysis.grid.value).toEqual(smallGrid());
    expect(resultOf(next.app)).not.toBeNull();
  });

  it("of another model than the first one brings its model", async () => {
    const first = await openedPage();
    await first.app.packs.select("second");
    await runToEnd(first);
    const next = await openedPage();
    await vi.waitFor(() => expect(next.app.analysis.state.value.kind).toBe("done"));
    expect(next.app.packs.selectedId.value).toBe("second");
  });

  it("is not shown over another slide, nor with another pixel size", async () => {
    await runToEnd(await openedPage());
    const other = await openedPage("own-b.svs");
    const changed = await openedPage();
    changed.app.slide.assumePixelSize(2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(other.app.analysis.state.value.kind).toBe("idle");
    expect(changed.app.analysis.state.value.kind).toBe("idle");
  });

  it("stands in the list of slides", async () => {
    const test = await openedPage();
    await runToEnd(test);
    await vi.waitFor(() => expect(test.app.recent.slides.value?.[0]?.results).toHaveLength(1));
    expect(test.app.recent.slides.value?.[0]).toMatchObject({
      slide: { sha256: "own-a.svs", files: [{ name: "own-a.svs", lastModified: 1 }] },
      results: [{ subject: { packId: "first" } }],
    });
  });
});

describe("a slide of the list", () => {
  async function recentA(test: TestApp) {
    await vi.waitFor(() => expect(test.app.recent.slides.value).toHaveLength(1));
    const [recent] = test.app.recent.slides.value ?? [];
    if (!recent) throw new RangeError("no slide in the list");
    return recent;
  }

  it("without a kept file is asked for; another one is refused with a sentence, the right one opens", async () => {
    const before = await openedPage();
    await recentA(before);
    const { app } = await openedPage(null);
    const [recent] = app.recent.slides.value ?? [];
    if (!recent) throw new RangeError("no slide in the list");
    await app.recent.open(recent);
    expect(app.recent.asked.value).toEqual({ sha256: "own-a.svs", name: "own-a.svs" });
    await app.recent.openFiles([new File(["x"], "own-b.svs")]);
    expect(app.slide.open.value).toBeNull();
    expect(app.messages.alert.value).toMatchObject({
      code: "slide/another-file",
      sentence: expect.stringContaining('found another one in "own-b.svs"'),
    });
    expect(app.recent.asked.value).not.toBeNull();
    await app.recent.openFiles([new File(["slide"], "own-a.svs", { lastModified: 1 })]);
    expect(app.slide.open.value?.info.name).toBe("own-a.svs");
    expect(app.recent.asked.value).toBeNull();
    expect(app.messages.alert.value).toBeNull();
  });

  it("opens by its kept file where the browser has one", async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle("own-a.svs", { create: true });
    const opened: (readonly FileSystemFileHandle[])[] = [];
    const handles: AppDeps["handles"] = {
      of: async () => [handle],
      open: async (kept) => {
        opened.push(kept);
        return [new File(["slide"], "own-a.svs", { lastModified: 1 })];
      },
    };
    await vi.waitFor(async () => {
      await openedPage("own-a.svs", { handles });
      expect((await keepingStore(access, files).slide("own-a.svs"))?.handles).toHaveLength(1);
    });
    const { app } = await openedPage(null, { handles });
    const [recent] = app.recent.slides.value ?? [];
    if (recent) await app.recent.open(recent);
    expect(await opened[0]?.[0]?.isSameEntry(handle)).toBe(true);
    expect(app.slide.open.value?.info.name).toBe("own-a.svs");
    expect(app.recent.asked.value).toBeNull();
    await root.removeEntry("own-a.svs");
  });

  it("tells when the file's date is another one than the last time", async () => {
    await recentA(await openedPage());
    const { app } = await openedPage(null);
    await app.slide.openFiles([new File(["slide"], "own-a.svs", { lastModified: 2 })]);
    await vi.waitFor(() => expect(app.recent.dateNote.value).toMatch(/The date of "own-a.svs" is another one/));
  });

  it("can be forgotten, with the run under way that would be kept with it", async () => {
    const test = await openedPage();
    await recentA(test);
    const run = test.app.analysis.analyze();
    await test.client.finishTasks(madeBatch([1]));
    await test.app.recent.forget("own-a.svs");
    await test.client.finishTasks(madeBatch([2]));
    test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    await new Promise((resolve) => setTimeout(resolve, 100));
    const store = keepingStore(access, files);
    expect(await store.recent()).toEqual([]);
    expect(await store.checkpoints("own-a.svs")).toEqual([]);
    expect(await store.results("own-a.svs")).toEqual([]);
    expect(test.app.analysis.state.value.kind).toBe("done");
  });
});

describe("a run that ended before it was done", () => {
  async function brokenOff(): Promise<TestApp> {
    const test = await openedPage();
    void test.app.analysis.analyze();
    await test.client.finishTasks(madeBatch([0, 1, 2]));
    await test.client.finishTasks(madeBatch([3, 4, 5]));
    return test;
  }

  /** As the browser does when the tab is closed. */
  async function closed(test: TestApp): Promise<void> {
    test.app.analysis.cancel();
    await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]));
  }

  it("is offered with the share that is done, and goes on with exactly its tasks", async () => {
    await closed(await brokenOff());
    const next = await openedPage();
    await vi.waitFor(() => expect(next.app.resume.offer.value).toMatchObject({ done: 6, total: 10 }));
    void next.app.resume.goOn();
    await vi.waitFor(() => expect(next.client.requests).toHaveLength(1));
    const earlier = next.client.requests[0]?.earlier;
    expect(earlier).toMatchObject({ plan: "plan", seconds: 5 });
    expect(earlier?.tasks).toEqual(madeBatch([0, 1, 2, 3, 4, 5]).tasks);
    expect(next.app.resume.offer.value).toBeNull();
    await next.client.finishTasks(madeBatch([6]));
    next.client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await vi.waitFor(async () => expect(await keepingStore(access, files).checkpoints("own-a.svs")).toEqual([]));
    await vi.waitFor(async () => expect(await keepingStore(access, files).results("own-a.svs")).toHaveLength(1));
  });

  it("is offered at once where it was cancelled here", async () => {
    const test = await brokenOff();
    await closed(test);
    await vi.waitFor(() => expect(test.app.resume.offer.value).toMatchObject({ done: 6 }));
  });

  it("starts from the beginning when Analyze is pressed instead", async () => {
    await closed(await brokenOff());
    const next = await openedPage();
    await vi.waitFor(() => expect(next.app.resume.offer.value).not.toBeNull());
    void next.app.analysis.analyze();
    expect(next.client.requests[0]?.earlier).toBeNull();
    await next.client.finishTasks(madeBatch([0]));
    expect(await keepingStore(access, files).checkpoints("own-a.svs")).toMatchObject([{ done: 1 }]);
  });

  it("is not offered with another pixel size", async () => {
    await closed(await brokenOff());
    const next = await openedPage();
    await vi.waitFor(() => expect(next.app.resume.offer.value).not.toBeNull());
    next.app.slide.assumePixelSize(3);
    expect(next.app.resume.offer.value).toBeNull();
  });
});

describe("two tabs on the same work", () => {
  it("one keeps it, the other says so, is not offered it, and takes over when the first is done", async () => {
    const first = await openedPage();
    const second = await openedPage();
    void first.app.analysis.analyze();
    await first.client.finishTasks(madeBatch([0, 1]));
    void second.app.analysis.analyze();
    await vi.waitFor(() => expect(second.app.keeper.isElsewhere.value).toBe(true));
    await second.client.finishTasks(madeBatch([7, 8, 9]));
    const store = keepingStore(access, files);
    expect(await store.checkpoints("own-a.svs")).toMatchObject([{ done: 2 }]);
    const third = await openedPage();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(third.app.resume.offer.value).toBeNull();
    first.app.analysis.cancel();
    await vi.waitFor(() => expect(second.app.keeper.isElsewhere.value).toBe(false));
    await second.client.finishTasks(madeBatch([5]));
    // The same plan: what the first one finished is as good as its own.
    expect(await store.checkpoints("own-a.svs")).toMatchObject([{ done: 3 }]);
    second.client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await vi.waitFor(async () => expect(await store.results("own-a.svs")).toHaveLength(1));
  });
});

describe("with keeping switched off", () => {
  it("nothing about slides is written", async () => {
    const test = createTestApp({ store: keepingStore(access, files), claim: claimByLock, isClaimed: isWorkClaimed });
    test.app.settings.keep.value = false;
    await test.app.packs.start();
    await test.app.slide.openFiles([new File(["slide"], "own-a.svs")]);
    const run = test.app.analysis.analyze();
    await test.client.finishTasks(madeBatch([0]));
    test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    await new Promise((resolve) => setTimeout(resolve, 150));
    const counts = await access.run((database) =>
      Promise.all([...database.objectStoreNames].map((name) => database.count(name))),
    );
    expect(counts.every((count) => count === 0)).toBe(true);
    expect(test.kept.size).toBe(0);
  });
});

describe("storage that fails", () => {
  it("full in the middle: the run goes on, is told once, and has its result", async () => {
    const test = await openedPage();
    const original = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("The disk is full.", "QuotaExceededError");
    };
    try {
      const run = test.app.analysis.analyze();
      await test.client.finishTasks(madeBatch([0]));
      expect(test.app.messages.alert.value).toMatchObject({
        code: "storage/full",
        sentence: expect.stringContaining("Save it as a file"),
      });
      test.app.messages.dismiss();
      await test.client.finishTasks(madeBatch([1]));
      expect(test.app.messages.alert.value).toBeNull();
      test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
      await run;
      expect(test.app.analysis.state.value.kind).toBe("done");
      await vi.waitFor(() => expect(test.app.messages.alert.value?.code).toBe("storage/full"));
    } finally {
      IDBObjectStore.prototype.put = original;
    }
  });

  it("lost in the middle: nothing is lost, and nothing is said", async () => {
    const test = await openedPage();
    const run = test.app.analysis.analyze();
    await test.client.finishTasks(madeBatch([0]));
    await access.run(async (database) => database.close());
    await test.client.finishTasks(madeBatch([1]));
    expect(await keepingStore(access, files).checkpoints("own-a.svs")).toMatchObject([{ done: 2 }]);
    await access.run(async (database) => database.close());
    test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    await vi.waitFor(async () => expect(await keepingStore(access, files).results("own-a.svs")).toHaveLength(1));
    expect(test.app.messages.alert.value).toBeNull();
  });

  it("refused from the start: the page works, and says so where it lists what it keeps", async () => {
    const test = createTestApp();
    await test.app.packs.start();
    await test.app.recent.load();
    await test.app.slide.openFiles([new File(["slide"], "own-a.svs")]);
    const run = test.app.analysis.analyze();
    test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await run;
    expect(test.app.analysis.state.value.kind).toBe("done");
    expect(test.app.messages.alert.value).toBeNull();
    expect(test.app.health.state.value.kind).toBe("none");
  });
});

describe("a run pauses", () => {
  function surroundings() {
    return {
      isHidden: signal(false),
      isOnBattery: signal(false),
      knowsBattery: signal(true),
      wantsContrast: signal(false),
    };
  }

  it("by hand, and goes on", async () => {
    const { app, client } = await openedPage();
    app.pauses.toggle();
    expect(app.pauses.reason.value).toBeNull();
    void app.analysis.analyze();
    app.pauses.toggle();
    expect(app.pauses.reason.value).toBe("hand");
    expect(app.analysis.state.value).toMatchObject({ kind: "running", isPaused: true });
    expect(client.isPaused).toBe(true);
    client.progress({ done: 1, total: 4 });
    expect(app.analysis.state.value).toMatchObject({ isPaused: true });
    app.pauses.toggle();
    expect(client.isPaused).toBe(false);
    app.pauses.pause();
    app.analysis.cancel();
    await vi.waitFor(() => expect(app.analysis.state.value.kind).toBe("cancelled"));
    expect(app.pauses.reason.value).toBeNull();
  });

  it("on battery and while hidden where that is chosen, and not otherwise", async () => {
    const around = surroundings();
    const { app, client } = await openedPage("own-a.svs", { surroundings: around });
    void app.analysis.analyze();
    around.isOnBattery.value = true;
    around.isHidden.value = true;
    expect(app.pauses.reason.value).toBeNull();
    app.settings.pauseOnBattery.value = true;
    expect(app.pauses.reason.value).toBe("battery");
    expect(client.isPaused).toBe(true);
    app.pauses.goOn();
    expect(client.isPaused).toBe(false);
    around.isOnBattery.value = false;
    around.isOnBattery.value = true;
    expect(client.isPaused).toBe(true);
    around.isOnBattery.value = false;
    expect(client.isPaused).toBe(false);
    app.settings.pauseWhenHidden.value = true;
    expect(app.pauses.reason.value).toBe("hidden");
    around.isHidden.value = false;
    expect(client.isPaused).toBe(false);
  });

  it("from its first moment where it is started on battery", async () => {
    const around = surroundings();
    around.isOnBattery.value = true;
    const { app, client } = await openedPage("own-a.svs", { surroundings: around });
    app.settings.pauseOnBattery.value = true;
    void app.analysis.analyze();
    expect(client.requests).toHaveLength(1);
    expect(client.isPaused).toBe(true);
  });
});
