import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { isAppError } from "../../engine/base/errors.ts";
import type { HttpFile } from "../../engine/slide/http/http-file.ts";
import { t } from "../words/words.ts";
import type { KeepingStore, KeptSlide, RecentSlide } from "./kept.ts";
import type { MessagesState } from "./messages.ts";
import type { RunKeeper } from "./run-keeper.ts";
import type { SettingsState } from "./settings.ts";
import type { ExpectedSlide, OpenSlide, SlideState } from "./slide.ts";
import type { StorageHealth } from "./storage-health.ts";

/** Files that the browser can open again without being given them. */
export interface FileHandles {
  /** One for each file, or none at all. */
  of(files: readonly File[]): Promise<readonly FileSystemFileHandle[]>;
  /** Asks for permission where it is needed, so to be called upon a click. Null where it is refused, or a file is gone. */
  open(handles: readonly FileSystemFileHandle[]): Promise<readonly File[] | null>;
}

export interface RecentDeps {
  readonly slide: SlideState;
  readonly keeper: RunKeeper;
  readonly settings: Pick<SettingsState, "keep">;
  readonly messages: MessagesState;
  readonly store: KeepingStore;
  readonly health: StorageHealth;
  /** A small picture of the tissue, or null where none can be made. */
  readonly makeThumbnail: (slide: OpenSlide) => Promise<Blob | null>;
  readonly handles: FileHandles;
  readonly askHttpFile: (href: string) => Promise<HttpFile>;
}

export interface RecentState {
  /** Newest first; null until it is known. */
  readonly slides: ReadonlySignal<readonly RecentSlide[] | null>;
  /** The slide whose file is asked for: the next file that is given has to be it. */
  readonly asked: ReadonlySignal<ExpectedSlide | null>;
  /** A sentence where the open slide's files have another date than when it was open last. */
  readonly dateNote: ReadonlySignal<string | null>;
  load(): Promise<void>;
  /** Opens it by its link or its kept file where there is one; else its file is asked for. To be called upon a click. */
  open(recent: RecentSlide): Promise<void>;
  stopAsking(): void;
  /** Opens what a person gave: the slide that was asked for, if one was. */
  openFiles(files: readonly File[]): Promise<void>;
  forget(sha256: string): Promise<void>;
  forgetEverything(): Promise<void>;
}

/** The slides that were open on this computer. */
export function createRecent(deps: RecentDeps): RecentState {
  const { slide, keeper, settings, messages, store, health } = deps;
  const slides = signal<readonly RecentSlide[] | null>(null);
  const asked = signal<ExpectedSlide | null>(null);
  const dateNote = signal<string | null>(null);

  async function load(): Promise<void> {
    slides.value = (await health.attempt(() => store.recent())) ?? [];
    await health.refreshEstimate();
  }

  effect(() => {
    const known = slide.fingerprint.value;
    untracked(() => {
      dateNote.value = null;
      const open = slide.open.value;
      if (open && known) void keep(open, known.sha256);
    });
  });

  // Another slide on the stage: the file is no longer waited for.
  let lastFiles: number | null = null;
  effect(() => {
    const files = slide.open.value?.filesId ?? null;
    if (files === lastFiles) return;
    lastFiles = files;
    asked.value = null;
  });

  // What a run keeps stands in the list at once.
  effect(() => {
    keeper.lastResult.value;
    untracked(() => slides.value && void load());
  });

  async function keep(open: OpenSlide, sha256: string): Promise<void> {
    if (!settings.keep.value) return;
    const before = await health.attempt(() => store.slide(sha256));
    if (slide.open.value?.filesId !== open.filesId || !settings.keep.value) return;
    if (before && !open.isDemo) dateNote.value = dateNoteOf(before, filesOf(open));
    const [known, handles] = await Promise.all([open.fingerprint, deps.handles.of(open.files)]);
    const kept: KeptSlide = {
      sha256,
      fingerprints: known?.files ?? [],
      files: filesOf(open),
      byteSize: open.info.byteSize,
      openedAt: Date.now(),
      isDemo: open.isDemo,
      thumbnail: before?.thumbnail ?? null,
      handles: handles.length > 0 ? handles : (before?.handles ?? []),
      link: open.link?.href ?? null,
    };
    await health.attempt(() => store.saveSlide(kept));
    const thumbnail = kept.thumbnail ?? (await deps.makeThumbnail(open).catch(() => null));
    const isStillKept = settings.keep.value && (await health.attempt(() => store.slide(sha256))) !== null;
    if (!kept.thumbnail && thumbnail && isStillKept) {
      await health.attempt(() => store.saveSlide({ ...kept, thumbnail }));
    }
    await load();
  }

  async function open({ slide: kept }: RecentSlide): Promise<void> {
    if (kept.isDemo) return await slide.openDemo();
    const expected = { sha256: kept.sha256, name: kept.files[0]?.name ?? "" };
    const { link } = kept;
    if (link !== null) return await slide.openLink(expected.name, () => deps.askHttpFile(link), expected);
    const files = kept.handles.length > 0 ? await deps.handles.open(kept.handles) : null;
    asked.value = expected;
    if (files) await openFiles(files);
  }

  async function openFiles(files: readonly File[]): Promise<void> {
    const expected = asked.value;
    await slide.openFiles(files, expected);
    if (slide.open.value?.files[0] === files[0]) asked.value = null;
  }

  return {
    slides,
    asked,
    dateNote,
    load,
    open,
    stopAsking() {
      asked.value = null;
      const alert = messages.alert.value;
      if (alert?.code === "slide/another-file") messages.dismiss();
    },
    openFiles,
    async forget(sha256) {
      keeper.drop(sha256);
      await health.attempt(() => store.forgetSlide(sha256));
      health.recover();
      keeper.noteForgotten(sha256);
      await load();
    },
    async forgetEverything() {
      keeper.drop(null);
      try {
        await store.forgetEverything();
      } catch (error) {
        if (isAppError(error)) messages.report(error);
      }
      health.recover();
      slides.value = [];
      keeper.noteForgotten(null);
      await health.refreshEstimate();
    },
  };
}

/** A linked slide counts as one file of the name in its address. */
function filesOf({ files, link, identity }: OpenSlide): KeptSlide["files"] {
  if (link && identity) return [{ name: link.name, lastModified: identity.lastModified }];
  return files.map(({ name, lastModified }) => ({ name, lastModified }));
}

/** Content decides what a slide is; a date that changed is told all the same. Copies keep their names. */
function dateNoteOf(before: KeptSlide, files: KeptSlide["files"]): string | null {
  const dates = new Map(before.files.map(({ name, lastModified }) => [name, lastModified]));
  const changed = files.find(({ name, lastModified }) => dates.has(name) && dates.get(name) !== lastModified);
  if (!changed) return null;
  return t`The date of "${changed.name}" is another one than when it was open last; its size and the parts that were compared are the same.`;
}
