import type OpenSeadragon from "openseadragon";
import type { Point0 } from "../state/view.ts";

type OnLine = (from: Point0, to: Point0) => void;

/** Lines drawn over the slide with mouse, pen or finger, in place of moving it; two fingers still zoom. */
export class LineTool {
  #onLine: OnLine | null = null;
  /** Where the line that is being drawn began. */
  #from: Point0 | null = null;

  /** `pointAt`: the place on the slide under a pointer. */
  constructor(viewer: OpenSeadragon.Viewer, pointAt: (event: PointerEvent) => Point0 | null) {
    viewer.addHandler("canvas-press", ({ originalEvent }) => {
      this.#from = this.#onLine ? pointAt(originalEvent as PointerEvent) : null;
    });
    viewer.addHandler("canvas-drag", (event) => {
      if (!this.#onLine) return;
      event.preventDefaultAction = true;
      const to = pointAt(event.originalEvent as PointerEvent);
      if (this.#from && to) this.#onLine(this.#from, to);
    });
    viewer.addHandler("canvas-drag-end", (event) => {
      if (this.#onLine) event.preventDefaultAction = true;
    });
    for (const other of ["canvas-release", "canvas-pinch"] as const) {
      viewer.addHandler(other, () => {
        this.#from = null;
      });
    }
  }

  /** Called with each step of a line; null: the slide moves again. */
  use(onLine: OnLine | null): void {
    if (!onLine || !this.#onLine) this.#from = null;
    this.#onLine = onLine;
  }
}
