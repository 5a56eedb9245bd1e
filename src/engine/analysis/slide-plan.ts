import { denseGeometry } from "../features/dense-geometry.ts";
import { samplingOn } from "../features/extractor.ts";
import type { ModelPack } from "../modelpack/types.ts";
import type { Plan } from "../patches/plan.ts";
import type { Box0 } from "../patches/region.ts";
import type { Lattice, SupertileTask } from "../patches/types.ts";

/** What a run over a slide would have to compute, as far as its time follows from it. Structured-cloneable. */
export interface SlidePlan {
  readonly tasks: number;
  /** Of them, those of the coarse pass; 0 where a single pass makes the map, or there is none. */
  readonly coarseTasks: number;
  /** Pixels that the network sees for one task, halo included. */
  readonly taskPixels: number;
  /** Between the patches of a coarse and of a whole run, micrometres. */
  readonly coarseStepUm: number;
  readonly fineStepUm: number;
  /**
   * Four numbers a task, level-0 pixels: left, top, right and bottom of all whose confidence depends on it; those of the coarse pass first.
   * Empty where there is no map.
   */
  readonly reaches0: Float64Array<ArrayBuffer>;
  /** What opening the slide and finding its tissue took. */
  readonly tissueSeconds: number;
}

/** The time that matters of a map's plan. */
export function planOfMap(pack: ModelPack, lattice: Lattice, plan: Plan): Omit<SlidePlan, "tissueSeconds"> {
  const tasks = plan.passes.flat();
  const fineStepUm = lattice.stride * pack.sampling.mpp;
  return {
    tasks: tasks.length,
    coarseTasks: plan.passes.length > 1 ? (plan.passes[0]?.length ?? 0) : 0,
    taskPixels: tasks[0] ? taskPixels(pack, lattice, tasks[0]) : 0,
    coarseStepUm: plan.coarseStep * fineStepUm,
    fineStepUm,
    reaches0: Float64Array.from(tasks.flatMap((task) => reach0(task, lattice))),
  };
}

/** Pixels that the network sees for a task. */
export function taskPixels(pack: ModelPack, lattice: Lattice, task: SupertileTask): number {
  const { mode, resizeTo } = pack.sampling;
  if (mode === "patchwise") return task.cols * task.rows * resizeTo ** 2;
  const { widthNetwork, heightNetwork } = denseGeometry(pack.backbone, samplingOn(lattice, pack), task);
  return widthNetwork * heightNetwork;
}

/** A part of a task, from its middle, that shows the network about so many pixels; never more than the task, never less than one position. */
export function shrunkTask(pack: ModelPack, lattice: Lattice, task: SupertileTask, pixels: number): SupertileTask {
  let { cols, rows } = task;
  const part = () => ({
    ...task,
    col: task.col + Math.floor((task.cols - cols) / 2) * task.step,
    row: task.row + Math.floor((task.rows - rows) / 2) * task.step,
    cols,
    rows,
  });
  while (cols * rows > 1 && taskPixels(pack, lattice, part()) > pixels) {
    if (cols >= rows) cols = Math.max(1, Math.floor(cols * 0.9));
    else rows = Math.max(1, Math.floor(rows * 0.9));
  }
  return part();
}

/** Tasks that a region's map depends on, of the first `count` of a plan. */
export function tasksWithin({ reaches0 }: Pick<SlidePlan, "reaches0">, box: Box0, count: number): number {
  let within = 0;
  for (let at = 0; at < 4 * count; at += 4) {
    const isLeftOrRight = reaches0[at]! >= box.x0 + box.width0 || reaches0[at + 2]! <= box.x0;
    const isAboveOrBelow = reaches0[at + 1]! >= box.y0 + box.height0 || reaches0[at + 3]! <= box.y0;
    if (!isLeftOrRight && !isAboveOrBelow) within++;
  }
  return within;
}

/** The cells whose confidence hangs on a task's positions: `neededPositions`, the other way round. */
function reach0(task: SupertileTask, lattice: Lattice): [number, number, number, number] {
  const { patchStrides, cellStrides, windowCells, stride0X, stride0Y } = lattice;
  const own = windowCells[0] ?? 1;
  const widest = Math.max(1, ...windowCells);
  const before = ((widest - own) * cellStrides) / 2;
  const after = windowCells.length === 0 ? 0 : (widest - 1) * cellStrides - before;
  const ahead = before + patchStrides;
  return [
    (task.col - after) * stride0X,
    (task.row - after) * stride0Y,
    (task.col + (task.cols - 1) * task.step + ahead) * stride0X,
    (task.row + (task.rows - 1) * task.step + ahead) * stride0Y,
  ];
}
