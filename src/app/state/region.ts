import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { KnownLengthState } from "./known-length.ts";
import type { MeasureState } from "./measure.ts";
import { dragged, type Grip, gripAt } from "./region-drag.ts";
import type { SlideState } from "./slide.ts";
import type { Field, Point0, Rect0 } from "./view.ts";

export interface RegionState {
  /** What matters first, level-0 pixels; null: the slide as a whole. */
  readonly rect: ReadonlySignal<Rect0 | null>;
  /** While a drag over the slide draws, moves or resizes it. */
  readonly isEditing: ReadonlySignal<boolean>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  setEditing(isEditing: boolean): void;
  /**
   * A step of a drag from one place to another: at an edge or a corner it resizes the region, within it moves it, elsewhere it draws a new
   * one. `reach0`: how far from an edge is still on it.
   */
  drag(from: Point0, to: Point0, reach0: number): void;
  /** The drag is over; a region that was drawn anew is done with, one that was changed may be changed on. */
  endDrag(): void;
  /** What the stage shows, as far as the slide goes. */
  useField(field: Field): void;
  remove(): void;
  undo(): void;
  redo(): void;
}

/** Smaller than this is a slip of the hand, level-0 pixels. */
const LEAST = 8;

interface Drag {
  readonly from: Point0;
  readonly grip: Grip;
  readonly before: Rect0 | null;
}

export interface RegionDeps {
  readonly slide: SlideState;
  /** Whoever begins to measure is done with the region. */
  readonly measure: Pick<MeasureState, "tool">;
  readonly knownLength: Pick<KnownLengthState, "mode">;
}

/** The region of interest of the open slide, gone with it. */
export function createRegion({ slide, measure, knownLength }: RegionDeps): RegionState {
  const rect = signal<Rect0 | null>(null);
  const isEditing = signal(false);
  const past = signal<readonly (Rect0 | null)[]>([]);
  const future = signal<readonly (Rect0 | null)[]>([]);
  let drag: Drag | null = null;

  effect(() => {
    slide.subject.value;
    untracked(() =>
      batch(() => {
        drag = null;
        rect.value = null;
        isEditing.value = false;
        past.value = [];
        future.value = [];
      }),
    );
  });

  effect(() => {
    if (measure.tool.value === null && knownLength.mode.value.kind === "off") return;
    isEditing.value = false;
  });

  /** `before` can be come back to. */
  function put(next: Rect0 | null, before: Rect0 | null): void {
    batch(() => {
      rect.value = next;
      past.value = [...past.value, before];
      future.value = [];
    });
  }

  return {
    rect,
    isEditing,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    setEditing(next) {
      isEditing.value = next && slide.open.value !== null;
    },
    drag(from, to, reach0) {
      const info = slide.open.value?.info;
      if (!isEditing.value || !info) return;
      if (drag?.from !== from) drag = { from, grip: gripAt(rect.value, from, reach0), before: rect.value };
      rect.value = dragged(drag.before, drag.grip, from, to, info);
    },
    endDrag() {
      if (!drag) return;
      const { before, grip } = drag;
      drag = null;
      const next = rect.value;
      if (!next || next.width0 < LEAST || next.height0 < LEAST) {
        rect.value = before;
        return;
      }
      put(next, before);
      if (grip.kind === "new") isEditing.value = false;
    },
    useField(field) {
      const info = slide.open.value?.info;
      if (!info) return;
      const next = boundsOf(field, info);
      if (next) put(next, rect.value);
    },
    remove() {
      if (rect.value) put(null, rect.value);
    },
    undo() {
      const before = past.value.at(-1);
      if (before === undefined) return;
      batch(() => {
        future.value = [...future.value, rect.value];
        past.value = past.value.slice(0, -1);
        rect.value = before;
      });
    },
    redo() {
      const next = future.value.at(-1);
      if (next === undefined) return;
      batch(() => {
        past.value = [...past.value, rect.value];
        future.value = future.value.slice(0, -1);
        rect.value = next;
      });
    },
  };
}

/** The smallest upright rectangle around what is shown, cut to the slide; null where it shows none of it. */
function boundsOf(
  field: Field,
  { width0, height0 }: { readonly width0: number; readonly height0: number },
): Rect0 | null {
  const within = (value: number, most: number): number => Math.round(Math.min(most, Math.max(0, value)));
  const xs = field.map((corner) => within(corner.x0, width0));
  const ys = field.map((corner) => within(corner.y0, height0));
  const x0 = Math.min(...xs);
  const y0 = Math.min(...ys);
  const bounds = { x0, y0, width0: Math.max(...xs) - x0, height0: Math.max(...ys) - y0 };
  return bounds.width0 >= LEAST && bounds.height0 >= LEAST ? bounds : null;
}
