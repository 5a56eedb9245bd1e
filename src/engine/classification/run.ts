import { colourNotes } from "../analysis/analysed-view.ts";
import { backendNotes, earlierTasks, type FinishedTask, NUMBERS_VERSION } from "../analysis/earlier-work.ts";
import { PaceEstimate } from "../analysis/pace.ts";
import { ProgressReporter } from "../analysis/progress.ts";
import { runTasks } from "../analysis/run-tasks.ts";
import { focalPlaneNotes, pixelSizeNotes, refuseFluorescence, resolvePixelSize } from "../analysis/settings.ts";
import type { AnalysisProgress } from "../analysis/types.ts";
import { AppError, throwIfAborted } from "../base/errors.ts";
import { sha256Hex } from "../base/sha256.ts";
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
      const plan = options.earlier || options.onTask ? await planName(loaded.packSha256, grid) : null;
      const earlier = earlierTasks(options.earlier, plan);
      const earlierSeconds = earlier.size > 0 ? (options.earlier?.seconds ?? 0) : 0;
      const secondsSoFar = () => earlierSeconds + (performance.now() - startedMs - (options.gate?.shutMs ?? 0)) / 1000;
      const bag = await collect({
        ...{ pack, grid, executor, reporter, options, earlier },
        onTask: (task, total) => {
          if (plan !== null) options.onTask?.({ plan, total, seconds: secondsSoFar(), task });
        },
      });
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
        seconds: secondsSoFar(),
        notes: [
          ...pixelSizeNotes(slide.info, pixelSize, pack),
          ...focalPlaneNotes(slide.info),
          ...colourNotes(slide.info, pack),
          ...sizeNotes(grid),
          ...backendNotes(earlier.values(), executor.backend),
          ...(executor.notes ?? []),
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

interface Collection {
  readonly pack: ModelPack;
  readonly grid: PatchGrid;
  readonly executor: PatchExecutor;
  readonly reporter: ProgressReporter;
  readonly options: ClassificationOptions;
  /** By task id: what need not be computed again. */
  readonly earlier: ReadonlyMap<number, FinishedTask<PatchRows>>;
  readonly onTask: (task: FinishedTask<PatchRows>, total: number) => void;
}

async function collect(parts: Collection): Promise<GatheredBag> {
  const { pack, grid, executor, reporter, earlier } = parts;
  const { signal, gate } = parts.options;
  const tasks = planPatchTasks(grid);
  const left = tasks.filter(({ id }) => !earlier.has(id));
  const total = patchCount(grid);
  const found = new Map<number, PatchRows>();
  for (const { id, found: rows } of earlier.values()) found.set(id, rows);
  const shutBeforeMs = gate?.shutMs ?? 0;
  const startedMs = performance.now();
  const pace = new PaceEstimate(left.length, executor.concurrency);
  let done = total - left.reduce((sum, { count }) => sum + count, 0);
  reporter.report({ ...step("fine"), done, total, backend: executor.backend });
  await runTasks(left, executor, {
    ...(signal ? { signal } : {}),
    ...(gate ? { gate } : {}),
    onDone: (task, rows) => {
      found.set(task.id, rows);
      done += task.count;
      // The bag is put together at the end: what is kept meanwhile must be another copy.
      const copy = { kept: rows.kept.slice(), data: rows.data.slice() };
      parts.onTask({ id: task.id, found: copy, backend: executor.backend.name }, tasks.length);
      const elapsedMs = performance.now() - startedMs - (gate?.shutMs ?? 0) + shutBeforeMs;
      const finished = found.size - earlier.size;
      pace.ended(finished, elapsedMs);
      const secondsLeft = pace.secondsFor(left.length - finished);
      reporter.report({ phase: "fine", done, total, secondsLeft, backend: executor.backend, grid: null });
    },
  });
  return gatherBag(found, tasks, pack.selected?.length ?? pack.backbone.channels);
}

/** Names the patches of a run, as `planName` of a map does its supertiles. */
function planName(packSha256: string, grid: PatchGrid): Promise<string> {
  return sha256Hex(new TextEncoder().encode(JSON.stringify([NUMBERS_VERSION, packSha256, grid])));
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
