import type { SlideFigures } from "../../engine/annotations/slides-csv.ts";
import {
  formatBytes,
  formatDuration,
  formatInteger,
  formatPercent,
  formatPixelSize,
  formatWhole,
} from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { LiveRun } from "../state/live-run.ts";
import type { QueuedSlide } from "../state/queue-list.ts";
import type { QueueOutlook } from "../state/queue-outlook.ts";
import { retell, t } from "../words/words.ts";

/** "1.2 GB, 84,200 × 61,000 px, 0.252 µm/px" */
export function queuedFacts({ byteSize, known, pixelSize }: QueuedSlide): string {
  const size = known ? `${formatInteger(known.width0)} × ${formatInteger(known.height0)} px` : null;
  const pixel = pixelSize ? formatPixelSize(pixelSize) : null;
  const assumed = pixelSize?.origin === "assumed" ? t`assumed` : null;
  return [formatBytes(byteSize), size, [pixel, assumed].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}

/** How a slide of the list stands, in few words. */
export function queuedWords(app: App, slide: QueuedSlide): string {
  const { state } = slide;
  const isGone = slide.files.length === 0;
  switch (state.kind) {
    case "unread":
      return isGone ? t`Needs its file again` : t`Being looked at …`;
    case "waiting":
      return isGone ? t`Needs its file again` : t`Waiting`;
    case "no-pixel-size":
      return t`Needs a pixel size`;
    case "running":
      return runningWords(app, slide.id);
    case "skipped":
      return t`Skipped`;
    case "doubtful":
      return t`Doubtful: ${state.reasons.map(retell).join(" ")}`;
    case "failed":
      return t`Failed: ${retell(state.sentence)}`;
    case "done":
      return state.isAtHand ? foundWords(state.figures) : t`${foundWords(state.figures)}; its map was not kept`;
  }
}

function runningWords(app: App, id: number): string {
  const run = app.queue.current.value;
  if (run?.id !== id) return t`Starting …`;
  return liveWords(run.live);
}

function liveWords(live: LiveRun): string {
  const progress = live.progress.value;
  if (live.isCancelling.value) return t`Stopping …`;
  const done = progress && progress.total > 0 ? formatWhole(Math.min(1, progress.done / progress.total)) : null;
  if (live.isPaused.value) return done === null ? t`Paused` : t`Paused at ${done}`;
  if (done === null) return t`Starting …`;
  if (progress === null || progress.secondsLeft === null) return t`${done} …`;
  return t`${done}, about ${formatDuration(progress.secondsLeft)} left …`;
}

/** The finding in a few words: "18.4 %", "haemorrhage (82 %)", "viable 71.0 %, necrosis 20.1 %". */
export function foundWords({ measures, found, classes }: SlideFigures): string {
  if (measures) return formatPercent(measures.necrosisFraction);
  if (found) return `${found.name} (${formatPercent(found.probability)})`;
  return classes
    .filter(({ fraction }) => fraction >= 0.001)
    .toSorted((a, b) => b.fraction - a.fraction)
    .map(({ name, fraction }) => `${name} ${formatPercent(fraction)}`)
    .join(", ");
}

/** "17 done, 1 failed, 22 waiting; about 34 min longer" */
export function outlookWords({ done, failed, skipped, waiting, held, secondsLeft }: QueueOutlook): string {
  const parts = [
    t`${done} done`,
    failed > 0 ? t`${failed} failed` : null,
    skipped > 0 ? t`${skipped} skipped` : null,
    waiting > 0 ? t`${waiting} waiting` : null,
    held > 0 ? t`${held} held up` : null,
  ];
  const counts = parts.filter((part) => part !== null).join(", ");
  return secondsLeft === null || waiting === 0 ? counts : t`${counts}; about ${formatDuration(secondsLeft)} longer`;
}
