import { shownClasses } from "../heatmap/class-map.ts";
import type { LoadedPack } from "../modelpack/types.ts";
import type { ResultModel } from "./types.ts";

export function resultModelOf({ pack, packSha256 }: Pick<LoadedPack, "pack" | "packSha256">): ResultModel {
  const classes = shownClasses(pack);
  return {
    id: pack.id,
    name: pack.name,
    sha256: packSha256,
    task: pack.task,
    threshold: pack.threshold,
    postProcess: pack.postProcess,
    classes:
      classes?.map((one, k) => ({ ...one, threshold: pack.classDetails?.[k]?.threshold ?? pack.threshold })) ?? null,
  };
}

/** Where the slider starts: for one of several classes its own, while all are shown that of the first. */
export function startThreshold({ classes, threshold }: ResultModel, chosenClass: number | null): number {
  return classes?.[chosenClass ?? 0]?.threshold ?? threshold;
}
