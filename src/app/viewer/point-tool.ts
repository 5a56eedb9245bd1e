import type OpenSeadragon from "openseadragon";
import type { Point0 } from "../state/view.ts";

export interface PointHandlers {
  /** A click or a tap. `reachPx`: how far beside a point, in CSS pixels, is still on it with this pointer. */
  readonly onPoint: (point: Point0, reachPx: number) => void;
  /** The next place under a pen that is drawn over the slide. */
  readonly onStroke: (point: Point0, isFirst: boolean) => void;
}

const REACH_PX = { mouse: 8, pen: 10, touch: 20 } as const;
/** CSS pixels that a pen moves before its next place counts. */
const STROKE_STEP = 4;

/** Points set on the slide with mouse, pen or finger. Mouse and fingers still move it; a pen draws. */
export class PointTool {
  #handlers: PointHandlers | null = null;
  /** Where the stroke of the pen was taken last, CSS pixels of the page; null while there is none. */
  #last: { readonly x: number; readonly y: number } | null = null;

  /** `pointAt`: the place on the slide under a pointer. */
  constructor(viewer: OpenSeadragon.Viewer, pointAt: (event: PointerEvent) => Point0 | null) {
    viewer.addHandler("canvas-click", (event) => {
      const original = event.originalEvent as PointerEvent;
      const point = this.#handlers && event.quick ? pointAt(original) : null;
      if (point) this.#handlers?.onPoint(point, reachOf(original));
    });
    viewer.addHandler("canvas-double-click", (event) => {
      if (this.#handlers) event.preventDefaultAction = true;
    });
    viewer.addHandler("canvas-drag", (event) => {
      const original = event.originalEvent as PointerEvent;
      if (!this.#handlers || original.pointerType !== "pen") return;
      event.preventDefaultAction = true;
      const at = { x: original.clientX, y: original.clientY };
      if (this.#last && Math.hypot(at.x - this.#last.x, at.y - this.#last.y) < STROKE_STEP) return;
      const point = pointAt(original);
      if (point) this.#handlers.onStroke(point, this.#last === null);
      this.#last = at;
    });
    viewer.addHandler("canvas-drag-end", (event) => {
      if (this.#handlers && (event.originalEvent as PointerEvent).pointerType === "pen")
        event.preventDefaultAction = true;
      this.#last = null;
    });
  }

  /** Null: points are taken no more. */
  use(handlers: PointHandlers | null): void {
    this.#handlers = handlers;
    this.#last = null;
  }
}

function reachOf({ pointerType }: PointerEvent): number {
  return pointerType === "touch" || pointerType === "pen" ? REACH_PX[pointerType] : REACH_PX.mouse;
}
