import { asChoice, asList, asNumber, asText, badField, type JsonField, member } from "./json-field.ts";
import type { BinarySvm, ClassDetail, ModelPack } from "./types.ts";
import { asTriple } from "./values.ts";

/** One SVM for every pair of classes, in any order, without its weights. Throws `modelpack/bad-field`. */
export function parseSvms(field: JsonField, classes: readonly string[]): Omit<BinarySvm, "weights">[] {
  const pairs = (classes.length * (classes.length - 1)) / 2;
  const svms = asList(field, (item) => parseSvm(item, classes), { min: pairs, max: pairs });
  const found = new Set<string>();
  svms.forEach(({ positive, negative }, index) => {
    const pair = [positive, negative].sort().join("\n");
    if (found.has(pair)) {
      const twice = { value: `${positive} and ${negative} again`, path: `${field.path}[${index}]` };
      throw badField(twice, "the SVM of a pair of classes that has none yet");
    }
    found.add(pair);
  });
  return svms;
}

function parseSvm(item: JsonField, classes: readonly string[]): Omit<BinarySvm, "weights"> {
  const positive = asChoice(member(item, "positive"), classes);
  const negative = asChoice(member(item, "negative"), classes);
  if (positive === negative) throw badField(member(item, "negative"), `another class than "${positive}"`);
  const calibration = member(item, "calibration");
  return {
    positive,
    negative,
    bias: asNumber(member(item, "bias")),
    calibration: { a: asNumber(member(calibration, "a")), b: asNumber(member(calibration, "b")) },
  };
}

/** Null when the pack has none, which only a segmentation of more than two classes must. Throws `modelpack/bad-field`. */
export function parseClassDetails(
  field: JsonField,
  classes: readonly string[],
  task: ModelPack["task"],
): ClassDetail[] | null {
  const isNeeded = task === "segmentation" && classes.length > 2;
  if (field.value === undefined && !isNeeded) return null;
  const count = classes.length;
  const details = asList(field, parseClassDetail, { min: count, max: count });
  if (new Set(details.map(({ maskColour }) => maskColour.join())).size === count) return details;
  throw badField(field, "a list in which each class has a mask colour of its own");
}

function parseClassDetail(field: JsonField): ClassDetail {
  return {
    colour: asText(member(field, "colour"), { test: /^#[0-9a-f]{6}$/, words: "a colour such as #0072b2" }),
    maskColour: asTriple(member(field, "maskColour"), { min: 0, max: 255, integer: true }),
    threshold: asNumber(member(field, "threshold"), { min: 0, max: 1 }),
  };
}
