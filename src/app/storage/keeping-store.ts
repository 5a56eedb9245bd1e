import { isAppError } from "../../engine/base/errors.ts";
import type { KeepingStore, KeptSlide } from "../state/kept.ts";
import { appendTasks, checkpointsOf, deleteCheckpoints, earlierTasksOf, wholeOnes } from "./checkpoint-store.ts";
import type { DatabaseAccess } from "./database.ts";
import type { GridFiles } from "./grid-files.ts";
import { filesOf, placeGrid, putResult, putThreshold, readResult, resultFacts } from "./result-store.ts";
import { parseKeptSlide, slideRecord } from "./slide-record.ts";

const CHECKPOINT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Slides, results and unfinished runs in the database, large grids in files. */
export function keepingStore(access: DatabaseAccess, files: GridFiles): KeepingStore {
  /** A full disk costs the unfinished runs of other slides first; then it is tried once more. */
  async function makingRoom<T>(slide: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isAppError(error, "storage/full") || !(await dropOtherCheckpoints(slide))) throw error;
      return await write();
    }
  }

  async function dropOtherCheckpoints(slide: string): Promise<boolean> {
    const all = await access.run((database) => database.getAll("checkpoints"));
    const others = wholeOnes(all).filter(({ subject }) => subject.slide !== slide);
    await access.run((database) =>
      deleteCheckpoints(
        database,
        others.map(({ key }) => key),
      ),
    );
    return others.length > 0;
  }

  return {
    async recent() {
      const [slides, results, checkpoints] = await access.run((database) =>
        Promise.all([database.getAll("slides"), database.getAll("results"), database.getAll("checkpoints")]),
      );
      const facts = resultFacts(results);
      const unfinished = wholeOnes(checkpoints);
      return wholeSlides(slides).map((slide) => ({
        slide,
        results: facts.filter(({ subject }) => subject.slide === slide.sha256),
        checkpoints: unfinished.filter(({ subject }) => subject.slide === slide.sha256),
      }));
    },
    slide: (sha256) => access.run(async (database) => parseKeptSlide(await database.get("slides", sha256))),
    async saveSlide(slide) {
      await makingRoom(slide.sha256, () =>
        access.run((database) => database.put("slides", slideRecord(slide), slide.sha256)),
      );
    },
    results: (slide) =>
      access.run(async (database) => resultFacts(await database.getAllFromIndex("results", "slide", slide))),
    result: (key) => readResult(access.run, key, files),
    async saveResult(kept) {
      await makingRoom(kept.subject.slide, async () => {
        const before = await access.run((database) => database.get("results", kept.key));
        const placed = await placeGrid(kept, files);
        await access.run((database) => putResult(database, kept, placed));
        for (const file of filesOf([before])) await files.remove(file);
      });
    },
    saveThreshold: (key, threshold) => access.run((database) => putThreshold(database, key, threshold)),
    checkpoints: (slide) => access.run((database) => checkpointsOf(database, slide)),
    earlier: (key) => access.run((database) => earlierTasksOf(database, key)),
    append: (subject, batch) =>
      makingRoom(subject.slide, () => access.run((database) => appendTasks(database, subject, batch))),
    removeCheckpoint: (key) => access.run((database) => deleteCheckpoints(database, [key])),
    async forgetSlide(sha256) {
      const [results, checkpoints] = await access.run((database) =>
        Promise.all([
          database.getAllFromIndex("results", "slide", sha256),
          database.getAllKeysFromIndex("checkpoints", "slide", sha256),
        ]),
      );
      await access.run((database) => deleteCheckpoints(database, checkpoints));
      await access.run(async (database) => {
        const transaction = database.transaction(["slides", "results", "grids", "assumedPixelSizes"], "readwrite");
        void transaction.objectStore("slides").delete(sha256);
        void transaction.objectStore("assumedPixelSizes").delete(sha256);
        const keys = await transaction.objectStore("results").index("slide").getAllKeys(sha256);
        for (const key of keys) {
          void transaction.objectStore("results").delete(key);
          void transaction.objectStore("grids").delete(key);
        }
        await transaction.done;
      });
      for (const file of filesOf(results)) await files.remove(file);
    },
    async forgetEverything() {
      // The only cache is the service worker's: the page itself, and nothing of a slide.
      await access.destroy();
      await files.removeAll();
    },
    async tidy() {
      const [results, checkpoints] = await access.run((database) =>
        Promise.all([database.getAll("results"), database.getAll("checkpoints")]),
      );
      const oldest = Date.now() - CHECKPOINT_DAYS * DAY_MS;
      const old = wholeOnes(checkpoints).filter(({ updatedAt }) => updatedAt < oldest);
      await access.run((database) =>
        deleteCheckpoints(
          database,
          old.map(({ key }) => key),
        ),
      );
      const named = new Set(filesOf(results));
      await files.removeOrphans((name) => named.has(name));
    },
    async persist() {
      const storage: StorageManager | undefined = navigator.storage;
      return (await storage?.persist?.()) ?? false;
    },
    async estimate() {
      const storage: StorageManager | undefined = navigator.storage;
      const { usage, quota } = (await storage?.estimate?.()) ?? {};
      return usage === undefined || quota === undefined ? null : { usage, quota };
    },
  };
}

/** The one opened last comes first. */
function wholeSlides(records: readonly unknown[]): KeptSlide[] {
  const found = records.map(parseKeptSlide).filter((slide) => slide !== null);
  return found.toSorted((a, b) => b.openedAt - a.openedAt);
}
