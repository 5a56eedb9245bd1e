import { readFileSync } from "node:fs";

/** Values of scikit-image and SciPy; see test/fixtures/comparators/make_golden.py. */
export const golden: {
  readonly lab: { readonly colours: readonly number[][]; readonly values: readonly number[][] };
  readonly patterns: { readonly side: number; readonly grey: readonly number[]; readonly labels: readonly number[] };
  readonly delaunay: { readonly points: readonly (readonly [number, number])[]; readonly edges: readonly number[][] };
} = JSON.parse(readFileSync(new URL("../../fixtures/comparators/golden.json", import.meta.url), "utf8"));
