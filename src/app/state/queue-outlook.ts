import type { PixelSize } from "../../engine/slide/types.ts";
import type { QueuedSlide } from "./queue-list.ts";
import type { QueueRun } from "./queue-work.ts";

/** How the whole list stands. */
export interface QueueOutlook {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  /** Whose turn comes, the one that runs included. */
  readonly waiting: number;
  /** That wait for the reader: for a pixel size, a word on a doubt, or their files. */
  readonly held: number;
  /** For all that wait; null while there is no basis for an estimate. */
  readonly secondsLeft: number | null;
}

/** The time that others took for their area says how long those take that wait: a run costs about the same for each mm² of glass. */
export function outlookOf(slides: readonly QueuedSlide[], current: QueueRun | null): QueueOutlook {
  const count = (isCounted: (slide: QueuedSlide) => boolean) => slides.filter(isCounted).length;
  const isHeld = ({ state, files }: QueuedSlide) =>
    state.kind === "no-pixel-size" ||
    state.kind === "doubtful" ||
    ((state.kind === "waiting" || state.kind === "unread") && files.length === 0);
  const isWaiting = (slide: QueuedSlide) =>
    ["unread", "waiting", "running"].includes(slide.state.kind) && !isHeld(slide);
  return {
    done: count(({ state }) => state.kind === "done"),
    failed: count(({ state }) => state.kind === "failed"),
    skipped: count(({ state }) => state.kind === "skipped"),
    waiting: count(isWaiting),
    held: count(isHeld),
    secondsLeft: secondsLeft(slides.filter(isWaiting), slides, current),
  };
}

function secondsLeft(
  waiting: readonly QueuedSlide[],
  slides: readonly QueuedSlide[],
  current: QueueRun | null,
): number | null {
  const progress = current?.live.progress.value ?? null;
  const ownLeft = progress?.secondsLeft ?? null;
  const others = waiting.filter(({ id }) => id !== current?.id);
  if (others.length === 0) return ownLeft;
  const rate = secondsPerMm2(slides) ?? currentRate(slides, current);
  if (rate === null) return null;
  const running = slides.find(({ id }) => id === current?.id);
  const left = ownLeft ?? (running ? areaMm2(running) * rate : 0);
  return others.reduce((sum, slide) => sum + areaMm2(slide) * rate, left);
}

function secondsPerMm2(slides: readonly QueuedSlide[]): number | null {
  let seconds = 0;
  let area = 0;
  for (const slide of slides) {
    if (slide.state.kind !== "done") continue;
    seconds += slide.state.figures.seconds;
    area += areaMm2(slide);
  }
  return area > 0 ? seconds / area : null;
}

/** By how far the first one is. */
function currentRate(slides: readonly QueuedSlide[], current: QueueRun | null): number | null {
  const slide = slides.find(({ id }) => id === current?.id);
  const progress = current?.live.progress.value;
  if (!slide || !progress || progress.secondsLeft === null || progress.done >= progress.total) return null;
  const area = areaMm2(slide);
  return area > 0 ? progress.secondsLeft / (1 - progress.done / progress.total) / area : null;
}

/** Of the whole picture, glass included. */
function areaMm2({ known, pixelSize }: { readonly known: QueuedSlide["known"]; readonly pixelSize: PixelSize | null }) {
  return known && pixelSize ? (known.width0 * known.height0 * pixelSize.mppX * pixelSize.mppY) / 1e6 : 0;
}
