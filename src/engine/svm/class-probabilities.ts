import { confidence, type Sigmoid } from "./calibrate.ts";
import { coupleRow } from "./couple.ts";
import type { ClassPair } from "./one-vs-one.ts";

/**
 * Coupled probabilities of each class at many places: one array per pair goes in (its decisions), one per class comes out, NaN where a
 * decision is missing. As `predictClasses`, but plane by plane and in float32, as maps are kept: 4 bytes x places x classes.
 */
export function classProbabilities(
  pairs: readonly ClassPair[],
  calibrations: readonly Sigmoid[],
  decisions: readonly Float32Array[],
  classes: number,
): Float32Array<ArrayBuffer>[] {
  const places = decisions[0]?.length ?? 0;
  const planes = Array.from({ length: classes }, () => new Float32Array(places).fill(Number.NaN));
  const pairwise = new Float64Array(classes * classes);
  const coupled = new Float64Array(classes);
  for (let place = 0; place < places; place++) {
    if (decisions.some((plane) => Number.isNaN(plane[place]!))) continue;
    for (let index = 0; index < pairs.length; index++) {
      const { positive, negative } = pairs[index]!;
      const one = confidence(calibrations[index]!, decisions[index]![place]!);
      pairwise[positive * classes + negative] = one;
      pairwise[negative * classes + positive] = 1 - one;
    }
    coupleRow(pairwise, classes, coupled);
    for (let k = 0; k < classes; k++) planes[k]![place] = coupled[k]!;
  }
  return planes;
}
