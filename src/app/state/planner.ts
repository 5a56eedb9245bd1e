import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { type SlidePlan, tasksWithin } from "../../engine/analysis/slide-plan.ts";
import { secondsOf } from "../../engine/analysis/speed.ts";
import type { RunExtent } from "../../engine/analysis/types.ts";
import { isAppError } from "../../engine/base/errors.ts";
import { hasCoarsePass } from "../../engine/patches/lattice.ts";
import type { AnalysisClient, PlanRequest } from "../../workers/analysis.api.ts";
import type { AnalysisCommands, AnalysisDeps } from "./analysis.ts";
import type { RegionState } from "./region.ts";
import { inputOf } from "./slide.ts";
import { type KeptSpeed, type SpeedStore, speedOf, withSpeed } from "./speeds.ts";
import type { ViewState } from "./view.ts";

/** One thing that Analyze can do. */
export interface Choice {
  readonly extent: RunExtent;
  /** From the press of Analyze, on an idle computer; null until it was measured. */
  readonly seconds: number | null;
}

export interface PlannerDeps extends Omit<AnalysisDeps, "keeper" | "messages" | "check"> {
  readonly analysis: AnalysisCommands;
  readonly region: RegionState;
  readonly view: Pick<ViewState, "isLoading" | "reading">;
  readonly speeds: SpeedStore;
  readonly now: () => number;
}

export interface PlannerState {
  /** What can be chosen here: the whole first. One alone where there is nothing to choose. */
  readonly choices: ReadonlySignal<readonly Choice[]>;
  /** Until the region is done, where it is computed first; null as for a choice, and without a region. */
  readonly regionSeconds: ReadonlySignal<number | null>;
  readonly plan: ReadonlySignal<SlidePlan | null>;
  /** The measurement that the times rest on. */
  readonly speed: ReadonlySignal<KeptSpeed | null>;
  readonly work: ReadonlySignal<"planning" | "measuring" | null>;
  /** Why the last measurement found nothing, as a sentence in English; null when it did. */
  readonly failure: ReadonlySignal<string | null>;
  readonly canMeasure: ReadonlySignal<boolean>;
  load(): Promise<void>;
  measure(): Promise<void>;
  stop(): void;
}

/** A slide that was measured once is planned by itself when the page has rested for so long, milliseconds. */
const REST_MS = 1500;

/**
 * Says beforehand what a run would take. It measures only when it is asked to, since that takes all of the computer for some seconds; what it found
 * holds for later slides and visits, which cost a look at a low level alone. A run ends whatever is under way here.
 */
export function createPlanner(deps: PlannerDeps): PlannerState {
  const { slide, packs, analysis, region, view } = deps;
  const plan = signal<SlidePlan | null>(null);
  const speeds = signal<readonly KeptSpeed[]>([]);
  const work = signal<"planning" | "measuring" | null>(null);
  const failure = signal<string | null>(null);
  let client: AnalysisClient | null = null;
  let controller: AbortController | null = null;

  const loaded = computed(() => (packs.pack.value.kind === "ready" ? packs.pack.value.loaded : null));
  const isRunning = computed(() => analysis.state.value.kind === "running");
  const speed = computed(() => {
    const backend = analysis.backend.value;
    const pack = loaded.value;
    if (!pack || !backend) return null;
    return speedOf(speeds.value, { packSha256: pack.packSha256, threads: deps.hardwareThreads, backend });
  });
  const canMeasure = computed(() => analysis.blocker.value === null && work.value === null);

  effect(() => {
    slide.subject.value;
    slide.pixelSize.value;
    packs.selectedId.value;
    untracked(() => {
      stop();
      batch(() => {
        plan.value = null;
        failure.value = null;
      });
    });
  });

  effect(() => {
    if (isRunning.value) untracked(stop);
  });

  // The view's reading is heard so that a movement puts it off.
  effect(() => {
    view.reading.value;
    const isDue = speed.value && !plan.value && failure.value === null && canMeasure.value && !view.isLoading.value;
    if (!isDue || analysis.state.value.kind !== "idle") return;
    const timer = setTimeout(() => void look(false), REST_MS);
    return () => clearTimeout(timer);
  });

  function stop(): void {
    controller?.abort();
    controller = null;
    // Ending the worker is quicker than asking it, and frees what it holds.
    client?.close();
    client = null;
    work.value = null;
  }

  async function look(isMeasured: boolean): Promise<void> {
    const request = untracked(() => requestOf(isMeasured));
    if (!request || !canMeasure.value) return;
    const own = new AbortController();
    controller = own;
    const expected = analysis.backend.value?.name ?? "WASM";
    batch(() => {
      failure.value = null;
      work.value = isMeasured ? "measuring" : "planning";
    });
    client = deps.startClient();
    try {
      const found = await client.planSlide(request, { signal: own.signal });
      if (controller !== own) return;
      batch(() => {
        plan.value = found.plan;
        if (found.speed) {
          const { backend, ...pace } = found.speed;
          speeds.value = withSpeed(speeds.value, {
            ...pace,
            ...{ packSha256: request.pack.packSha256, backend: backend.name, expected, device: backend.device },
            ...{ threads: deps.hardwareThreads, measuredAt: deps.now() },
          });
        }
      });
      if (found.speed) void deps.speeds.save(speeds.value);
    } catch (error) {
      if (controller === own) failure.value = isAppError(error) ? error.message : String(error);
    } finally {
      if (controller === own) stop();
    }
  }

  function requestOf(isMeasured: boolean): PlanRequest | null {
    const open = slide.open.value;
    const pixelSize = slide.pixelSize.value;
    const pack = loaded.value;
    if (!open || !pixelSize || !pack) return null;
    return {
      slide: inputOf(open, analysedView(pack.pack, open.view)),
      pack,
      pixelSize: pixelSize.origin === "assumed" ? pixelSize : null,
      backend: "auto",
      runtimeBase: deps.runtimeBase,
      maxWorkers: Math.max(1, Math.floor(deps.hardwareThreads / 2)),
      isMeasured,
    };
  }

  const secondsFor = (tasks: number): number | null =>
    plan.value && speed.value ? secondsOf(tasks, plan.value, speed.value) : null;
  const regionSeconds = computed(() => {
    const rect = region.rect.value;
    return rect && plan.value ? secondsFor(tasksWithin(plan.value, rect, plan.value.tasks)) : null;
  });

  const choices = computed<readonly Choice[]>(() => {
    const found = plan.value;
    const isMap = loaded.value?.pack.task === "segmentation";
    const whole: Choice = { extent: "whole", seconds: secondsFor(found?.tasks ?? 0) };
    const hasCoarse =
      isMap && loaded.value !== null && (found ? found.coarseTasks > 0 : hasCoarsePass(loaded.value.pack));
    return [
      whole,
      ...(hasCoarse ? [{ extent: "coarse", seconds: secondsFor(found?.coarseTasks ?? 0) } as const] : []),
      ...(isMap && region.rect.value ? [{ extent: "region", seconds: regionSeconds.value } as const] : []),
    ];
  });

  return {
    choices,
    regionSeconds,
    plan,
    speed,
    work,
    failure,
    canMeasure,
    async load() {
      speeds.value = await deps.speeds.load();
    },
    measure: () => look(true),
    stop,
  };
}
