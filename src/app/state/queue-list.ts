import { type ReadonlySignal, signal } from "@preact/signals";
import type { SlideFigures } from "../../engine/annotations/slides-csv.ts";
import type { ErrorCode } from "../../engine/base/errors.ts";
import type { SlideFingerprint } from "../../engine/slide/fingerprint.ts";
import type { PixelSize } from "../../engine/slide/types.ts";
import { alertOf } from "./messages.ts";
import type { FileIdentity } from "./pixel-size.ts";

/** What is known of a slide once it was opened for a moment. */
export interface KnownSlide {
  readonly fingerprint: SlideFingerprint;
  readonly width0: number;
  readonly height0: number;
  /** That of its default view. */
  readonly focalPlane: number;
  /** The file's own. */
  readonly pixelSize: PixelSize | null;
}

export type QueuedState =
  /** Not opened yet. */
  | { readonly kind: "unread" }
  | { readonly kind: "waiting" }
  | { readonly kind: "no-pixel-size" }
  | { readonly kind: "running" }
  /** The reader passed it over. */
  | { readonly kind: "skipped" }
  /** Unlike what the model was trained on: the reader has to see why before it is analyzed. English sentences. */
  | { readonly kind: "doubtful"; readonly reasons: readonly string[] }
  | { readonly kind: "failed"; readonly sentence: string; readonly code: ErrorCode | null }
  /** `isAtHand`: its map can be shown, because it is kept on this computer or still in memory. */
  | { readonly kind: "done"; readonly figures: SlideFigures; readonly isAtHand: boolean };

/** A slide of the work list. */
export interface QueuedSlide {
  readonly id: number;
  readonly name: string;
  readonly byteSize: number;
  /** None after a reload, until the browser opens them again or they are given again. */
  readonly files: readonly File[];
  /** By which the browser may open them again. */
  readonly handles: readonly FileSystemFileHandle[];
  readonly identity: FileIdentity;
  /** Null until it was opened for a moment, and of one that cannot be. */
  readonly known: KnownSlide | null;
  /** The one that a person gave, else the file's own. */
  readonly pixelSize: PixelSize | null;
  /** Of the tissue alone. */
  readonly thumbnail: Blob | null;
  /** The reader has seen why it is doubtful, and wants it analyzed all the same. */
  readonly isOverruled: boolean;
  readonly state: QueuedState;
}

/** The slides in the order of work, and what changes them. Ids stay. */
export interface QueueList {
  readonly slides: ReadonlySignal<readonly QueuedSlide[]>;
  find(id: number): QueuedSlide | undefined;
  bySha256(sha256: string | undefined): QueuedSlide | undefined;
  add(slides: readonly Omit<QueuedSlide, "id">[]): void;
  change(id: number, parts: Partial<Omit<QueuedSlide, "id">>): void;
  remove(isGone: (slide: QueuedSlide) => boolean): void;
  /** One place up (-1) or down (+1); false at the end of the list. */
  move(id: number, step: 1 | -1): boolean;
}

export function createQueueList(): QueueList {
  const slides = signal<readonly QueuedSlide[]>([]);
  let lastId = 0;
  return {
    slides,
    find: (id) => slides.value.find((slide) => slide.id === id),
    bySha256: (sha256) =>
      sha256 === undefined ? undefined : slides.value.find(({ known }) => known?.fingerprint.sha256 === sha256),
    add(added) {
      slides.value = [...slides.value, ...added.map((slide) => ({ ...slide, id: ++lastId }))];
    },
    change(id, parts) {
      slides.value = slides.value.map((slide) => (slide.id === id ? { ...slide, ...parts } : slide));
    },
    remove(isGone) {
      const left = slides.value.filter((slide) => !isGone(slide));
      if (left.length < slides.value.length) slides.value = left;
    },
    move(id, step) {
      const from = slides.value.findIndex((slide) => slide.id === id);
      const slide = slides.value[from];
      const other = slides.value[from + step];
      if (!slide || !other) return false;
      slides.value = slides.value.with(from, other).with(from + step, slide);
      return true;
    },
  };
}

/** A slide that was just given. */
export function newlyQueued(files: readonly File[], handles: readonly FileSystemFileHandle[]): Omit<QueuedSlide, "id"> {
  const [first] = files;
  if (!first) throw new TypeError("a slide without a file");
  const { name, size, lastModified } = first;
  return {
    name,
    byteSize: files.reduce((sum, file) => sum + file.size, 0),
    files,
    handles,
    identity: { name, size, lastModified },
    known: null,
    pixelSize: null,
    thumbnail: null,
    isOverruled: false,
    state: { kind: "unread" },
  };
}

export function failedState(error: unknown): QueuedState {
  const { sentence, code } = alertOf(error);
  return { kind: "failed", sentence, code };
}
