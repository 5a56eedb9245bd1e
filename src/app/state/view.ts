import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** How the reader looks, told by the viewer after each frame that changed it. */
export interface ViewReading {
  /** CSS pixels per level-0 pixel. */
  readonly pixelsPerPixel0: number;
  /** Degrees clockwise, 0 to 360, as seen: a mirrored slide was mirrored first and then turned. */
  readonly rotation: number;
  /** Left and right exchanged. */
  readonly isFlipped: boolean;
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

/** What the stage shows of the slide's plane: its corners, from the top left one clockwise. */
export type Field = readonly [Point0, Point0, Point0, Point0];

/** The place whose value is read. */
export interface Cursor extends Point0 {
  /** `pointer`: under it; `tap`: where the reader tapped; `keys`: the middle of the stage, under which arrow keys move the slide. */
  readonly by: "pointer" | "tap" | "keys";
}

/** What the viewer can be asked to do. */
export interface ViewerHandle {
  /** CSS pixels per level-0 pixel, about the middle of the stage. */
  zoomTo(pixelsPerPixel0: number): void;
  zoomBy(factor: number): void;
  fit(): void;
  /** Degrees clockwise, as seen. */
  rotateBy(degrees: number): void;
  rotateTo(degrees: number): void;
  /** Exchanges left and right, as seen. */
  flip(): void;
  /** Brings a rectangle into view with some air around it. */
  show(rect: Rect0): void;
  /** The middle of the stage, with zoom and turn; null without a slide. */
  place(): Place | null;
  /** Goes there at once. */
  lookAt(place: Place): void;
  /** Gives the keyboard to the stage, and shows what it points at. */
  focus(): void;
}

export interface ViewState {
  readonly reading: Signal<ViewReading | null>;
  /** Null without a slide. */
  readonly field: Signal<Field | null>;
  /** Null when nothing is pointed at, or it is off the slide. */
  readonly cursor: Signal<Cursor | null>;
  /** True while the first tiles of a slide are still on their way. */
  readonly isLoading: Signal<boolean>;
  readonly handle: ReadonlySignal<ViewerHandle | null>;
  attach(handle: ViewerHandle | null): void;
}

export function createView(): ViewState {
  const handle = signal<ViewerHandle | null>(null);
  const reading = signal<ViewReading | null>(null);
  const field = signal<Field | null>(null);
  const cursor = signal<Cursor | null>(null);
  return {
    reading,
    field,
    cursor,
    isLoading: signal(false),
    handle,
    attach(next) {
      handle.value = next;
      if (!next) {
        reading.value = null;
        field.value = null;
        cursor.value = null;
      }
    },
  };
}
