import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { PixelSize, SlideInfo } from "../../engine/slide/types.ts";
import type { SlideClient } from "../../workers/slide.api.ts";
import type { MessagesState } from "./messages.ts";

/** A slide on the stage. */
export interface OpenSlide {
  readonly id: number;
  readonly file: File;
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
  readonly openSlide: (file: File, pixelSize: PixelSize | null) => Promise<SlideClient>;
  readonly fetchDemo: () => Promise<File>;
  readonly pixelSizes: PixelSizeStore;
  readonly messages: MessagesState;
}

export interface SlideState {
  readonly open: ReadonlySignal<OpenSlide | null>;
  readonly opening: ReadonlySignal<OpeningState>;
  /** The file's own, else the assumed one, else null. */
  readonly pixelSize: ReadonlySignal<PixelSize | null>;
  openFile(file: File): Promise<void>;
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

  async function show(name: string, fetchFile: () => Promise<File>, isDemo: boolean): Promise<void> {
    const attempt = ++attempts;
    opening.value = { kind: "opening", name };
    try {
      const file = await fetchFile();
      const [client, kept] = await Promise.all([deps.openSlide(file, null), deps.pixelSizes.load(file)]);
      if (attempt !== attempts) return client.close();
      const previous = open.value;
      assumed.value = client.info.pixelSize ? null : kept;
      open.value = { id: attempt, file, client, info: client.info, isDemo };
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
    openFile: (file) => show(file.name, async () => file, false),
    openDemo: () => show("the demo slide", deps.fetchDemo, true),
    assumePixelSize(mpp) {
      const slide = open.value;
      if (!slide || slide.info.pixelSize) return;
      if (mpp !== null && !(mpp >= PIXEL_SIZE_LIMITS.lowest && mpp <= PIXEL_SIZE_LIMITS.highest)) return;
      assumed.value = mpp;
      if (mpp !== null) deps.pixelSizes.save(slide.file, mpp);
    },
  };
}
