import type { ExecutorFactory } from "../analysis/run.ts";
import { runTasks } from "../analysis/run-tasks.ts";
import { refuseFluorescence, resolvePixelSize } from "../analysis/settings.ts";
import { AppError } from "../base/errors.ts";
import { boxMeans, slidingBoxes } from "../heatmap/box-means.ts";
import { patchPositions, windowMeans } from "../heatmap/windows.ts";
import type { LoadedPack, ModelPack } from "../modelpack/types.ts";
import { planLattice, possibleStrides } from "../patches/lattice.ts";
import { planTasks } from "../patches/plan.ts";
import { supertileShape } from "../patches/supertile.ts";
import { visitPositions } from "../patches/task-positions.ts";
import type { Lattice } from "../patches/types.ts";
import type { PixelSize, Slide } from "../slide/types.ts";
import { tissueCells } from "../tissue/cells.ts";
import { detectTissue } from "../tissue/detect.ts";
import type { Neuron } from "./neurons.ts";
import type { Box0, ImageActivations } from "./top-patches.ts";

export interface ExciteOptions {
  /** Size to use where the file has none. */
  readonly pixelSize?: PixelSize;
  /** Parts of the slide to look at, at most, spread over the tissue. Default: all. */
  readonly maxTasks?: number;
  readonly signal?: AbortSignal;
  /** Parts done and parts in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ExciteRequest {
  readonly slide: Slide;
  readonly loaded: LoadedPack;
  readonly neurons: readonly Neuron[];
  /** Opens what answers with the channels of `channelsOf(neurons)`, a plane each; closed here. */
  readonly openExecutor: ExecutorFactory;
  readonly options?: ExciteOptions;
}

/** What of a slide was looked at, beside the values. */
export interface SlideActivations extends ImageActivations {
  readonly pixelSize: PixelSize;
  readonly tasks: number;
  readonly tasksInAll: number;
}

/** Share of a patch that must be tissue. */
const MIN_TISSUE = 0.5;

/** The channels that the neurons need, each once, in the order in which an executor is to answer. */
export function channelsOf(neurons: readonly Neuron[]): number[] {
  return [...new Set(neurons.map(({ channel }) => channel))];
}

/**
 * How much each neuron of a segmentation pack is excited by each patch of a slide, on a lattice that is as coarse as the pack's cells
 * (dense) or half a patch (patch by patch) allow: neighbours show the same place anyway.
 * Throws as `runAnalysis`.
 */
export async function exciteMap(request: ExciteRequest): Promise<SlideActivations> {
  const { slide, loaded, neurons, options = {} } = request;
  const { pack } = loaded;
  refuseFluorescence(slide.info);
  const pixelSize = resolvePixelSize(slide.info, options);
  const { width0, height0 } = slide.info;
  const lattice = planLattice({ width0, height0, pixelSize, pack, stride: exciteStride(pack) });
  const own = options.signal ? { signal: options.signal } : {};
  const tissue = tissueCells(await detectTissue(slide, { pixelSize, ...own }), lattice);
  if (!tissue.includes(1)) throw noTissue(slide.info.name);
  const plan = planTasks(lattice, tissue, { mode: pack.sampling.mode, maxPositions: supertileShape(lattice, pack) });
  const all = plan.passes.flat();
  const tasks = all.slice(0, options.maxTasks ?? all.length);
  const channels = channelsOf(neurons);
  const planes = channels.map(() => new Float32Array(lattice.cols * lattice.rows).fill(Number.NaN));
  const executor = await request.openExecutor(lattice, { signal: options.signal ?? new AbortController().signal });
  try {
    let done = 0;
    options.onProgress?.(0, tasks.length);
    await runTasks(tasks, executor, {
      ...own,
      onDone: (task, found) => {
        for (const [index, plane] of planes.entries()) {
          const first = index * task.rows * task.cols;
          visitPositions(lattice, task, (at, from) => {
            if (plan.needed[at] === 1) plane[at] = found.data[first + from]!;
          });
        }
        options.onProgress?.(++done, tasks.length);
      },
    });
  } finally {
    await executor.close();
  }
  const isEnough = enoughTissue(tissue, lattice);
  const box = (neuron: number, patch: number) => boxOf(lattice, pack, neurons[neuron]!.side, patch);
  const values = neurons.map(({ channel, window }, neuron) => {
    const all = patchValues(planes[channels.indexOf(channel)]!, lattice, window);
    const onTissue = all.map((value, patch) => (isEnough[patch] === 1 ? value : Number.NaN));
    const whole = onTissue.map((value, patch) => (isWithin(box(neuron, patch), lattice) ? value : Number.NaN));
    return whole.every(Number.isNaN) ? onTissue : whole;
  });
  return {
    values,
    box,
    pixelSize,
    tasks: tasks.length,
    tasksInAll: all.length,
  };
}

function exciteStride({ sampling, backbone }: ModelPack): number {
  const strides = possibleStrides({ sampling, backbone });
  const coarsest = sampling.mode === "dense" ? sampling.patch : sampling.patch / 2;
  return strides.find((stride) => stride <= coarsest) ?? sampling.stride;
}

/** One value per patch position. */
function patchValues(plane: Float32Array, lattice: Lattice, window: number): Float32Array {
  if (lattice.windowCells.length > 0) return windowMeans(plane, lattice, window);
  const { cols, rows } = patchPositions(lattice);
  return Float32Array.from({ length: cols * rows }, (_, at) => {
    return plane[Math.floor(at / cols) * lattice.cols + (at % cols)]!;
  });
}

/** 1 per patch position that holds enough tissue. */
function enoughTissue(tissue: Uint8Array, lattice: Lattice): Uint8Array {
  const { cols, rows } = patchPositions(lattice);
  const box = { offset: 0, count: lattice.patchStrides, spacing: 1 };
  const shares = boxMeans(
    { data: Float32Array.from(tissue), cols: lattice.cols, rows: lattice.rows, spacing: 1 },
    slidingBoxes(cols, { ...box, size: lattice.cols }),
    slidingBoxes(rows, { ...box, size: lattice.rows }),
  );
  return Uint8Array.from(shares, (share) => (share >= MIN_TISSUE ? 1 : 0));
}

/** The window of `side` source pixels that is concentric with the patch. */
function boxOf(lattice: Lattice, { sampling }: ModelPack, side: number, patch: number): Box0 {
  const { cols } = patchPositions(lattice);
  const { downsampleX, downsampleY } = lattice;
  const before = (side - sampling.patch) / 2;
  return {
    x0: ((patch % cols) * lattice.stride - before) * downsampleX,
    y0: (Math.floor(patch / cols) * lattice.stride - before) * downsampleY,
    width0: side * downsampleX,
    height0: side * downsampleY,
  };
}

/** A window that reaches over the slide's edge shows little of it; such are taken only where there are no others. */
function isWithin({ x0, y0, width0, height0 }: Box0, lattice: Lattice): boolean {
  const { downsampleX, downsampleY } = lattice;
  const isInside = (start: number, length: number, size: number, slack: number) =>
    start >= -slack && start + length <= size + slack;
  return isInside(x0, width0, lattice.width0, downsampleX) && isInside(y0, height0, lattice.height0, downsampleY);
}

function noTissue(name: string): AppError {
  return new AppError(
    "tissue/none-found",
    `Expected tissue on "${name}", found only glass, pen or empty field; check that this is the right slide.`,
  );
}
