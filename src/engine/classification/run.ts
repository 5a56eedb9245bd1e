import { colourNotes } from "../analysis/analysed-view.ts";
import { secondsLeft } from "../analysis/pace.ts";
import { ProgressReporter } from "../analysis/progress.ts";
import { runTasks } from "../analysis/run-tasks.ts";
import { focalPlaneNotes, pixelSizeNotes, refuseFluorescence, resolvePixelSize } from "../analysis/settings.ts";
import type { AnalysisProgress } from "../analysis/types.ts";
import { AppError, throwIfAborted } from "../base/errors.ts";
import { bagDecisions, poolBag, poolingExponent } from "../features/bag.ts";
import type { LoadedPack, ModelPack } from "../modelpack/types.ts";
import type { Slide, SlideInfo } from "../slide/types.ts";
import { evidenceFor, patchContributions } from "./evidence.ts";
import { type GatheredBag, gatherBag } from "./gather.ts";
import type { PatchExecutor } from "./patch-executor.ts";
import { isSmallerThanPatch, layPatches, type PatchGrid, patchCount } from "./patch-grid.ts";
import { type PatchRows, planPatchTasks } from "./patch-task.ts";
import { checkClassificationPack, predictSlide } from "./predict.ts";
import type { ClassificationOptions, ClassificationResult } from "./types.ts";

export interface ClassificationRequest {
  readonly slide: Slide;
  readonly loaded: LoadedPack;
  /** Opens what computes the patches; the run closes it. */
  readonly openExecutor: (grid: PatchGrid, options: { readonly signal: AbortSignal }) => Promise<PatchExecutor>;
  readonly options?: ClassificationOptions;
}

/**
 * From an open slide and a pack to its class (Xu et al., ICASSP 2015, section 2.2): lay patches, leave out the blank ones, take the
 * features of the others one by one, pool them by p-norm, decide one class against one, vote. The result depends on slide, pack
 * and options, never on how many workers ran or in what order.
 *
 * Throws `analysis/mode-mismatch`, `analysis/not-brightfield`, `slide/pixel-size-unknown`, `analysis/out-of-range`, `tissue/none-found` when every patch is
 * blank, what reading and running throw, and `AbortError` after `options.signal` fired; by then no task is left running.
 */
export async function classifySlide(request: ClassificationRequest): Promise<ClassificationResult> {
  const { slide, loaded, options = {} } = request;
  const { pack } = loaded;
  const startedAt = new Date();
  const startedMs = performance.now();
  checkClassificationPack(pack);
  refuseFluorescence(slide.info);
  const pixelSize = resolvePixelSize(slide.info, options);
  const { width0, height0 } = slide.info;
  const grid = layPatches({ width0, height0, pixelSize, sampling: pack.sampling });
  throwIfAborted(options.signal);
  const reporter = new ProgressReporter(options.onProgress ?? (() => {}));
  try {
    reporter.report(step("warming-up"));
    const executor = await request.openExecutor(grid, { signal: options.signal ?? new AbortController().signal });
    try {
      const bag = await collect(pack, grid, executor, reporter, options.signal);
      if (bag.rows === 0) throw nothingFound(slide.info);
      return {
        ...judge(pack, bag),
        grid,
        kept: bag.kept,
        pixelSize,
        colour: slide.info.colour,
        backend: executor.backend,
        packId: pack.id,
        packSha256: loaded.packSha256,
        startedAt: startedAt.toISOString(),
        seconds: (performance.now() - startedMs) / 1000,
        notes: [
          ...pixelSizeNotes(slide.info, pixelSize, pack),
          ...focalPlaneNotes(slide.info),
          ...colourNotes(slide.info, pack),
          ...sizeNotes(grid),
        ],
      };
    } finally {
      await executor.close();
    }
  } finally {
    reporter.close();
  }
}

/** Pools a bag of the pack's selected features, decides, and says what each patch added. */
export function judge(
  pack: ModelPack,
  bag: GatheredBag,
): Pick<ClassificationResult, "classes" | "predicted" | "probabilities" | "pairs" | "evidence"> {
  const p = poolingExponent(pack);
  const pooled = poolBag(bag, p);
  const prediction = predictSlide(pack, bagDecisions(pack.svms, pooled));
  const pairs = pack.svms.map((svm) => ({
    positive: svm.positive,
    negative: svm.negative,
    contributions: patchContributions(bag, pooled, svm, p),
  }));
  const evidence = Float64Array.from(evidenceFor(prediction.predicted, pairs));
  return { classes: pack.classes, ...prediction, evidence };
}

async function collect(
  pack: ModelPack,
  grid: PatchGrid,
  executor: PatchExecutor,
  reporter: ProgressReporter,
  signal: AbortSignal | undefined,
): Promise<GatheredBag> {
  const tasks = planPatchTasks(grid);
  const total = patchCount(grid);
  const found = new Map<number, PatchRows>();
  const startedMs = performance.now();
  let done = 0;
  reporter.report({ ...step("fine"), total, backend: executor.backend });
  await runTasks(tasks, executor, {
    ...(signal ? { signal } : {}),
    onDone: (task, rows) => {
      found.set(task.id, rows);
      done += task.count;
      const elapsedMs = performance.now() - startedMs;
      const left = secondsLeft({ done: found.size, total: tasks.length, concurrency: executor.concurrency, elapsedMs });
      reporter.report({ phase: "fine", done, total, secondsLeft: left, backend: executor.backend, grid: null });
    },
  });
  return gatherBag(found, tasks, pack.selected?.length ?? pack.backbone.channels);
}

function sizeNotes(grid: PatchGrid): string[] {
  if (!isSmallerThanPatch(grid)) return [];
  return ["The slide is smaller than one patch of the pack; what is missing was taken as white."];
}

function nothingFound(info: SlideInfo): AppError {
  return new AppError(
    "tissue/none-found",
    `Expected tissue on "${info.name}", found only almost white patches (every channel above 200); check that this is the right slide.`,
  );
}

function step(phase: AnalysisProgress["phase"]): AnalysisProgress {
  return { phase, done: 0, total: 0, secondsLeft: null, backend: null, grid: null };
}
