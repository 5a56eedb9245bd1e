import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { isSoundPixelSize } from "./pixel-size.ts";
import type { SlideState } from "./slide.ts";
import type { Point0 } from "./view.ts";

export interface KnownLine {
  readonly from: Point0;
  readonly to: Point0;
}

export type KnownLengthMode =
  | { readonly kind: "off" }
  /** `line`: what was drawn so far, null before the first; another one may be drawn over it. */
  | { readonly kind: "on"; readonly line: KnownLine | null };

export interface KnownLengthState {
  readonly mode: ReadonlySignal<KnownLengthMode>;
  /** Of the line, in level-0 pixels along x: where pixels are not square, one along y counts for what it is longer. */
  readonly lengthPx: ReadonlySignal<number | null>;
  start(): void;
  stop(): void;
  draw(line: KnownLine): void;
  /** Micrometres per pixel that follow from the line's true length; null where none that a microscope has. */
  sizeOf(lengthUm: number): { readonly mppX: number; readonly mppY: number } | null;
}

/** Finds the size of a pixel by a line over something of known length, such as a scale bar. */
export function createKnownLength({ slide }: { readonly slide: SlideState }): KnownLengthState {
  const mode = signal<KnownLengthMode>({ kind: "off" });
  const stop = () => {
    mode.value = { kind: "off" };
  };
  effect(() => {
    slide.subject.value;
    untracked(stop);
  });
  /** Pixels keep the shape that they are known to have. */
  const ratio = () => {
    const size = slide.pixelSize.value;
    return size ? size.mppY / size.mppX : 1;
  };
  const lengthPx = computed(() => {
    const line = mode.value.kind === "on" ? mode.value.line : null;
    if (!line) return null;
    const length = Math.hypot(line.to.x0 - line.from.x0, (line.to.y0 - line.from.y0) * ratio());
    return length > 0 ? length : null;
  });
  return {
    mode,
    lengthPx,
    stop,
    start() {
      if (slide.open.value) mode.value = { kind: "on", line: null };
    },
    draw(line) {
      if (mode.value.kind === "on") mode.value = { kind: "on", line };
    },
    sizeOf(lengthUm) {
      if (lengthPx.value === null) return null;
      const mppX = Number((lengthUm / lengthPx.value).toPrecision(4));
      const mppY = Number((mppX * ratio()).toPrecision(4));
      return isSoundPixelSize(mppX) && isSoundPixelSize(mppY) ? { mppX, mppY } : null;
    },
  };
}
