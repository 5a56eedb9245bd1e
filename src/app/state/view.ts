import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** Where the reader looks, told by the viewer after each frame that changed it. */
export interface ViewReading {
  /** CSS pixels per level-0 pixel. */
  readonly pixelsPerPixel0: number;
  /** Degrees clockwise. */
  readonly rotation: number;
}

export interface Point0 {
  readonly x0: number;
  readonly y0: number;
}

/** What part of the slide is shown. */
export interface Place extends Point0, ViewReading {}

export interface Rect0 extends Point0 {
  readonly width0: number;
  readonly height0: number;
}

/** What the viewer can be asked to do. */
export interface ViewerHandle {
  /** CSS pixels per level-0 pixel, about the middle of the stage. */
  zoomTo(pixelsPerPixel0: number): void;
  zoomBy(factor: number): void;
  fit(): void;
  rotateBy(degrees: number): void;
  /** Brings a rectangle into view with some air around it. */
  show(rect: Rect0): void;
  /** The middle of the stage, with zoom and turn; null without a slide. */
  place(): Place | null;
  /** Goes there at once. */
  lookAt(place: Place): void;
}

export interface ViewState {
  readonly reading: Signal<ViewReading | null>;
  /** Under the pointer, or null when it is off the slide. */
  readonly cursor: Signal<Point0 | null>;
  /** True while the first tiles of a slide are still on their way. */
  readonly isLoading: Signal<boolean>;
  readonly handle: ReadonlySignal<ViewerHandle | null>;
  attach(handle: ViewerHandle | null): void;
}

export function createView(): ViewState {
  const handle = signal<ViewerHandle | null>(null);
  const reading = signal<ViewReading | null>(null);
  const cursor = signal<Point0 | null>(null);
  return {
    reading,
    cursor,
    isLoading: signal(false),
    handle,
    attach(next) {
      handle.value = next;
      if (!next) {
        reading.value = null;
        cursor.value = null;
      }
    },
  };
}
