import { AppError } from "../base/errors.ts";
import type { Plan } from "../patches/plan.ts";
import { marksWithin, type RegionOrder, regionFirst } from "../patches/region.ts";
import type { Lattice, SupertileTask } from "../patches/types.ts";
import type { AnalysisOptions, AnalysisProgress } from "./types.ts";

/** What of a plan is computed, in which order. */
export interface RunOrder extends RegionOrder {
  /** Tissue that the result speaks of: row-major, 1 where a cell is of it. */
  readonly tissue: Uint8Array<ArrayBuffer>;
}

/**
 * The tasks of a run: those of the region first, and no others than its extent asks for. Throws `tissue/none-found` when only a region is
 * wanted that holds no tissue.
 */
export function orderRun(
  plan: Plan,
  lattice: Lattice,
  tissue: Uint8Array<ArrayBuffer>,
  { region: box = null, extent = "whole" }: Pick<AnalysisOptions, "region" | "extent">,
): RunOrder {
  const regionTissue = box ? marksWithin(tissue, lattice, box) : new Uint8Array(tissue.length);
  if (extent === "region" && !regionTissue.includes(1)) {
    throw new AppError(
      "tissue/none-found",
      "Expected tissue in the region, found only glass, pen or empty field; move the region, or analyze the whole slide.",
    );
  }
  const { region, rest } = regionFirst(plan, lattice, regionTissue);
  if (extent === "region") return { region, rest: [], tissue: regionTissue };
  const isWanted = (task: SupertileTask): boolean => extent === "whole" || task.pass === 0;
  return { region: region.filter(isWanted), rest: rest.filter(isWanted), tissue };
}

/** Counts what a run has done of its order. */
export class RunTally {
  readonly total: number;
  readonly regionTotal: number;
  readonly #hasCoarse: boolean;
  readonly #regionIds: ReadonlySet<number>;
  readonly #coarse: { region: number; rest: number };
  #done = 0;
  #regionDone = 0;

  /** `passes`: of the plan; one of a single pass is fine from its first task on. */
  constructor({ region, rest }: RegionOrder, passes: number) {
    this.total = region.length + rest.length;
    this.regionTotal = region.length;
    this.#hasCoarse = passes > 1;
    this.#regionIds = new Set(region.map(({ id }) => id));
    const coarseOf = (tasks: readonly SupertileTask[]) => tasks.filter(({ pass }) => pass === 0).length;
    this.#coarse = { region: coarseOf(region), rest: coarseOf(rest) };
  }

  get done(): number {
    return this.#done;
  }

  get regionDone(): number {
    return this.#regionDone;
  }

  /** Coarse until the coarse tasks of what is being computed, the region or the rest, are done. */
  get phase(): AnalysisProgress["phase"] {
    const part = this.#regionDone < this.regionTotal ? "region" : "rest";
    return this.#hasCoarse && this.#coarse[part] > 0 ? "coarse" : "fine";
  }

  add(task: SupertileTask): void {
    const isOfRegion = this.#regionIds.has(task.id);
    this.#done += 1;
    if (isOfRegion) this.#regionDone += 1;
    if (task.pass === 0) this.#coarse[isOfRegion ? "region" : "rest"] -= 1;
  }
}
