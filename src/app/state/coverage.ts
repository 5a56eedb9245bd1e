import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { magnificationOf } from "../report/scale.ts";
import type { AnalysisCommands } from "./analysis.ts";
import { cellsIn, nothingSeen, type SeenCells, seenShare, seenTissue } from "./seen-cells.ts";
import type { SlideState } from "./slide.ts";
import type { Field, Rect0, ViewState } from "./view.ts";

/** A field counts from this objective power on. */
export const READING_MAGNIFICATION = 10;
/** Where the pixel size is unknown: CSS pixels per level-0 pixel, as a slide scanned at 20x shows at 10x. */
export const READING_SCALE = 0.5;
/** 9.95x is written as 10x, and counts as that. */
const ROUNDING = 0.995;
/** A field counts when it is seen in three looks in a row, so after half a second. */
const LOOK_MS = 250;
const LOOKS = 3;

/** How much of the slide was looked at closely. */
export interface SeenPart {
  /** 0 to 1. */
  readonly fraction: number;
  /** `tissue` as a run found it; without one all of the slide. */
  readonly of: "tissue" | "slide";
}

/** What was looked at, at 10x or more, since the slide was opened. */
export interface CoverageState {
  /** A new object with each cell that comes in; null without a slide. */
  readonly cells: ReadonlySignal<SeenCells | null>;
  readonly part: ReadonlySignal<SeenPart | null>;
  /** How much of a rectangle of the slide was looked at, 0 to 1. Follows what is looked at. */
  seen(rect: Rect0): number;
  forget(): void;
}

export interface CoverageDeps {
  readonly slide: SlideState;
  readonly analysis: Pick<AnalysisCommands, "grid">;
  readonly view: Pick<ViewState, "reading" | "field">;
  readonly isHidden: ReadonlySignal<boolean>;
}

export function createCoverage({ slide, analysis, view, isHidden }: CoverageDeps): CoverageState {
  const cells = signal<SeenCells | null>(null);
  /** Looks in a row in which a cell was seen; what the last look did not see is not in it. */
  let looks = new Map<number, number>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const filesId = computed(() => slide.open.value?.filesId ?? null);
  effect(() => {
    filesId.value;
    untracked(forget);
  });

  /** The field, when it is magnified enough to be read. */
  const read = computed<Field | null>(() => {
    const reading = view.reading.value;
    if (!reading || isHidden.value || filesId.value === null) return null;
    const { pixelsPerPixel0, rotation } = reading;
    const pixelSize = slide.pixelSize.value;
    const isClose = pixelSize
      ? magnificationOf(pixelsPerPixel0, pixelSize, rotation) >= READING_MAGNIFICATION * ROUNDING
      : pixelsPerPixel0 >= READING_SCALE * ROUNDING;
    return isClose ? view.field.value : null;
  });
  effect(() => {
    if (read.value) untracked(look);
    else looks.clear();
  });

  /** Looks now, unless the next look is due anyway, and then for as long as there is something that may yet count. */
  function look(): void {
    if (timer !== null) return;
    const known = cells.value;
    if (!known || !read.value) return;
    const before = looks;
    looks = new Map(cellsIn(known, read.value).map((cell) => [cell, (before.get(cell) ?? 0) + 1]));
    const fresh = [...looks].filter(([cell, count]) => count >= LOOKS && known.data[cell] === 0);
    if (fresh.length > 0) {
      const data = known.data.slice();
      for (const [cell] of fresh) data[cell] = 1;
      cells.value = { ...known, data };
    }
    if (![...looks].some(([cell, count]) => count < LOOKS && known.data[cell] === 0)) return;
    timer = setTimeout(() => {
      timer = null;
      look();
    }, LOOK_MS);
  }

  function forget(): void {
    const info = slide.open.value?.info;
    looks.clear();
    cells.value = info ? nothingSeen(info.width0, info.height0) : null;
  }

  const tissue = computed(() => {
    const grid = analysis.grid.value;
    return cells.value && grid ? seenTissue(cells.value, grid) : null;
  });
  const part = computed<SeenPart | null>(() => {
    if (!cells.value) return null;
    if (tissue.value !== null) return { fraction: tissue.value, of: "tissue" };
    const { data } = cells.value;
    return { fraction: data.reduce((sum, cell) => sum + cell, 0) / data.length, of: "slide" };
  });

  return {
    cells,
    part,
    seen: (rect) => (cells.value ? seenShare(cells.value, rect) : 0),
    forget() {
      forget();
      look();
    },
  };
}
