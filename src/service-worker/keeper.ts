import { fetchFile } from "./fetch-file.ts";
import { type FileStore, keyOf } from "./file-store.ts";
import type { FileGroup, OfflineReport, PrecacheFile } from "./protocol.ts";

export interface KeeperDeps {
  readonly scope: string;
  readonly files: readonly PrecacheFile[];
  readonly store: FileStore;
  /** Hears how things stand, a few times a second while files come in. */
  readonly tell: (report: OfflineReport) => Promise<void>;
}

/** Files that come in at the same time: their bodies lie in memory until they are checked. */
const AT_ONCE = 3;
const TELL_EVERY_MS = 250;

/** Fetches, checks and keeps the files of one version. One piece of work at a time; what is kept already is not fetched again. */
export class Keeper {
  readonly #deps: KeeperDeps;
  readonly #incoming = new Map<string, number>();
  readonly #refused = new Map<string, string>();
  #kept: ReadonlySet<string> = new Set();
  #wanted: readonly PrecacheFile[] = [];
  #activity: OfflineReport["activity"] = "resting";
  #toldAt = 0;
  #work: Promise<unknown> = Promise.resolve();

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
  }

  /** Fetches what is missing of the files for all and of those groups that are needed here. */
  fill(group: FileGroup = "all"): Promise<OfflineReport> {
    return this.#oneAtATime(async () => {
      if (group !== "all") await this.#deps.store.addGroup(group);
      await this.#look();
      return this.#fetchMissing();
    });
  }

  /** Computes the hash of every kept file; those that no longer match are fetched again. */
  verify(): Promise<OfflineReport> {
    return this.#oneAtATime(async () => {
      await this.#look();
      this.#activity = "verifying";
      this.#tell();
      for (const file of this.#wanted) {
        if (this.#kept.has(keyOf(file)) && !(await this.#deps.store.verify(file))) this.#forget(file);
      }
      return this.#fetchMissing();
    });
  }

  async #fetchMissing(): Promise<OfflineReport> {
    // The small ones first: the page, then the packs, the runtime last.
    const missing = this.#wanted
      .filter((file) => !this.#kept.has(keyOf(file)))
      .sort((a, b) => a.bytes - b.bytes || (a.path < b.path ? -1 : 1));
    if (missing.length > 0) {
      this.#activity = "fetching";
      this.#tell();
    }
    const next = missing[Symbol.iterator]();
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#takeFrom(next)));
    this.#activity = "resting";
    const report = this.#report();
    await this.#deps.tell(report);
    return report;
  }

  async #takeFrom(files: Iterator<PrecacheFile>): Promise<void> {
    for (let step = files.next(); !step.done; step = files.next()) await this.#fetch(step.value);
  }

  async #fetch(file: PrecacheFile): Promise<void> {
    const { store, scope } = this.#deps;
    try {
      const verified = await fetchFile(file, scope, (bytes) => {
        this.#incoming.set(file.path, bytes);
        this.#tellNowAndThen();
      });
      await store.keep(file, verified).catch((cause: unknown) => {
        throw new Error("this browser has no room for it", { cause });
      });
      this.#refused.delete(file.path);
      this.#kept = new Set([...this.#kept, keyOf(file)]);
    } catch (error) {
      this.#refused.set(file.path, error instanceof Error ? error.message : String(error));
    } finally {
      this.#incoming.delete(file.path);
    }
  }

  async #look(): Promise<void> {
    const { files, store } = this.#deps;
    const groups = await store.groups();
    this.#wanted = files.filter((file) => file.group === "all" || groups.includes(file.group));
    this.#kept = await store.kept(this.#wanted);
  }

  #forget(file: PrecacheFile): void {
    this.#kept = new Set([...this.#kept].filter((key) => key !== keyOf(file)));
  }

  #tellNowAndThen(): void {
    if (Date.now() - this.#toldAt >= TELL_EVERY_MS) this.#tell();
  }

  #tell(): void {
    this.#toldAt = Date.now();
    void this.#deps.tell(this.#report());
  }

  #report(): OfflineReport {
    const files = this.#wanted.map((file) => ({
      path: file.path,
      bytes: file.bytes,
      sha256: file.sha256,
      isKept: this.#kept.has(keyOf(file)),
      why: this.#refused.get(file.path) ?? null,
    }));
    const sum = (list: readonly { readonly bytes: number }[]) => list.reduce((total, { bytes }) => total + bytes, 0);
    const incoming = [...this.#incoming.values()].reduce((total, bytes) => total + bytes, 0);
    return {
      kind: "palisade-offline-report",
      activity: this.#activity,
      files,
      bytesDone: sum(files.filter(({ isKept }) => isKept)) + incoming,
      bytesTotal: sum(files),
    };
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }
}
