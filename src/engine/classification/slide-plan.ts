import type { SlidePlan } from "../analysis/slide-plan.ts";
import type { ModelPack } from "../modelpack/types.ts";
import { type PatchBox, type PatchGrid, patchBox } from "./patch-grid.ts";
import { type PatchTask, planPatchTasks } from "./patch-task.ts";

/** The tasks of a classification, and the time that matters of them: patches without tissue are blank and cost next to nothing. */
export function planOfPatches(
  { sampling }: Pick<ModelPack, "sampling">,
  grid: PatchGrid,
  isTissue: (box: PatchBox) => boolean,
): { readonly plan: Omit<SlidePlan, "tissueSeconds">; readonly inTissue: readonly PatchTask[] } {
  const tasks = planPatchTasks(grid);
  const patchesOf = (task: PatchTask) => Array.from({ length: task.count }, (_, i) => patchBox(grid, task.first + i));
  const kept = tasks.map((task) => patchesOf(task).filter(isTissue).length);
  const patches = kept.reduce((sum, count) => sum + count, 0);
  return {
    plan: {
      tasks: tasks.length,
      coarseTasks: 0,
      taskPixels: tasks.length === 0 ? 0 : (patches / tasks.length) * sampling.resizeTo ** 2,
      coarseStepUm: 0,
      fineStepUm: sampling.stride * sampling.mpp,
      reaches0: new Float64Array(0),
    },
    inTissue: tasks.filter((task, index) => kept[index] === task.count),
  };
}
