import type { ClassificationResult } from "../classification/types.ts";
import { asChoice, asList, asNumber, badField, type JsonField, member } from "../modelpack/json-field.ts";
import { asShare, asWords } from "./parse-fields.ts";

const MAX_CLASSES = 64;
/** Patches along a side: `layPatches` allows a million in all. */
const MAX_PATCHES = 2 ** 20;

type Classification = Pick<ClassificationResult, "classes" | "predicted" | "probabilities" | "pairs" | "grid">;

/** Throws `resultfile/bad-field`. */
export function parseClassification(
  field: JsonField,
  slide: { readonly width0: number; readonly height0: number },
): Classification {
  const classes = asList(member(field, "classes"), asWords, { min: 2, max: MAX_CLASSES });
  const pairs = (classes.length * (classes.length - 1)) / 2;
  return {
    classes,
    predicted: asChoice(member(field, "predicted"), classes),
    probabilities: asList(member(field, "probabilities"), asShare, { min: classes.length, max: classes.length }),
    pairs: asList(member(field, "pairs"), (item) => parsePair(item, classes), { min: pairs, max: pairs }),
    grid: parseGrid(member(field, "grid"), slide),
  };
}

function parsePair(field: JsonField, classes: readonly string[]): Classification["pairs"][number] {
  return {
    positive: asChoice(member(field, "positive"), classes),
    negative: asChoice(member(field, "negative"), classes),
    decision: asNumber(member(field, "decision")),
    confidence: asShare(member(field, "confidence")),
  };
}

function parseGrid(
  field: JsonField,
  { width0, height0 }: { readonly width0: number; readonly height0: number },
): Classification["grid"] {
  const edges = (name: string) =>
    asList(member(field, name), (item) => asNumber(item, { min: 0 }), { min: 1, max: MAX_PATCHES });
  const lefts = edges("lefts");
  const tops = edges("tops");
  if (lefts.length * tops.length > MAX_PATCHES)
    throw badField(member(field, "lefts"), `at most ${MAX_PATCHES} patches in all`);
  const downsample = { min: 1e-6, max: 1e6 };
  return {
    patch: asNumber(member(field, "patch"), { min: 1, max: 65_536 }),
    lefts,
    tops,
    downsampleX: asNumber(member(field, "downsampleX"), downsample),
    downsampleY: asNumber(member(field, "downsampleY"), downsample),
    width0,
    height0,
  };
}
