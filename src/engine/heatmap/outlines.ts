import type { Foci } from "./foci.ts";
import type { Region } from "./types.ts";

/** The outlines of foci in three arrays, so that ten thousand cross to another thread at once. In the order of the foci. */
export interface Outlines {
  /** x0 and y0 in turn, level-0 pixels; each ring closed (first point repeated), as in `Region`. */
  readonly points: Float64Array<ArrayBuffer>;
  /** For each ring how many points there are up to its end. A focus' outer ring comes first, then its holes. */
  readonly ringEnds: Int32Array<ArrayBuffer>;
  /** For each focus how many rings there are up to its last. */
  readonly focusEnds: Int32Array<ArrayBuffer>;
}

export function packOutlines(regions: readonly Region[]): Outlines {
  const rings = regions.flatMap(({ outer, holes }) => [outer, ...holes]);
  const points = new Float64Array(2 * rings.reduce((sum, ring) => sum + ring.length, 0));
  const ringEnds = new Int32Array(rings.length);
  let at = 0;
  rings.forEach((ring, index) => {
    for (const [x0, y0] of ring) {
      points[2 * at] = x0;
      points[2 * at + 1] = y0;
      at++;
    }
    ringEnds[index] = at;
  });
  let ends = 0;
  const focusEnds = Int32Array.from(regions, ({ holes }) => {
    ends += 1 + holes.length;
    return ends;
  });
  return { points, ringEnds, focusEnds };
}

/** The same as `findRegions` gives. */
export function unpackRegions({ points, ringEnds, focusEnds }: Outlines, foci: Foci): readonly Region[] {
  const ringAt = (index: number) => {
    const first = index === 0 ? 0 : ringEnds[index - 1]!;
    return Array.from({ length: ringEnds[index]! - first }, (_, i): readonly [number, number] => [
      points[2 * (first + i)]!,
      points[2 * (first + i) + 1]!,
    ]);
  };
  return Array.from(focusEnds, (end, focus) => {
    const first = focus === 0 ? 0 : focusEnds[focus - 1]!;
    const [outer = [], ...holes] = Array.from({ length: end - first }, (_, i) => ringAt(first + i));
    return {
      outer,
      holes,
      area0: foci.area0[focus]!,
      meanConfidence: foci.meanConfidence[focus]!,
      maxConfidence: foci.maxConfidence[focus]!,
    };
  });
}
