import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { isAbortError } from "../../engine/base/errors.ts";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import type { PixelSize } from "../../engine/slide/types.ts";
import { withFeatures } from "../../engine/trust/report.ts";
import { hasOnlyFineLevels } from "../../engine/trust/sample.ts";
import type { TrustReport } from "../../engine/trust/types.ts";
import type { TrustChecker } from "../../workers/trust.api.ts";
import type { PacksState } from "./packs.ts";
import { inputOf, type OpenSlide, type SlideState } from "./slide.ts";

/** How far the look at the open slide is. */
export type SlideCheckState =
  /** No slide at hand, no pixel size or no model yet: there is nothing to compare. */
  | { readonly kind: "none" }
  | { readonly kind: "checking" }
  | { readonly kind: "checked"; readonly report: TrustReport }
  /** It could not be looked at, which hinders nothing. */
  | { readonly kind: "failed" };

export interface SlideCheckDeps {
  /** Null: nothing is checked. */
  readonly trustChecker: TrustChecker | null;
  /** Absolute address of onnxruntime's files, with a closing slash. */
  readonly runtimeBase: string;
  readonly slide: SlideState;
  readonly packs: PacksState;
}

export interface SlideCheck {
  readonly state: ReadonlySignal<SlideCheckState>;
  /** Begins at once where the check still waits for the first view. */
  hurry(): void;
  /**
   * Looks at what the network sees of the slide while a run is under way. Resolves, after the run, to the report with it; to the one
   * without where that fails or takes too long after `ended`; null where there is none.
   */
  accompany(run: AnalysedSlide, ended: Promise<unknown>, signal: AbortSignal): Promise<TrustReport | null>;
}

/** What a run is made of. */
export interface AnalysedSlide {
  readonly slide: OpenSlide;
  readonly loaded: LoadedPack;
  readonly pixelSize: PixelSize;
}

/** The first view of a slide goes before. */
const FIRST_VIEW_MS = 1_200;

/** A run does not wait longer than this for the features. */
const PATIENCE_MS = 5_000;

/** Looks at a slide, in a worker, as soon as it has been shown; anew with another slide, pixel size or model. */
export function createSlideCheck({ trustChecker, runtimeBase, slide, packs }: SlideCheckDeps): SlideCheck {
  const state = signal<SlideCheckState>({ kind: "none" });
  let current = new AbortController();
  let begin: (() => void) | null = null;

  effect(() => {
    slide.subject.value;
    const pixelSize = slide.pixelSize.value;
    const pack = packs.pack.value;
    untracked(() => {
      current.abort();
      current = new AbortController();
      begin = null;
      const open = slide.open.value;
      if (!trustChecker || !open || open.recorded || !pixelSize || pack.kind !== "ready") {
        state.value = { kind: "none" };
        return;
      }
      // No worker, and no second reader on a huge file, for what it could not look at.
      if (hasOnlyFineLevels(open.info)) {
        state.value = { kind: "failed" };
        return;
      }
      state.value = { kind: "checking" };
      schedule({ slide: open, loaded: pack.loaded, pixelSize }, current.signal);
    });
  });

  function schedule(what: AnalysedSlide, signal: AbortSignal): void {
    const timer = setTimeout(() => begin?.(), FIRST_VIEW_MS);
    begin = () => {
      begin = null;
      clearTimeout(timer);
      void check(what, signal);
    };
    signal.addEventListener("abort", () => clearTimeout(timer));
  }

  async function check({ slide: open, loaded, pixelSize }: AnalysedSlide, signal: AbortSignal): Promise<void> {
    if (!trustChecker) return;
    const { id, sampling, reference } = loaded.pack;
    const input = inputOf(open, analysedView(loaded.pack, open.view));
    try {
      const report = await trustChecker.check({ slide: input, pack: { id, sampling, reference }, pixelSize }, signal);
      if (!signal.aborted) state.value = { kind: "checked", report };
    } catch (error) {
      if (!signal.aborted && !isAbortError(error)) state.value = { kind: "failed" };
    }
  }

  async function accompany(
    { slide: open, loaded, pixelSize }: AnalysedSlide,
    ended: Promise<unknown>,
    signal: AbortSignal,
  ): Promise<TrustReport | null> {
    if (!trustChecker) return null;
    begin?.();
    const stop = new AbortController();
    const forward = () => stop.abort();
    signal.addEventListener("abort", forward);
    const input = inputOf(open, analysedView(loaded.pack, open.view));
    const finding = trustChecker
      .features({ slide: input, pack: loaded, pixelSize, runtimeBase }, stop.signal)
      // Whatever goes wrong with a second look, the run and its result stand.
      .catch(() => null);
    const late = ended.then(
      () => new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS)),
      () => null,
    );
    const found = await Promise.race([finding, late]);
    forward();
    signal.removeEventListener("abort", forward);
    const before = state.value;
    return before.kind === "checked" ? withFeatures(before.report, found, loaded.pack) : null;
  }

  return { state, hurry: () => begin?.(), accompany };
}
