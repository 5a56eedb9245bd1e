import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { PixelSize } from "../../engine/slide/types.ts";
import type { TrustCheckId, TrustReport } from "../../engine/trust/types.ts";
import type { AnalysisCommands, AnalyzeOptions } from "./analysis.ts";
import type { SlideState } from "./slide.ts";
import type { SlideCheck, SlideCheckState } from "./slide-check.ts";
import { until } from "./until.ts";

export interface TrustDeps {
  readonly check: SlideCheck;
  readonly analysis: AnalysisCommands;
  readonly slide: Pick<SlideState, "subject" | "pixelSize">;
}

export interface TrustState {
  /** How far the look at the open slide is. */
  readonly state: ReadonlySignal<SlideCheckState>;
  /** Of the result on the screen where it has one, else of the open slide; null without either. */
  readonly report: ReadonlySignal<TrustReport | null>;
  /** True while Analyze waits for the look at the slide to end. */
  readonly isHolding: ReadonlySignal<boolean>;
  /** True once Analyze was pressed on a red slide, until the reader decides. */
  readonly isAsking: ReadonlySignal<boolean>;
  /**
   * What Analyze does: waits a moment for the look at the slide where that is not done, then runs, unless the light is red, which a reader must see first.
   */
  analyze(options?: AnalyzeOptions): Promise<void>;
  /** Runs although the light is red. */
  analyzeAllTheSame(): Promise<void>;
  /** Leaves it. */
  dismiss(): void;
}

/**
 * Whether there is a red light that the reader has not been told of. Where there is no tissue a run has nothing to mislead with, and says so
 * itself; a pixel size that the reader typed has its remark beside the model as soon as it does not suit it, and pixels that are too coarse are
 * blurred ones.
 */
function hasUnseenDoubt({ checks }: TrustReport, pixelSize: PixelSize | null): boolean {
  const red = checks.filter(({ light }) => light === "red").map(({ id }) => id);
  const isTypedTooCoarse = pixelSize?.origin === "assumed" && red.includes("pixel-size");
  const told: readonly TrustCheckId[] = isTypedTooCoarse ? ["tissue", "pixel-size", "focus"] : ["tissue"];
  return red.some((id) => !told.includes(id));
}

/** Nobody waits longer for a look before a run. */
const HOLD_MS = 6_000;

/** A red light is seen before a slide is analyzed, and stays with the result. */
export function createTrust({ check, analysis, slide }: TrustDeps): TrustState {
  const isHolding = signal(false);
  const isAsking = signal(false);

  const report = computed<TrustReport | null>(() => {
    const state = analysis.state.value;
    const own = state.kind === "done" || state.kind === "classified" ? state.result.trust : null;
    if (own) return own;
    return check.state.value.kind === "checked" ? check.state.value.report : null;
  });

  effect(() => {
    check.state.value;
    slide.subject.value;
    untracked(() => {
      isAsking.value = false;
    });
  });

  /** What was asked for when the question came up. */
  let wanted: AnalyzeOptions = {};

  async function analyze(options: AnalyzeOptions = {}): Promise<void> {
    if (isHolding.value || analysis.blocker.value !== null) return;
    const subject = slide.subject.value;
    if (check.state.value.kind === "checking") await hold();
    if (slide.subject.value !== subject) return;
    const state = check.state.value;
    if (state.kind === "checked" && hasUnseenDoubt(state.report, slide.pixelSize.value)) {
      wanted = options;
      isAsking.value = true;
    } else await analysis.analyze(options);
  }

  async function hold(): Promise<void> {
    const subject = slide.subject.value;
    isHolding.value = true;
    check.hurry();
    const limit = new Promise((resolve) => setTimeout(resolve, HOLD_MS));
    await Promise.race([until(() => check.state.value.kind !== "checking" || slide.subject.value !== subject), limit]);
    isHolding.value = false;
  }

  return {
    state: check.state,
    report,
    isHolding,
    isAsking,
    analyze,
    async analyzeAllTheSame() {
      isAsking.value = false;
      await analysis.analyze({ ...wanted, isOverruled: true });
    },
    dismiss() {
      isAsking.value = false;
    },
  };
}
