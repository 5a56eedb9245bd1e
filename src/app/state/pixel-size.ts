import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { SlideFingerprint } from "../../engine/slide/fingerprint.ts";
import type { PixelSize, SlideInfo } from "../../engine/slide/types.ts";

/** Micrometres per level-0 pixel that a person gave. */
export type AssumedSize = Pick<PixelSize, "mppX" | "mppY">;

/** What a file is known by: of a linked one its address and the date that its host gives, milliseconds since 1970. */
export type FileIdentity = Pick<File, "name" | "size" | "lastModified">;

/** Remembers what a person said a file's pixel size is. */
export interface PixelSizeStore {
  load(file: FileIdentity, fingerprint: SlideFingerprint | null): Promise<AssumedSize | null>;
  /** Null: nothing any more. */
  save(file: FileIdentity, fingerprint: SlideFingerprint | null, size: AssumedSize | null): Promise<void>;
}

/** Pixel sizes a person may type, um: from far below the diffraction limit to a photograph of the glass. */
export const PIXEL_SIZE_LIMITS = { lowest: 0.01, highest: 500 } as const;

export function isSoundPixelSize(mpp: number): boolean {
  return mpp >= PIXEL_SIZE_LIMITS.lowest && mpp <= PIXEL_SIZE_LIMITS.highest;
}

interface OpenFile {
  /** Null where no slide is at hand. */
  readonly identity: FileIdentity | null;
  /** Resolves to null where the file cannot be read. */
  readonly fingerprint: Promise<SlideFingerprint | null>;
  readonly info: Pick<SlideInfo, "pixelSize">;
}

export interface PixelSizeState {
  readonly pixelSize: ReadonlySignal<PixelSize | null>;
  /** What was kept for a file that is now open. */
  restore(kept: AssumedSize | null): void;
  /** Takes a size, the same along y where none is given; null takes it back. What is out of the limits is left alone. */
  assume(mppX: number | null, mppY?: number): void;
}

/** The size that a person gave, else the file's own. */
export function createPixelSize(
  open: ReadonlySignal<OpenFile | null>,
  store: PixelSizeStore,
  isKept: ReadonlySignal<boolean>,
): PixelSizeState {
  const assumed = signal<AssumedSize | null>(null);
  let last: PixelSize | null = null;
  // The same size stays the same object, so that another view of the slide does not end a run.
  const pixelSize = computed<PixelSize | null>(() => {
    const own = open.value?.info.pixelSize ?? null;
    const next = open.value && assumed.value ? ({ ...assumed.value, origin: "assumed" } as const) : own;
    if (!isSame(last, next)) last = next;
    return last;
  });
  return {
    pixelSize,
    restore(kept) {
      assumed.value = kept;
    },
    assume(mppX, mppY = mppX ?? Number.NaN) {
      const { identity = null, fingerprint } = open.value ?? {};
      if (!identity) return;
      if (mppX !== null && (!isSoundPixelSize(mppX) || !isSoundPixelSize(mppY))) return;
      const size = mppX === null ? null : { mppX, mppY };
      assumed.value = size;
      if (isKept.value) void fingerprint?.then((known) => store.save(identity, known, size));
    },
  };
}

function isSame(a: PixelSize | null, b: PixelSize | null): boolean {
  return a === b || (a?.mppX === b?.mppX && a?.mppY === b?.mppY && a?.origin === b?.origin);
}
