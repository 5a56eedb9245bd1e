import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { AppError, isAppError } from "../../engine/base/errors.ts";
import type { ResultPictures, SlideRecord } from "../../engine/resultfile/types.ts";
import type { SlideFingerprint } from "../../engine/slide/fingerprint.ts";
import type { HttpFile } from "../../engine/slide/http/http-file.ts";
import type { PixelSize, SlideChannel, SlideInfo, SlideView } from "../../engine/slide/types.ts";
import type { SlideClient } from "../../workers/slide.api.ts";
import type { SlideInput } from "../../workers/slide-input.ts";
import { t } from "../words/words.ts";
import type { MessagesState } from "./messages.ts";
import { type AssumedSize, createPixelSize, type FileIdentity, type PixelSizeStore } from "./pixel-size.ts";
import type { SettingsState } from "./settings.ts";

/** What a result file holds of its slide. */
export interface RecordedSlide {
  readonly record: SlideRecord;
  readonly pictures: ResultPictures;
}

/** A slide on the stage. */
export interface OpenSlide {
  /** Changes with what an analysis sees: another file, plane or channel; not with the colours on the screen. */
  readonly id: number;
  /** Changes with the files alone. */
  readonly filesId: number;
  /** The dropped file; of a slide of several files all of them; none of a linked or a recorded one. */
  readonly files: readonly File[];
  /** Where a linked slide lies; null for any other. */
  readonly link: HttpFile | null;
  /** Null for a recorded one. */
  readonly identity: FileIdentity | null;
  /** Of a result that is open without its slide: what is shown is a picture. Null for a slide that is at hand. */
  readonly recorded: RecordedSlide | null;
  readonly view: SlideView;
  readonly client: SlideClient;
  readonly info: SlideInfo;
  /** Its channels as the file would show them, whatever the view. */
  readonly ownChannels: readonly SlideChannel[];
  readonly isDemo: boolean;
  /** Known a moment after the slide is shown; null where the files cannot be read any more. */
  readonly fingerprint: Promise<SlideFingerprint | null>;
}

/** A slide that a person said the next file is. */
export interface ExpectedSlide {
  readonly sha256: string;
  readonly name: string;
}

/** What is under way; the slide that is open stays open until the next one is there. */
export type OpeningState = { readonly kind: "idle" } | { readonly kind: "opening"; readonly name: string };

export interface SlideDeps {
  readonly openSlide: (
    input: SlideInput,
    pixelSize: PixelSize | null,
    options?: { readonly onRestart: () => void },
  ) => Promise<SlideClient>;
  readonly fetchDemo: () => Promise<File>;
  readonly pixelSizes: PixelSizeStore;
  readonly messages: MessagesState;
  readonly settings: Pick<SettingsState, "colour" | "keep">;
}

export interface SlideState {
  readonly open: ReadonlySignal<OpenSlide | null>;
  /** `OpenSlide.id`; null without a slide. What was found of a slide belongs to it. */
  readonly subject: ReadonlySignal<number | null>;
  readonly opening: ReadonlySignal<OpeningState>;
  /** Of the open slide; null without one, and until it is known. */
  readonly fingerprint: ReadonlySignal<SlideFingerprint | null>;
  /** The assumed one, else the file's own, else null. */
  readonly pixelSize: ReadonlySignal<PixelSize | null>;
  /** True once the file was changed or cannot be reached any more. */
  readonly isLost: ReadonlySignal<boolean>;
  /**
   * One slide: a file, or all files that together are one. A lost file that is chosen again unchanged takes up where it was. Where a certain slide
   * is expected, another one is refused with `slide/another-file`.
   */
  openFiles(files: readonly File[], expected?: ExpectedSlide | null): Promise<void>;
  openDemo(): Promise<void>;
  /** A slide on a web host. A lost one that is unchanged takes up where it was. */
  openLink(name: string, ask: () => Promise<HttpFile>, expected?: ExpectedSlide | null): Promise<void>;
  /** Takes the picture of a slide in place of the slide. `client` reads it, and is closed with it. */
  openRecorded(recorded: RecordedSlide, client: SlideClient): void;
  /** The view that was asked for last: what the open slide shows, or will in a moment; null without a slide. */
  readonly wantedView: ReadonlySignal<SlideView | null>;
  /**
   * Shows another of the pictures that the open file holds (plane, channels, colour), at the same place on the stage. Asked again before
   * that is there, the last one counts and those between are left out.
   */
  changeView(view: SlideView): Promise<void>;
  /** Takes micrometres per level-0 pixel, the same along y where none are given; null takes them back. */
  assumePixelSize(mppX: number | null, mppY?: number): void;
  /** Reports what reading the slide threw, and keeps in mind that the file is lost when it says so. */
  fail(error: unknown): void;
}

interface Showing {
  readonly name: string;
  readonly fetchSource: () => Promise<Source>;
  readonly isDemo: boolean;
  readonly expected: ExpectedSlide | null;
}

/** A slide is shown without what was kept of it when that takes longer. */
const PATIENCE_MS = 300;

export function createSlideState(deps: SlideDeps): SlideState {
  const open = signal<OpenSlide | null>(null);
  const opening = signal<OpeningState>({ kind: "idle" });
  const isLost = signal(false);
  const fingerprint = signal<SlideFingerprint | null>(null);
  const { pixelSize, restore, assume } = createPixelSize(open, deps.pixelSizes, deps.settings.keep);
  const wanted = signal<SlideView | null>(null);
  let changing: Promise<void> | null = null;
  let attempts = 0;
  const fetchDemoSource = async (): Promise<Source> => ({ files: [await deps.fetchDemo()], link: null });
  const onRestart = () =>
    deps.messages.tell(t`The slide reader stopped working and was started again; nothing was lost.`);

  /** Runs one attempt at a time to open something; the last one counts. */
  async function attempt(work: (isLast: () => boolean, id: number) => Promise<void>): Promise<void> {
    const id = ++attempts;
    const isLast = () => id === attempts;
    try {
      await work(isLast, id);
    } catch (error) {
      if (isLast()) deps.messages.report(error);
    } finally {
      if (isLast()) opening.value = { kind: "idle" };
    }
  }

  /** Tells, once the slide is known by its content, what was kept of it. */
  async function identify(slide: OpenSlide): Promise<void> {
    const known = await slide.fingerprint;
    if (open.value?.filesId === slide.filesId) fingerprint.value = known;
  }

  function show({ name, fetchSource, isDemo, expected }: Showing): Promise<void> {
    wanted.value = null;
    opening.value = { kind: "opening", name };
    return attempt(async (isLast, id) => {
      const source = await fetchSource();
      const identity = identityOf(source);
      const previous = open.value;
      const isBack = isLost.value && previous !== null && isSameSource(previous, source);
      const view: SlideView = isBack ? previous.view : { colour: deps.settings.colour.value };
      const client = await deps.openSlide(inputOf(source, view), null, { onRestart });
      const known = client.fingerprint().catch(() => null);
      const kept = known.then((print) => deps.pixelSizes.load(identity, print));
      const isRight = !expected || (await known)?.sha256 === expected.sha256;
      // Keeps what depends on the pixel size from jumping, where the file is quick to read.
      const size = await Promise.race([kept, later(PATIENCE_MS)]);
      if (!isLast() || !isRight) client.close();
      if (!isLast()) return;
      if (expected && !isRight) throw anotherFile(expected, source.link?.name ?? identity.name);
      const slide: OpenSlide = {
        id: isBack ? previous.id : id,
        filesId: isBack ? previous.filesId : id,
        files: source.files,
        link: source.link,
        identity,
        recorded: null,
        view,
        client,
        info: client.info,
        ownChannels: isBack ? previous.ownChannels : client.info.channels,
        isDemo,
        fingerprint: known,
      };
      batch(() => {
        if (!isBack) {
          restore(size ?? null);
          fingerprint.value = null;
        }
        isLost.value = false;
        open.value = slide;
      });
      if (size === undefined && !isBack) void kept.then((found) => found && restoreLate(slide, found));
      void identify(slide);
      deps.messages.dismiss();
      previous?.client.close();
    });
  }

  /** A slow drive tells late what slide this is; what a person has said meanwhile stays. */
  function restoreLate(slide: OpenSlide, found: AssumedSize): void {
    if (open.value?.filesId === slide.filesId && pixelSize.value?.origin !== "assumed") restore(found);
  }

  function openRecorded(recorded: RecordedSlide, client: SlideClient): void {
    const id = ++attempts;
    const previous = open.value;
    const { info } = client;
    batch(() => {
      wanted.value = null;
      opening.value = { kind: "idle" };
      isLost.value = false;
      fingerprint.value = null;
      restore(null);
      open.value = {
        id,
        filesId: id,
        files: [],
        link: null,
        identity: null,
        recorded,
        view: {},
        client,
        info,
        ownChannels: info.channels,
        isDemo: recorded.record.isSynthetic,
        // There is no slide of which anything could be kept.
        fingerprint: Promise.resolve(null),
      };
    });
    deps.messages.dismiss();
    previous?.client.close();
  }

  function changeView(view: SlideView): Promise<void> {
    // Another slide on its way will be shown as its own files say; a picture of one has no other view.
    if (!open.value || open.value.recorded || opening.value.kind === "opening") return Promise.resolve();
    wanted.value = view;
    changing ??= showWanted().finally(() => {
      changing = null;
    });
    return changing;
  }

  /** One view after another: each is a worker of its own, and a slider asks for sixty a second. */
  async function showWanted(): Promise<void> {
    for (let view = wanted.value; view; view = wanted.value) {
      await showView(view);
      if (wanted.value === view) wanted.value = null;
    }
  }

  async function showView(view: SlideView): Promise<void> {
    const asked = open.value;
    if (!asked) return;
    await attempt(async (isLast, id) => {
      const client = await deps.openSlide(inputOf(asked, view), null, { onRestart });
      if (!isLast()) return client.close();
      const { info } = client;
      const isSameSubject = subjectOf(asked.view) === subjectOf(view);
      const ownChannels = view.channels ? asked.ownChannels : info.channels;
      open.value = { ...asked, id: isSameSubject ? asked.id : id, view, client, info, ownChannels };
      asked.client.close();
    });
  }

  effect(() => {
    const colour = deps.settings.colour.value;
    untracked(() => {
      const slide = open.value;
      if (!slide?.info.hasColourProfile || slide.view.colour === colour) return;
      void changeView({ ...(wanted.value ?? slide.view), colour });
    });
  });

  return {
    open,
    subject: computed(() => open.value?.id ?? null),
    opening,
    fingerprint,
    pixelSize,
    isLost,
    openFiles: (files, expected = null) =>
      show({ name: files[0]?.name ?? "", fetchSource: async () => ({ files, link: null }), isDemo: false, expected }),
    openRecorded,
    openDemo: () => show({ name: t`the demo slide`, fetchSource: fetchDemoSource, isDemo: true, expected: null }),
    openLink: (name, ask, expected = null) =>
      show({ name, fetchSource: async () => ({ files: [], link: await ask() }), isDemo: false, expected }),
    wantedView: computed(() => wanted.value ?? open.value?.view ?? null),
    changeView,
    assumePixelSize: assume,
    fail(error) {
      if (isAppError(error, "slide/unreadable")) isLost.value = true;
      deps.messages.report(error);
    },
  };
}

function anotherFile(expected: ExpectedSlide, name: string): AppError {
  return new AppError(
    "slide/another-file",
    `Expected the slide "${expected.name}" that was open before, found another one in "${name}"; choose the right file, or open this one as a slide of its own.`,
  );
}

function later(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What of a view changes what an analysis sees. */
function subjectOf({ focalPlane, channels }: SlideView): string {
  return JSON.stringify([focalPlane ?? null, channels ?? null]);
}

/** Where a slide's bytes come from: files, or a web host. */
type Source = Pick<OpenSlide, "files" | "link">;

/** What a worker needs to open the slide in a view. */
export function inputOf({ files, link }: Source, view: SlideView): SlideInput {
  return { files, view, ...(link ? { link } : {}) };
}

function identityOf({ files, link }: Source): FileIdentity {
  const [first] = files;
  if (link) {
    const lastModified = Date.parse(link.lastModified ?? "");
    return { name: link.href, size: link.size, lastModified: Number.isNaN(lastModified) ? 0 : lastModified };
  }
  if (!first) throw new TypeError("a slide without a file");
  return { name: first.name, size: first.size, lastModified: first.lastModified };
}

function isSameSource(before: Source, now: Source): boolean {
  if (!before.link || !now.link) return before.link === now.link && isSameFiles(before.files, now.files);
  const { href, size, etag, lastModified } = now.link;
  const { link } = before;
  return link.href === href && link.size === size && link.etag === etag && link.lastModified === lastModified;
}

function isSameFiles(before: readonly File[], now: readonly File[]): boolean {
  return (
    before.length === now.length &&
    before.every((file, i) => {
      const other = now[i];
      return file.name === other?.name && file.size === other.size && file.lastModified === other.lastModified;
    })
  );
}
