import { effect, untracked } from "@preact/signals";
import { resultModelOf } from "../../engine/resultfile/model.ts";
import type { AnalysisCommands } from "./analysis.ts";
import type { NecrosisState } from "./necrosis.ts";
import type { PacksState } from "./packs.ts";
import type { QueueList } from "./queue-list.ts";
import { type QueueReading, queuedKey } from "./queue-reading.ts";
import type { QueueWork } from "./queue-work.ts";
import type { SlideState } from "./slide.ts";
import { figuresOf } from "./slide-figures.ts";
import { stageKey } from "./stage-key.ts";

export interface QueueStageDeps {
  readonly list: QueueList;
  readonly reading: QueueReading;
  readonly work: QueueWork;
  readonly slide: SlideState;
  readonly packs: PacksState;
  readonly analysis: AnalysisCommands;
  readonly necrosis: NecrosisState;
}

/** The numbers of the list follow the slider once it rests. */
const REST_MS = 400;

/** Keeps the slide on the stage and its line of the list in step, while both go their own ways. */
export function linkQueueToStage({ list, reading, work, slide, packs, analysis, necrosis }: QueueStageDeps): void {
  const shown = () => list.bySha256(slide.fingerprint.value?.sha256);

  // A file that is given again, and a pixel size that a person gives, count for the list as well.
  effect(() => {
    slide.fingerprint.value;
    const size = slide.pixelSize.value;
    const files = slide.open.value?.files ?? [];
    untracked(() => {
      const queued = shown();
      if (!queued?.known) return;
      if (queued.files.length === 0 && files.length > 0) list.change(queued.id, { files });
      if (queued.pixelSize?.mppX === size?.mppX && queued.pixelSize?.mppY === size?.mppY) return;
      list.change(queued.id, { pixelSize: size });
      void reading.settle(queued.id);
    });
  });

  // The slide that is just being analyzed shows its map growing.
  effect(() => {
    const run = work.current.value;
    const key = stageKey(slide, packs);
    const isFree = analysis.state.value.kind === "idle";
    untracked(() => {
      const queued = run && list.find(run.id);
      if (queued && isFree && queuedKey(queued, run.loaded) === key) void analysis.follow(run.live);
    });
  });

  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const state = analysis.state.value;
    const threshold = necrosis.threshold.value;
    const key = stageKey(slide, packs);
    clearTimeout(timer);
    if (key === null || (state.kind !== "done" && state.kind !== "classified")) return;
    timer = setTimeout(() => void takeNumbers(key, threshold), REST_MS);
  });

  /** What the reader sees on the stage is what the list says of it. */
  async function takeNumbers(key: string, threshold: number): Promise<void> {
    const pack = packs.pack.value;
    const queued = shown();
    const state = analysis.state.value;
    if (pack.kind !== "ready" || (state.kind !== "done" && state.kind !== "classified")) return;
    // Of a part of the slide by choice: these are not the numbers of the slide.
    if (state.kind === "done" && state.result.part !== undefined) return;
    if (!queued || queued.state.kind === "running" || queuedKey(queued, pack.loaded) !== key) return;
    const before = queued.state.kind === "done" ? queued.state.figures : null;
    const isSame = before?.startedAt === state.result.startedAt;
    if (isSame && (before.measures === null || before.measures.threshold === threshold)) return;
    const figures = await figuresOf(state.result, {
      model: analysis.model.value ?? resultModelOf(pack.loaded),
      threshold,
      appVersion: analysis.appVersion.value,
    });
    if (list.find(queued.id)?.state === queued.state) {
      list.change(queued.id, { state: { kind: "done", figures, isAtHand: true } });
    }
  }
}
