import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { PixelSize, SlideInfo, SlideView } from "../../engine/slide/types.ts";
import type { SlideClient } from "../../workers/slide.api.ts";
import type { SlideInput } from "../../workers/slide-input.ts";
import type { MessagesState } from "./messages.ts";

/** A slide on the stage. */
export interface OpenSlide {
  readonly id: number;
  /** The dropped file; of a slide of several files all of them. */
  readonly files: readonly File[];
  readonly view: SlideView;
  readonly client: SlideClient;
  readonly info: SlideInfo;
  readonly isDemo: boolean;
}

/** What is under way; the slide that is open stays open until the next one is there. */
export type OpeningState = { readonly kind: "idle" } | { readonly kind: "opening"; readonly name: string };

/** Remembers what a person said a file's pixel size is. */
export interface PixelSizeStore {
  load(file: File): Promise<number | null>;
  save(file: File, mpp: number): void;
}

export interface SlideDeps {
  readonly openSlide: (input: SlideInput, pixelSize: PixelSize | null) => Promise<SlideClient>;
  readonly fetchDemo: () => Promise<File>;
  readonly pixelSizes: PixelSizeStore;
  readonly messages: MessagesState;
}

export interface SlideState {
  readonly open: ReadonlySignal<OpenSlide | null>;
  readonly opening: ReadonlySignal<OpeningState>;
  /** The file's own, else the assumed one, else null. */
  readonly pixelSize: ReadonlySignal<PixelSize | null>;
  /** One slide: a file, or all files that together are one. */
  openFiles(files: readonly File[]): Promise<void>;
  openDemo(): Promise<void>;
  /** Takes `mpp` (micrometres per level-0 pixel) for a slide whose file does not say; null takes it back. */
  assumePixelSize(mpp: number | null): void;
}

/** Pixel sizes a person may type, um: from far below the diffraction limit to a photograph of the glass. */
export const PIXEL_SIZE_LIMITS = { lowest: 0.01, highest: 500 } as const;

export function createSlideState(deps: SlideDeps): SlideState {
  const open = signal<OpenSlide | null>(null);
  const opening = signal<OpeningState>({ kind: "idle" });
  const assumed = signal<number | null>(null);
  let attempts = 0;

  const pixelSize = computed<PixelSize | null>(() => {
    const own = open.value?.info.pixelSize ?? null;
    if (own) return own;
    const mpp = assumed.value;
    return mpp === null ? null : { mppX: mpp, mppY: mpp, origin: "assumed" };
  });

  async function show(name: string, fetchFiles: () => Promise<readonly File[]>, isDemo: boolean): Promise<void> {
    const attempt = ++attempts;
    opening.value = { kind: "opening", name };
    try {
      const files = await fetchFiles();
      const [first] = files;
      if (!first) throw new TypeError("a slide without a file");
      const view = {};
      const [client, kept] = await Promise.all([deps.openSlide({ files, view }, null), deps.pixelSizes.load(first)]);
      if (attempt !== attempts) return client.close();
      const previous = open.value;
      assumed.value = client.info.pixelSize ? null : kept;
      open.value = { id: attempt, files, view, client, info: client.info, isDemo };
      deps.messages.dismiss();
      previous?.client.close();
    } catch (error) {
      if (attempt === attempts) deps.messages.report(error);
    } finally {
      if (attempt === attempts) opening.value = { kind: "idle" };
    }
  }

  return {
    open,
    opening,
    pixelSize,
    openFiles: (files) => show(files[0]?.name ?? "", async () => files, false),
    openDemo: () => show("the demo slide", async () => [await deps.fetchDemo()], true),
    assumePixelSize(mpp) {
      const slide = open.value;
      if (!slide || slide.info.pixelSize) return;
      if (mpp !== null && !(mpp >= PIXEL_SIZE_LIMITS.lowest && mpp <= PIXEL_SIZE_LIMITS.highest)) return;
      assumed.value = mpp;
      const [first] = slide.files;
      if (mpp !== null && first) deps.pixelSizes.save(first, mpp);
    },
  };
}
