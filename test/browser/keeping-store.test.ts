import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isMapResult, type KeepingStore, subjectKey } from "../../src/app/state/kept.ts";
import { type DatabaseAccess, databaseAccess } from "../../src/app/storage/database.ts";
import { encodeGrid } from "../../src/app/storage/grid-bytes.ts";
import { type GridFiles, gridFiles } from "../../src/app/storage/grid-files.ts";
import { keepingStore } from "../../src/app/storage/keeping-store.ts";
import type { ConfidenceGrid } from "../../src/engine/heatmap/types.ts";
import { smallClassification } from "../unit/app/fakes.ts";
import { madeBatch, madeGrid, madeMapResult, madeResult, madeSlide, madeSubject } from "./keeping/made-records.ts";

const NAME = "palisade-test-keeping";
const FOLDER = "palisade-test-grids";
const subject = madeSubject("a");
/** 5 bytes a cell: above the 4 MiB from which a grid lies in a file. */
const LARGE = madeGrid(1000, 900);

let access: DatabaseAccess;
let files: GridFiles;
let store: KeepingStore;

beforeEach(() => {
  access = databaseAccess(NAME);
  files = gridFiles(FOLDER);
  store = keepingStore(access, files);
});
afterEach(async () => {
  await access.destroy();
  await files.removeAll();
});

async function namesOfFiles(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(FOLDER).catch(() => null);
  const names: string[] = [];
  if (folder) for await (const name of folder.keys()) names.push(name);
  return names;
}

/** Lets `put` fail until the returned function is called. */
function failPut(failure: (store: IDBObjectStore) => boolean): () => void {
  const original = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function put(...parts) {
    if (failure(this)) throw new DOMException("The disk is full.", "QuotaExceededError");
    return original.apply(this, parts);
  };
  return () => {
    IDBObjectStore.prototype.put = original;
  };
}

/** Bit for bit; matchers take seconds for a million cells. */
function isSameGrid(a: ConfidenceGrid, b: ConfidenceGrid): boolean {
  const [left, right] = [encodeGrid(a), encodeGrid(b)];
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

describe("a kept result", () => {
  it.each([
    ["one map", madeGrid(7, 5)],
    ["several classes", madeGrid(7, 5, 3)],
    ["a large map", LARGE],
  ])("comes back bit for bit: %s", async (_, grid) => {
    const kept = madeResult(subject, madeMapResult(grid));
    await store.saveResult(kept);
    const found = await store.result(kept.key);
    const result = found && isMapResult(found.result) ? found.result : null;
    expect(result && isSameGrid(result.grid, grid)).toBe(true);
    expect({ ...result, grid: null }).toEqual({ ...madeMapResult(grid), grid: null });
    const [facts] = await store.results("a");
    expect(facts).toEqual({ key: kept.key, subject, keptAt: 2, appVersion: "0.1.0", threshold: null });
  });

  it("of a classification comes back, too", async () => {
    const about = madeSubject("a", { kind: "class" });
    const kept = madeResult(about, smallClassification());
    await store.saveResult(kept);
    expect(await store.result(kept.key)).toEqual(kept);
  });

  it("keeps where the threshold was set", async () => {
    const kept = madeResult(subject, madeMapResult(madeGrid(7, 5)));
    await store.saveResult(kept);
    await store.saveThreshold(kept.key, 0.37);
    expect((await store.result(kept.key))?.threshold).toBe(0.37);
    await store.saveThreshold("of another slide", 0.5);
    expect(await store.results("a")).toHaveLength(1);
  });

  it("lies in a file where it is large, and leaves no file behind when it is replaced", async () => {
    const kept = madeResult(subject, madeMapResult(LARGE));
    await store.saveResult(kept);
    expect(await namesOfFiles()).toHaveLength(1);
    expect(await access.run((database) => database.count("grids"))).toBe(0);
    await store.saveResult({ ...kept, result: madeMapResult(madeGrid(7, 5)) });
    expect(await namesOfFiles()).toEqual([]);
    expect((await store.result(kept.key))?.result).toEqual(madeMapResult(madeGrid(7, 5)));
  });

  it("counts as none when its file is cut or its record damaged", async () => {
    const kept = madeResult(subject, madeMapResult(LARGE));
    await store.saveResult(kept);
    const [name = ""] = await namesOfFiles();
    await files.write(name, new Uint8Array(100));
    expect(await store.result(kept.key)).toBeNull();
    await access.run((database) => database.put("results", { version: 1, slide: "a", key: 7 }, "damaged"));
    await access.run((database) => database.put("results", { version: 99, slide: "a" }, "newer"));
    expect(await store.results("a")).toHaveLength(1);
    expect(await store.result("damaged")).toBeNull();
  });
});

describe("the list of slides", () => {
  it("has the one opened last first, with its results and unfinished runs", async () => {
    await store.saveSlide(madeSlide("a"));
    await store.saveSlide(madeSlide("b", { openedAt: 5, thumbnail: new Blob(["x"], { type: "image/jpeg" }) }));
    await store.saveResult(madeResult(subject, madeMapResult(madeGrid(2, 2))));
    await store.append(madeSubject("b"), madeBatch([1, 2]));
    const [b, a] = await store.recent();
    expect(b?.slide.thumbnail?.type).toBe("image/jpeg");
    expect(b?.checkpoints).toMatchObject([{ done: 2, total: 10, seconds: 5 }]);
    expect(a?.results).toHaveLength(1);
  });

  it("keeps the file's handle where the browser has one", async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle("palisade-test-slide.svs", { create: true });
    await store.saveSlide(madeSlide("a", { handles: [handle] }));
    const kept = await store.slide("a");
    expect(await kept?.handles[0]?.isSameEntry(handle)).toBe(true);
    await root.removeEntry("palisade-test-slide.svs");
  });
});

describe("an unfinished run", () => {
  const key = subjectKey(subject);

  it("gathers its tasks, and gives them back as they were", async () => {
    await store.append(subject, madeBatch([1, 2]));
    await store.append(subject, madeBatch([3], { seconds: 8 }));
    const earlier = await store.earlier(key);
    expect(earlier).toEqual({
      kind: "map",
      work: { plan: "plan", seconds: 8, tasks: [...madeBatch([1, 2]).tasks, ...madeBatch([3]).tasks] },
    });
    expect(await store.checkpoints("a")).toMatchObject([{ key, done: 3, total: 10 }]);
  });

  it("starts anew with another plan", async () => {
    await store.append(subject, madeBatch([1, 2]));
    await store.append(subject, madeBatch([7], { plan: "another" }));
    expect((await store.earlier(key))?.work.tasks).toEqual(madeBatch([7]).tasks);
    expect(await store.checkpoints("a")).toMatchObject([{ done: 1 }]);
  });

  it("leaves out tasks that are damaged: they are computed again", async () => {
    const [whole] = madeBatch([1]).tasks;
    const broken = { ...whole, id: 2, found: { planes: 1, cols: 2, rows: 1, data: Float32Array.of(1, Number.NaN) } };
    await store.append(subject, madeBatch([3]));
    await access.run((database) =>
      database.add("checkpointParts", { version: 1, checkpoint: key, tasks: [whole, broken, 7] }),
    );
    expect((await store.earlier(key))?.work.tasks.map(({ id }) => id)).toEqual([3, 1]);
  });

  it("of a classification is gathered alike", async () => {
    const about = madeSubject("a", { kind: "class" });
    const tasks = [
      { id: 4, found: { kept: Uint8Array.of(1, 0), data: Float32Array.of(0.5, 0.25) }, backend: "WASM" as const },
    ];
    await store.append(about, { plan: "plan", total: 2, seconds: 1, tasks });
    expect(await store.earlier(subjectKey(about))).toEqual({
      kind: "class",
      work: { plan: "plan", seconds: 1, tasks },
    });
  });

  it("is removed with its tasks, after 30 days by itself", async () => {
    await store.append(subject, madeBatch([1]));
    await store.removeCheckpoint(key);
    expect(await access.run((database) => database.count("checkpointParts"))).toBe(0);
    await store.append(subject, madeBatch([1]));
    await store.append(madeSubject("b"), madeBatch([1]));
    await access.run(async (database) => {
      const record: unknown = await database.get("checkpoints", key);
      await database.put("checkpoints", { ...(record as object), updatedAt: Date.now() - 31 * 86_400_000 }, key);
    });
    await store.tidy();
    expect(await store.checkpoints("a")).toEqual([]);
    expect(await store.checkpoints("b")).toHaveLength(1);
    expect(await access.run((database) => database.count("checkpointParts"))).toBe(1);
  });
});

describe("a full disk", () => {
  it("is told, and costs nothing that was kept before", async () => {
    const kept = madeResult(subject, madeMapResult(madeGrid(7, 5)));
    await store.saveResult(kept);
    const mend = failPut(() => true);
    try {
      await expect(store.saveResult({ ...kept, threshold: 0.9 })).rejects.toMatchObject({ code: "storage/full" });
      await expect(store.append(subject, madeBatch([1]))).rejects.toMatchObject({ code: "storage/full" });
    } finally {
      mend();
    }
    expect(await store.result(kept.key)).toEqual(kept);
    expect(await store.checkpoints("a")).toEqual([]);
    expect(await access.run((database) => database.count("checkpointParts"))).toBe(0);
  });

  it("gives up unfinished runs of other slides first", async () => {
    await store.append(madeSubject("b"), madeBatch([1]));
    let isFull = true;
    const mend = failPut((target) => target.name === "results" && isFull);
    const original = IDBObjectStore.prototype.delete;
    IDBObjectStore.prototype.delete = function remove(...parts) {
      if (this.name === "checkpoints") isFull = false;
      return original.apply(this, parts);
    };
    try {
      const kept = madeResult(subject, madeMapResult(madeGrid(7, 5)));
      await store.saveResult(kept);
      expect(await store.result(kept.key)).toEqual(kept);
    } finally {
      mend();
      IDBObjectStore.prototype.delete = original;
    }
    expect(await store.checkpoints("b")).toEqual([]);
  });
});

describe("forgetting", () => {
  async function keepAllOf(slide: string): Promise<void> {
    await store.saveSlide(madeSlide(slide));
    await store.saveResult(madeResult(madeSubject(slide), madeMapResult(LARGE)));
    await store.append(madeSubject(slide, { packSha256: "1" }), madeBatch([1]));
    await access.run((database) => database.put("assumedPixelSizes", { mppX: 1, mppY: 1 }, slide));
  }

  it("a slide takes all of it and nothing of another", async () => {
    await keepAllOf("a");
    await keepAllOf("b");
    await store.forgetSlide("a");
    const [left, ...others] = await store.recent();
    expect(others).toEqual([]);
    expect(left?.slide.sha256).toBe("b");
    expect(left?.results).toHaveLength(1);
    expect(left?.checkpoints).toHaveLength(1);
    expect(await namesOfFiles()).toHaveLength(1);
    const counts = await access.run((database) =>
      Promise.all([database.count("checkpointParts"), database.count("assumedPixelSizes"), database.count("results")]),
    );
    expect(counts).toEqual([1, 1, 1]);
  });

  it("everything leaves no database and no file, but the page itself for an offline visit", async () => {
    await keepAllOf("a");
    const page = `palisade ${location.origin}/`;
    await caches.open(page);
    await store.forgetEverything();
    const databases = await indexedDB.databases();
    expect(databases.map(({ name }) => name)).not.toContain(NAME);
    expect(await namesOfFiles()).toEqual([]);
    expect(await caches.keys()).toContain(page);
    await caches.delete(page);
  });
});
