import { checkGeometry, checkSelfTest } from "./check-geometry.ts";
import { PACK_FORMAT, PACK_VERSION } from "./format.ts";
import { asChoice, asList, asNumber, asRecord, asText, badField, type JsonField, member } from "./json-field.ts";
import { parseBackbone } from "./parse-backbone.ts";
import { parseClassDetails, parseSvms } from "./parse-classes.ts";
import { parseRanges } from "./parse-ranges.ts";
import type {
  BinarySvm,
  ModelPack,
  Pooling,
  ReferenceStatistics,
  Sampling,
  SelfTest,
  TrainingRecord,
} from "./types.ts";
import { asHash, asPath, asTriple } from "./values.ts";

/** pack.json without its binary parts. */
export interface Manifest extends Omit<ModelPack, "svms"> {
  readonly svms: readonly Omit<BinarySvm, "weights">[];
  readonly weights: { readonly file: string; readonly sha256: string };
}

const SIDE = { min: 1, max: 8192, integer: true };

/** Throws `modelpack/bad-field` for the first field that is missing, of the wrong kind, or does not fit the others. */
export function parseManifest(root: JsonField): Manifest {
  const task = asChoice(member(root, "task"), ["segmentation", "classification"]);
  const classes = parseClasses(member(root, "classes"));
  const backbone = parseBackbone(member(root, "backbone"));
  const sampling = parseSampling(member(root, "sampling"));
  const classDetails = parseClassDetails(member(root, "classDetails"), classes, task);
  const manifest: Manifest = {
    format: PACK_FORMAT,
    version: PACK_VERSION,
    id: asText(member(root, "id"), { test: /^[a-z0-9][a-z0-9._-]{0,63}$/, words: "an id of a-z, 0-9, -, _ and ." }),
    name: asText(member(root, "name"), { test: /\S/, words: "a name" }),
    description: asText(member(root, "description")),
    task,
    classes,
    ...(classDetails === null ? {} : { classDetails }),
    backbone,
    sampling,
    pooling: parsePooling(member(root, "pooling")),
    selected: parseSelected(member(root, "selected"), backbone.channels),
    svms: parseSvms(member(root, "svms"), classes),
    weights: parseWeights(member(root, "weights")),
    threshold: asNumber(member(root, "threshold"), { min: 0, max: 1 }),
    postProcess: {
      minRegionUm2: asNumber(member(member(root, "postProcess"), "minRegionUm2"), { min: 0 }),
      maxHoleUm2: asNumber(member(member(root, "postProcess"), "maxHoleUm2"), { min: 0 }),
    },
    training: parseTraining(member(root, "training")),
    reference: parseReference(member(root, "reference")),
    selfTest: parseSelfTest(member(root, "selfTest")),
  };
  checkGeometry(root, manifest);
  checkSelfTest(root, manifest);
  return manifest;
}

function parseClasses(field: JsonField): string[] {
  const classes = asList(field, (item) => asText(item, { test: /\S/, words: "a class name" }), { min: 2, max: 64 });
  if (new Set(classes).size !== classes.length) throw badField(field, "a list of different names");
  return classes;
}

function parseSampling(field: JsonField): Sampling {
  const mpp = asNumber(member(field, "mpp"), { min: 0.01, max: 1000 });
  const range = member(field, "mppRange");
  const colour = member(field, "colour");
  const [lowest, highest] = asList(range, (item) => asNumber(item, { min: 0.01, max: 1000 }), { min: 2, max: 2 });
  if (lowest! > mpp || highest! < mpp) throw badField(range, `lowest and highest pixel size around ${mpp}`);
  return {
    mpp,
    mppRange: [lowest!, highest!],
    patch: asNumber(member(field, "patch"), SIDE),
    stride: asNumber(member(field, "stride"), SIDE),
    resizeTo: asNumber(member(field, "resizeTo"), SIDE),
    mode: asChoice(member(field, "mode"), ["dense", "patchwise"]),
    windows: asList(member(field, "windows"), (item) => asNumber(item, SIDE), { min: 1, max: 8 }),
    ...(colour.value === undefined ? {} : { colour: asChoice(colour, ["stored", "srgb"]) }),
  };
}

function parsePooling(field: JsonField): Pooling {
  const kind = asChoice(member(field, "kind"), ["mean", "p-norm"]);
  return kind === "mean" ? { kind } : { kind, p: asNumber(member(field, "p"), { min: 1, max: 64 }) };
}

function parseSelected(field: JsonField, channels: number): number[] | null {
  if (field.value === null) return null;
  const selected = asList(field, (item) => asNumber(item, { min: 0, max: channels - 1, integer: true }), { min: 1 });
  if (new Set(selected).size !== selected.length) throw badField(field, "a list of different channels");
  return selected;
}

function parseWeights(field: JsonField): Manifest["weights"] {
  return { file: asPath(member(field, "file")), sha256: asHash(member(field, "sha256")) };
}

function parseTraining(field: JsonField): TrainingRecord {
  return {
    data: asText(member(field, "data")),
    groups: asList(member(field, "groups"), (item) => asText(item)),
    command: asText(member(field, "command")),
    seed: asNumber(member(field, "seed"), { integer: true }),
    appVersion: asText(member(field, "appVersion")),
    settings: asRecord(member(field, "settings")),
    figures: asRecord(member(field, "figures")),
  };
}

function parseReference(field: JsonField): ReferenceStatistics | null {
  if (field.value === null) return null;
  const ranges = member(field, "ranges");
  return {
    featureMean: asList(member(field, "featureMean"), (item) => asNumber(item)),
    featureStd: asList(member(field, "featureStd"), (item) => asNumber(item, { min: 0 })),
    rgbMean: asTriple(member(field, "rgbMean"), { min: 0, max: 255 }),
    rgbStd: asTriple(member(field, "rgbStd"), { min: 0, max: 255 }),
    ...(ranges.value === undefined ? {} : { ranges: parseRanges(ranges) }),
  };
}

function parseSelfTest(field: JsonField): SelfTest {
  const side = { min: 1, max: 2048, integer: true };
  return {
    cases: asList(
      member(field, "cases"),
      (item) => ({
        seed: asNumber(member(item, "seed"), { min: 0, max: 2 ** 31 - 1, integer: true }),
        width: asNumber(member(item, "width"), side),
        height: asNumber(member(item, "height"), side),
        decisions: asList(member(item, "decisions"), (decision) => asNumber(decision), { min: 1 }),
      }),
      { max: 16 },
    ),
    tolerance: asNumber(member(field, "tolerance"), { min: 0 }),
  };
}
