import type { ModelPack } from "../modelpack/types.ts";
import type { Plan } from "../patches/plan.ts";
import type { Lattice } from "../patches/types.ts";
import type { AnalysisOptions, ResultPart } from "./types.ts";

/** What a run left out by choice; null for the whole. */
export function partOf(
  { region = null, extent = "whole" }: Pick<AnalysisOptions, "region" | "extent">,
  pack: Pick<ModelPack, "sampling">,
  lattice: Lattice,
  { coarseStep, passes }: Pick<Plan, "coarseStep" | "passes">,
): ResultPart | null {
  if (extent === "region" && region) return { kind: "region", box: region };
  if (extent !== "coarse" || passes.length < 2) return null;
  const fineStepUm = lattice.stride * pack.sampling.mpp;
  return { kind: "coarse", stepUm: coarseStep * fineStepUm, fineStepUm };
}

/** What a reader must know beside every number of a part. */
export function partNotes(part: ResultPart | null): string[] {
  if (!part) return [];
  if (part.kind === "coarse") {
    return [
      `Coarse map only: patches ${part.stepUm} µm apart stand for those ${part.fineStepUm} µm apart that a whole run computes.`,
    ];
  }
  const { x0, y0, width0, height0 } = part.box;
  const at = [x0, y0, width0, height0].map((value) => Math.round(value));
  return [
    `Region only: ${at[2]} x ${at[3]} pixels of level 0 at ${at[0]}, ${at[1]}; the rest of the slide was not analyzed, and every number is of the region.`,
  ];
}
