import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { MeasuredShape } from "../../engine/annotations/measurement.ts";
import type { KnownLengthState } from "./known-length.ts";
import type { SlideState } from "./slide.ts";
import type { Point0 } from "./view.ts";

export type MeasureKind = MeasuredShape["kind"];

export interface Measurement extends MeasuredShape {
  /** Never given twice while the page is open. */
  readonly id: number;
}

/** What is measured on the open slide. Another plane or channel of it keeps that, another slide starts anew. */
export interface MeasureState {
  /** What the next points belong to; null while nothing is being measured. */
  readonly tool: ReadonlySignal<MeasureKind | null>;
  /** Points of the shape that is being set. */
  readonly draft: ReadonlySignal<readonly Point0[]>;
  /** Finished ones, in the order in which they were made. */
  readonly shapes: ReadonlySignal<readonly Measurement[]>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  /** Begins measuring, or changes over to the other kind; what is unfinished is kept where it can be. Nothing without a slide. */
  start(kind: MeasureKind): void;
  /** Ends measuring; what is unfinished is kept where it can be. */
  stop(): void;
  /**
   * Sets a point. One that lies within `reach0` level-0 pixels of the last one ends the shape, and of a field also one on the first.
   */
  setPoint(point: Point0, reach0: number): void;
  /** Adds a place of a stroke, which ends nothing and is undone as a whole. */
  addStroke(point: Point0, isFirst: boolean): void;
  /** Ends the shape: a line of two points or more, a field of three or more; less than that stays as it is. */
  finish(): void;
  remove(id: number): void;
  removeAll(): void;
  undo(): void;
  redo(): void;
}

interface Drawn {
  readonly shapes: readonly Measurement[];
  readonly draft: readonly Point0[];
}

const NOTHING: Drawn = { shapes: [], draft: [] };
const FEWEST_POINTS: Readonly<Record<MeasureKind, number>> = { length: 2, area: 3 };

export interface MeasureDeps {
  readonly slide: SlideState;
  readonly knownLength: KnownLengthState;
}

export function createMeasure({ slide, knownLength }: MeasureDeps): MeasureState {
  const tool = signal<MeasureKind | null>(null);
  const drawn = signal<Drawn>(NOTHING);
  const past = signal<readonly Drawn[]>([]);
  const future = signal<readonly Drawn[]>([]);
  let ids = 0;

  const filesId = computed(() => slide.open.value?.filesId ?? null);
  effect(() => {
    filesId.value;
    tool.value = null;
    drawn.value = NOTHING;
    past.value = [];
    future.value = [];
  });
  // One line at a time: the pointer cannot draw two.
  effect(() => {
    if (knownLength.mode.value.kind === "on") untracked(stop);
  });

  function change(next: Drawn): void {
    past.value = [...past.value, drawn.value];
    future.value = [];
    drawn.value = next;
  }

  /** One step from one pile to the other. */
  function step(from: typeof past, to: typeof past): void {
    const next = from.value.at(-1);
    if (!next) return;
    from.value = from.value.slice(0, -1);
    to.value = [...to.value, drawn.value];
    drawn.value = next;
  }

  function finish(): void {
    const kind = tool.value;
    const { shapes, draft } = drawn.value;
    if (!kind || draft.length < FEWEST_POINTS[kind]) return;
    change({ shapes: [...shapes, { id: ++ids, kind, points: draft }], draft: [] });
  }

  function finishOrDrop(): void {
    finish();
    if (drawn.value.draft.length > 0) change({ ...drawn.value, draft: [] });
  }

  function stop(): void {
    finishOrDrop();
    tool.value = null;
  }

  function add(point: Point0): void {
    change({ ...drawn.value, draft: [...drawn.value.draft, point] });
  }

  return {
    tool,
    draft: computed(() => drawn.value.draft),
    shapes: computed(() => drawn.value.shapes),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    stop,
    finish,
    start(kind) {
      if (!slide.open.value || tool.value === kind) return;
      finishOrDrop();
      knownLength.stop();
      tool.value = kind;
    },
    setPoint({ x0, y0 }, reach0) {
      const kind = tool.value;
      if (!kind) return;
      const { draft } = drawn.value;
      const isOn = (other: Point0 | undefined) => other && Math.hypot(other.x0 - x0, other.y0 - y0) <= reach0;
      const closes = kind === "area" && draft.length >= FEWEST_POINTS.area && isOn(draft[0]);
      if (closes || isOn(draft.at(-1))) finish();
      else add({ x0, y0 });
    },
    addStroke({ x0, y0 }, isFirst) {
      if (!tool.value) return;
      if (isFirst) add({ x0, y0 });
      else drawn.value = { ...drawn.value, draft: [...drawn.value.draft, { x0, y0 }] };
    },
    remove(id) {
      change({ ...drawn.value, shapes: drawn.value.shapes.filter((shape) => shape.id !== id) });
    },
    removeAll: () => change(NOTHING),
    undo: () => step(past, future),
    redo: () => step(future, past),
  };
}
