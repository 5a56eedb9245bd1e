import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { isAppError } from "../../engine/base/errors.ts";
import type { HttpFile } from "../../engine/slide/http/http-file.ts";
import type { PixelSize, SlideChannel, SlideInfo, SlideView } from "../../engine/slide/types.ts";
import type { SlideClient } from "../../workers/slide.api.ts";
import type { SlideInput } from "../../workers/slide-input.ts";
import type { MessagesState } from "./messages.ts";
import { createPixelSize, type FileIdentity, type PixelSizeStore } from "./pixel-size.ts";
import type { SettingsState } from "./settings.ts";

/** A slide on the stage. */
export interface OpenSlide {
  /** Changes with what an analysis sees: another file, plane or channel; not with the colours on the screen. */
  readonly id: number;
  /** Changes with the files alone. */
  readonly filesId: number;
  /** The dropped file; of a slide of several files all of them, of a linked one none. */
  readonly files: readonly File[];
  /** Where a linked slide lies; null for a dropped one. */
  readonly link: HttpFile | null;
  readonly identity: FileIdentity;
  readonly view: SlideView;
  readonly client: SlideClient;
  readonly info: SlideInfo;
  /** Its channels as the file would show them, whatever the view. */
  readonly ownChannels: readonly SlideChannel[];
  readonly isDemo: boolean;
}

/** What is under way; the slide that is open stays open until the next one is there. */
export type OpeningState = { readonly kind: "idle" } | { readonly kind: "opening"; readonly name: string };

export interface SlideDeps {
  readonly openSlide: (input: SlideInput, pixelSize: PixelSize | null) => Promise<SlideClient>;
  readonly fetchDemo: () => Promise<File>;
  readonly pixelSizes: PixelSizeStore;
  readonly messages: MessagesState;
  readonly settings: Pick<SettingsState, "colour">;
}

export interface SlideState {
  readonly open: ReadonlySignal<OpenSlide | null>;
  /** `OpenSlide.id`; null without a slide. What was found of a slide belongs to it. */
  readonly subject: ReadonlySignal<number | null>;
  readonly opening: ReadonlySignal<OpeningState>;
  /** The assumed one, else the file's own, else null. */
  readonly pixelSize: ReadonlySignal<PixelSize | null>;
  /** True once the file was changed or cannot be reached any more. */
  readonly isLost: ReadonlySignal<boolean>;
  /** One slide: a file, or all files that together are one. A lost file that is chosen again unchanged takes up where it was. */
  openFiles(files: readonly File[]): Promise<void>;
  openDemo(): Promise<void>;
  /** A slide on a web host. A lost one that is unchanged takes up where it was. */
  openLink(name: string, ask: () => Promise<HttpFile>): Promise<void>;
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

export function createSlideState(deps: SlideDeps): SlideState {
  const open = signal<OpenSlide | null>(null);
  const opening = signal<OpeningState>({ kind: "idle" });
  const isLost = signal(false);
  const { pixelSize, restore, assume } = createPixelSize(open, deps.pixelSizes);
  const wanted = signal<SlideView | null>(null);
  let changing: Promise<void> | null = null;
  let attempts = 0;

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

  function show(name: string, fetchSource: () => Promise<Source>, isDemo: boolean): Promise<void> {
    wanted.value = null;
    opening.value = { kind: "opening", name };
    return attempt(async (isLast, id) => {
      const source = await fetchSource();
      const { files, link } = source;
      const identity = identityOf(source);
      const previous = open.value;
      const isBack = isLost.value && previous !== null && isSameSource(previous, source);
      const view: SlideView = isBack ? previous.view : { colour: deps.settings.colour.value };
      const [client, kept] = await Promise.all([
        deps.openSlide(inputOf(source, view), null),
        deps.pixelSizes.load(identity),
      ]);
      if (!isLast()) return client.close();
      batch(() => {
        if (!isBack) restore(kept);
        isLost.value = false;
        open.value = {
          id: isBack ? previous.id : id,
          filesId: isBack ? previous.filesId : id,
          files,
          link,
          identity,
          view,
          client,
          info: client.info,
          ownChannels: isBack ? previous.ownChannels : client.info.channels,
          isDemo,
        };
      });
      deps.messages.dismiss();
      previous?.client.close();
    });
  }

  function changeView(view: SlideView): Promise<void> {
    // Another slide on its way will be shown as its own files say.
    if (!open.value || opening.value.kind === "opening") return Promise.resolve();
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
      const client = await deps.openSlide(inputOf(asked, view), null);
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
    pixelSize,
    isLost,
    openFiles: (files) => show(files[0]?.name ?? "", async () => ({ files, link: null }), false),
    openDemo: () => show("the demo slide", async () => ({ files: [await deps.fetchDemo()], link: null }), true),
    openLink: (name, ask) => show(name, async () => ({ files: [], link: await ask() }), false),
    wantedView: computed(() => wanted.value ?? open.value?.view ?? null),
    changeView,
    assumePixelSize: assume,
    fail(error) {
      if (isAppError(error, "slide/unreadable")) isLost.value = true;
      deps.messages.report(error);
    },
  };
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
