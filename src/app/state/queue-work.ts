import { batch, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { isAbortError } from "../../engine/base/errors.ts";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import { resultModelOf } from "../../engine/resultfile/model.ts";
import { reasonsOf } from "../../engine/resultfile/slide-figures.ts";
import type { TrustReport } from "../../engine/trust/types.ts";
import type { TrustChecker } from "../../workers/trust.api.ts";
import { APP_VERSION } from "../report/app-version.ts";
import type { AnalysisCommands, AnalysisDeps } from "./analysis.ts";
import type { EarlierTasks, KeepingStore } from "./kept.ts";
import { type LiveRun, type RunEnd, type RunJob, startRun } from "./live-run.ts";
import { failedState, type KnownSlide, type QueuedSlide, type QueueList } from "./queue-list.ts";
import { queuedKey } from "./queue-reading.ts";
import { type LookedAt, lookBefore, lookBeside } from "./queue-trust.ts";
import type { ResultCache } from "./result-cache.ts";
import type { RunKeeper } from "./run-keeper.ts";
import { openSubject } from "./run-subject.ts";
import { figuresOf } from "./slide-figures.ts";
import type { StorageHealth } from "./storage-health.ts";
import { until } from "./until.ts";

export interface QueueWorkDeps extends Pick<AnalysisDeps, "startClient" | "runtimeBase" | "hardwareThreads"> {
  readonly list: QueueList;
  readonly isReading: ReadonlySignal<boolean>;
  readonly keeper: RunKeeper;
  readonly store: KeepingStore;
  readonly health: StorageHealth;
  readonly cache: ResultCache;
  /** A run that the reader starts on the stage goes first. */
  readonly stage: Pick<AnalysisCommands, "isBusy">;
  readonly model: () => Promise<LoadedPack | null>;
  /** Null: slides are not looked at. */
  readonly trustChecker: TrustChecker | null;
}

/** The slide that is being analyzed. */
export interface QueueRun {
  readonly id: number;
  readonly live: LiveRun;
  readonly loaded: LoadedPack;
}

export interface QueueWork {
  /** True from Analyze all until the last slide is done, or it is stopped. */
  readonly isAtWork: ReadonlySignal<boolean>;
  readonly current: ReadonlySignal<QueueRun | null>;
  /** Analyzes all that wait, in the order of the list, also those that are added meanwhile. */
  start(): Promise<void>;
  /** Ends the run under way; what is done stays, and what it finished is kept for the next time. */
  stop(): void;
  /** Passes over the slide that runs and goes on with the next. */
  skip(): void;
  setPaused(isPaused: boolean): void;
}

/** One slide after the other, each with workers of its own, which are ended with it. */
export function createQueueWork(deps: QueueWorkDeps): QueueWork {
  const { list, stage, store, health, trustChecker } = deps;
  const isAtWork = signal(false);
  const isStopping = signal(false);
  const isPaused = signal(false);
  const current = signal<QueueRun | null>(null);
  let isSkipping = false;

  effect(() => {
    const isHeld = isPaused.value || stage.isBusy.value;
    const run = current.value;
    untracked(() => run?.live.setPaused(isHeld));
  });

  async function start(): Promise<void> {
    if (isAtWork.value) return;
    isStopping.value = false;
    isAtWork.value = true;
    try {
      const loaded = await deps.model();
      while (loaded && !isStopping.value) {
        await until(() => isStopping.value || (hasTurn() && (nextWaiting() !== undefined || !deps.isReading.value)));
        const next = nextWaiting();
        if (!next || isStopping.value) break;
        await analyze(next, loaded);
      }
    } finally {
      isAtWork.value = false;
    }
  }

  /** Paused, or with a run on the stage, nothing new is begun. */
  function hasTurn(): boolean {
    return !isPaused.value && !stage.isBusy.value;
  }

  function nextWaiting(): (QueuedSlide & { readonly known: KnownSlide }) | undefined {
    return list.slides.value.find(isReady);
  }

  async function analyze(slide: QueuedSlide & { readonly known: KnownSlide }, loaded: LoadedPack): Promise<void> {
    const { id, known, pixelSize } = slide;
    if (!pixelSize) return list.change(id, { state: { kind: "no-pixel-size" } });
    list.change(id, { state: { kind: "running" } });
    const client = deps.startClient();
    isSkipping = false;
    try {
      const before = await lookBefore(trustChecker, { ...slide, pixelSize, loaded });
      const isRed = before?.light === "red";
      if (isRed && !slide.isOverruled)
        return list.change(id, { state: { kind: "doubtful", reasons: reasonsOf(before) } });
      const earlierTasks = await earlierOf(slide, loaded);
      const job = {
        slide: {
          files: slide.files,
          link: null,
          view: {},
          info: known,
          fingerprint: Promise.resolve(known.fingerprint),
        },
        ...{ pixelSize, loaded, earlierTasks, isBackground: true },
        trust: before && trustChecker ? trustOf(trustChecker, { ...slide, pixelSize, loaded }, before) : undefined,
      };
      if (isSkipping) return list.change(id, { state: { kind: "skipped" } });
      if (isStopping.value || !list.find(id)) return list.change(id, { state: { kind: "waiting" } });
      const live = startRun({ ...deps, client }, job);
      current.value = { id, live, loaded };
      await finish(slide, loaded, await live.end);
    } catch (error) {
      batch(() => {
        current.value = null;
        const left = isSkipping ? "skipped" : "waiting";
        list.change(id, { state: isAbortError(error) ? { kind: left } : failedState(error) });
      });
    } finally {
      current.value = null;
      client.close();
    }
  }

  /** A red light that the reader has overruled stays with the result. */
  function trustOf(checker: TrustChecker, slide: LookedAt, before: TrustReport): RunJob["trust"] {
    const report = { ...before, isOverruled: before.light === "red" };
    return (ended, signal) => lookBeside(checker, slide, { ...deps, before: report, ended, signal });
  }

  async function finish(slide: QueuedSlide, loaded: LoadedPack, { result, kept }: RunEnd): Promise<void> {
    const figures = await figuresOf(result, {
      model: resultModelOf(loaded),
      threshold: null,
      appVersion: APP_VERSION,
    });
    const facts = await kept;
    const isAtHand = facts !== null || hold(slide, loaded, result);
    if (facts) await rememberSlide(slide);
    batch(() => {
      current.value = null;
      list.change(slide.id, { state: { kind: "done", figures, isAtHand } });
    });
  }

  /** What is not kept on this computer stays in memory, as far as there is room. */
  function hold(slide: QueuedSlide, loaded: LoadedPack, result: RunEnd["result"]): boolean {
    const key = queuedKey(slide, loaded);
    if (key === null || !slide.known || !slide.pixelSize) return false;
    const subject = {
      ...openSubject({ info: slide.known }, slide.pixelSize, loaded),
      slide: slide.known.fingerprint.sha256,
    };
    return deps.cache.put({ key, subject, keptAt: Date.now(), appVersion: APP_VERSION, threshold: null, result });
  }

  /** A slide whose result is kept stands among the recent ones, so that it can be opened and forgotten there. */
  async function rememberSlide({ known, files, handles, byteSize, thumbnail }: QueuedSlide): Promise<void> {
    if (!known) return;
    const { sha256, files: fingerprints } = known.fingerprint;
    await health.attempt(async () => {
      if (await store.slide(sha256)) return;
      await store.saveSlide({
        ...{ sha256, fingerprints, byteSize, thumbnail, handles },
        files: files.map(({ name, lastModified }) => ({ name, lastModified })),
        openedAt: Date.now(),
        isDemo: false,
        link: null,
      });
    });
  }

  async function earlierOf(slide: QueuedSlide, loaded: LoadedPack): Promise<EarlierTasks | null> {
    const key = queuedKey(slide, loaded);
    return key === null ? null : await health.attempt(() => store.earlier(key));
  }

  return {
    isAtWork,
    current,
    start,
    stop() {
      isStopping.value = isAtWork.value;
      current.value?.live.cancel();
    },
    skip() {
      isSkipping = true;
      current.value?.live.cancel();
    },
    setPaused(next) {
      isPaused.value = next;
    },
  };
}

/** Ready to be analyzed as soon as it is its turn. */
export function isReady(slide: QueuedSlide): slide is QueuedSlide & { readonly known: KnownSlide } {
  return slide.state.kind === "waiting" && slide.known !== null && slide.files.length > 0;
}
