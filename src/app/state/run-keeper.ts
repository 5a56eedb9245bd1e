import { type ReadonlySignal, signal } from "@preact/signals";
import type { AnalysisResult } from "../../engine/analysis/types.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import { APP_VERSION } from "../report/app-version.ts";
import {
  type KeepingStore,
  type KeptBatch,
  type KeptCheckpoint,
  type KeptResultFacts,
  type RunSubject,
  subjectKey,
} from "./kept.ts";
import type { OpenSubject } from "./run-subject.ts";
import type { SettingsState } from "./settings.ts";
import type { OpenSlide } from "./slide.ts";
import type { StorageHealth } from "./storage-health.ts";
import type { ClaimWork } from "./work-claim.ts";

/** Keeps what one run finds. Nothing here throws or holds the run up. */
export interface RunJournal {
  keepTasks(batch: KeptBatch): Promise<void>;
  /** The run is done: its result takes the place of its tasks. Resolves to null where it could not be kept. */
  keepResult(result: AnalysisResult | ClassificationResult): Promise<KeptResultFacts | null>;
  /** The run was ended before it was done; what it finished stays for the next one. */
  end(): void;
}

export interface RunKeeperDeps {
  readonly store: KeepingStore;
  readonly settings: Pick<SettingsState, "keep">;
  readonly health: StorageHealth;
  readonly claim: ClaimWork;
}

export interface BeginOptions {
  /** What an earlier run of the same left behind is dropped. */
  readonly isNew: boolean;
  /** Nobody may be looking: the signals below stay with the run that the reader started last. */
  readonly isBackground: boolean;
}

export interface RunKeeper {
  begin(slide: Pick<OpenSlide, "fingerprint">, subject: OpenSubject, options: BeginOptions): RunJournal;
  /** True while another tab keeps what this run finds. */
  readonly isElsewhere: ReadonlySignal<boolean>;
  /** As it was written last, by a run of this tab. */
  readonly lastCheckpoint: ReadonlySignal<KeptCheckpoint | null>;
  /** What runs of this tab have kept, by `KeptResultFacts.key`. */
  readonly kept: ReadonlySignal<ReadonlyMap<string, KeptResultFacts>>;
  /** Forgets what is under way: of the slide, or of all; runs that have begun keep nothing more. */
  drop(slide: string | null): void;
  /** What was forgotten last: a slide, or all (null within). */
  readonly forgotten: ReadonlySignal<{ readonly slide: string | null } | null>;
  /** It is deleted by now. */
  noteForgotten(slide: string | null): void;
}

/** One journal a run. Two tabs on the same work: the one that claims it first writes, the other waits for its turn and writes nothing. */
export function createRunKeeper({ store, settings, health, claim }: RunKeeperDeps): RunKeeper {
  const isElsewhere = signal(false);
  const lastCheckpoint = signal<KeptCheckpoint | null>(null);
  const kept = signal<ReadonlyMap<string, KeptResultFacts>>(new Map());
  const forgotten = signal<{ readonly slide: string | null } | null>(null);
  /** Journals begun before this count keep nothing more; of one slide, or of all. */
  let drops: { readonly slide: string | null; readonly at: number }[] = [];
  let begun = 0;
  /** That of the run which the signals tell of. */
  let shown = 0;

  function noteGone(isGone: (facts: KeptResultFacts) => boolean): void {
    const left = [...kept.peek()].filter(([, facts]) => !isGone(facts));
    if (left.length < kept.peek().size) kept.value = new Map(left);
  }

  function begin(
    slide: Pick<OpenSlide, "fingerprint">,
    open: OpenSubject,
    { isNew, isBackground }: BeginOptions,
  ): RunJournal {
    const at = ++begun;
    if (!isBackground) {
      shown = at;
      lastCheckpoint.value = null;
      isElsewhere.value = false;
    }
    let hasEnded = false;
    let release: () => void = () => {};
    let isMine = false;
    const subject = slide.fingerprint.then((known): RunSubject | null => known && { ...open, slide: known.sha256 });
    const ready = subject.then(async (about) => {
      if (!about || hasEnded) return;
      noteGone(({ key }) => key === subjectKey(about));
      const claimed = claim(subjectKey(about), (mine) => {
        isMine = mine;
        if (at === shown && !hasEnded) isElsewhere.value = !mine;
      });
      release = claimed.release;
      await claimed.answered;
      if (isMine && isNew && settings.keep.value) await health.attempt(() => store.removeCheckpoint(subjectKey(about)));
      if (hasEnded) release();
    });

    async function writable(): Promise<RunSubject | null> {
      await ready;
      const about = await subject;
      const isDropped = drops.some((drop) => drop.at >= at && (drop.slide === null || drop.slide === about?.slide));
      return about && isMine && settings.keep.value && !isDropped ? about : null;
    }

    function end(): void {
      hasEnded = true;
      release();
      if (at === shown) isElsewhere.value = false;
    }

    return {
      async keepTasks(batch) {
        const about = await writable();
        if (!about || !health.isWritable.value) return;
        const checkpoint = await health.attempt(() => store.append(about, batch));
        if (checkpoint && at === shown) lastCheckpoint.value = checkpoint;
      },
      async keepResult(result) {
        const about = await writable();
        if (about) {
          const key = subjectKey(about);
          const facts = { key, subject: about, keptAt: Date.now(), appVersion: APP_VERSION, threshold: null };
          // A result that cannot be kept is always told, also where unfinished parts could not be kept before.
          health.recover();
          const isKept = await health.attempt(async () => {
            await store.saveResult({ ...facts, result });
            return true;
          });
          if (isKept) {
            await health.attempt(() => store.removeCheckpoint(key));
            if (at === shown) lastCheckpoint.value = null;
            kept.value = new Map(kept.value).set(key, facts);
            void health.persist();
            end();
            return facts;
          }
        }
        end();
        return null;
      },
      end,
    };
  }

  return {
    begin,
    isElsewhere,
    lastCheckpoint,
    kept,
    drop(slide) {
      drops = slide === null ? [{ slide, at: begun }] : [...drops, { slide, at: begun }];
      lastCheckpoint.value = null;
      noteGone(({ subject }) => slide === null || subject.slide === slide);
    },
    forgotten,
    noteForgotten(slide) {
      forgotten.value = { slide };
    },
  };
}
