/** How a patch reaches the network: `dense` cuts cells out of one pass over a supertile, `patchwise` runs each patch alone. */
export type SamplingMode = "dense" | "patchwise";

/** The network that turns pixels into features. */
export interface Backbone {
  /** Path of the .onnx, relative to pack.json; `../<sibling>/x.onnx` shares a file between shipped packs. */
  readonly file: string;
  /** Of the .onnx, lower-case hex. */
  readonly sha256: string;
  /** Name of the graph's input, [N, 3, height, width] or [N, height, width, 3], float32 or float16. */
  readonly input: string;
  readonly channelOrder: "RGB" | "BGR";
  /** (value - mean) / std per channel, in the order of `channelOrder`, on the 0-255 scale. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  /** Name of an output or of a tensor inside: a `map` [N, channels, height / cell, width / cell] or a `vector` [N, channels]. */
  readonly output: string;
  readonly kind: "map" | "vector";
  /** Network pixels per cell of the map (its stride; patch by patch for the record only); for a vector, the network's input size. */
  readonly cell: number;
  /** Network pixels of context that a cell needs on each side before it no longer depends on the tiling. */
  readonly halo: number;
  readonly channels: number;
  readonly licence: string;
  readonly origin: string;
}

/** Where patches lie. "Source pixels" are pixels at `mpp`, anchored at the slide's top left corner. */
export interface Sampling {
  /** Micrometres per source pixel. */
  readonly mpp: number;
  /** Pixel sizes for which the pack was trained, lowest and highest. */
  readonly mppRange: readonly [number, number];
  /** Side of a patch, source pixels; a multiple of `stride`. */
  readonly patch: number;
  /** Between neighbouring patches, source pixels. */
  readonly stride: number;
  /** Side of a patch as the network sees it; `resizeTo / patch` is the enlargement. */
  readonly resizeTo: number;
  readonly mode: SamplingMode;
  /** Sides of the concentric windows whose mean features are concatenated, source pixels; the first equals `patch`. */
  readonly windows: readonly number[];
  /** Colours it was trained on: as stored in the slides (default), or by their colour profiles. */
  readonly colour?: "stored" | "srgb";
}

export type Pooling = { readonly kind: "mean" } | { readonly kind: "p-norm"; readonly p: number };

/** Platt's sigmoid: confidence = 1 / (1 + exp(a * decision + b)). */
export interface Calibration {
  readonly a: number;
  readonly b: number;
}

/** How one class of several is painted, shown and cut. */
export interface ClassDetail {
  /** Of the class on the class map: `#` and six hexadecimal digits, lower case. */
  readonly colour: string;
  /** Of the class in the masks that it was learned from, 0-255 each. White is background and is left clear on maps. */
  readonly maskColour: readonly [number, number, number];
  /** Confidence from which a pixel counts as this class when its map is looked at alone, 0 to 1. */
  readonly threshold: number;
}

/** One class against another. Feature scaling is folded into weights and bias. */
export interface BinarySvm {
  readonly positive: string;
  readonly negative: string;
  /** One per feature; windows one after another, each `selected` (or all) channels long. */
  readonly weights: Float32Array;
  readonly bias: number;
  readonly calibration: Calibration;
}

export interface PostProcess {
  /** Connected regions smaller than this are dropped, square micrometres. */
  readonly minRegionUm2: number;
  /** Holes smaller than this are filled, square micrometres. */
  readonly maxHoleUm2: number;
}

/** A known answer: the seeded test picture of `features/self-test` and what the pack must make of it. */
export interface SelfTestCase {
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  /**
   * Row-major. `dense`: per whole feature cell of the picture, the sum of the windows' projections of it plus the bias.
   * `patchwise`: the decision of each whole patch, side by side without overlap. Several SVMs answer one after another.
   */
  readonly decisions: readonly number[];
}

export interface SelfTest {
  readonly cases: readonly SelfTestCase[];
  /** Largest absolute difference of a decision value that still passes. */
  readonly tolerance: number;
}

/** How the pack came to be; shown as its card. */
export interface TrainingRecord {
  readonly data: string;
  readonly groups: readonly string[];
  readonly command: string;
  readonly seed: number;
  readonly appVersion: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly figures: Readonly<Record<string, unknown>>;
}

/** Mean and standard deviation of the training features and of the tissue's colour, for "is this slide like them?". */
export interface ReferenceStatistics {
  readonly featureMean: readonly number[];
  readonly featureStd: readonly number[];
  readonly rgbMean: readonly [number, number, number];
  readonly rgbStd: readonly [number, number, number];
  /** How the training images themselves vary, by `tools/trust`. Default: nobody measured it. */
  readonly ranges?: ReferenceRanges;
}

/** What is measured on each training image as on a slide before a run; see docs/trust.md. */
export const RANGE_NAMES = [
  "haematoxylinDeg",
  "eosinDeg",
  "red",
  "green",
  "blue",
  "fineness",
  "colourfulness",
  "foldPercent",
  "featureDistance",
] as const;

export type RangeName = (typeof RANGE_NAMES)[number];

/** Of the training images the 2.5th percentile, the middle, and the 97.5th percentile. */
export type MeasureRange = readonly [low: number, middle: number, high: number];

export interface ReferenceRanges {
  /** Training images that were measured. */
  readonly images: number;
  /** Middle directions of the stains in optical density of red, green, blue; length 1. */
  readonly haematoxylin: readonly [number, number, number];
  readonly eosin: readonly [number, number, number];
  readonly measures: Readonly<Record<RangeName, MeasureRange>>;
}

export interface ModelPack {
  readonly format: "palisade-pack";
  readonly version: 1;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly task: "segmentation" | "classification";
  /** With more than two, the first is the one whose map is shown first. */
  readonly classes: readonly string[];
  /** One per class, in their order; a segmentation of more than two classes has them. */
  readonly classDetails?: readonly ClassDetail[];
  readonly backbone: Backbone;
  readonly sampling: Sampling;
  readonly pooling: Pooling;
  /** Channels that the SVM sees, or null for all. */
  readonly selected: readonly number[] | null;
  /** One for each pair of classes. */
  readonly svms: readonly BinarySvm[];
  /** Confidence from which a pixel counts as positive. */
  readonly threshold: number;
  readonly postProcess: PostProcess;
  readonly training: TrainingRecord;
  readonly reference: ReferenceStatistics | null;
  readonly selfTest: SelfTest;
}

/** A parsed pack with its network, ready to run. Structured-cloneable. */
export interface LoadedPack {
  readonly pack: ModelPack;
  readonly backboneBytes: Uint8Array<ArrayBuffer>;
  /** SHA-256 over pack.json, for provenance, lower-case hex. */
  readonly packSha256: string;
}

/** Where a pack's files come from: a folder on disk, a URL, a zip. Paths as in pack.json. */
export type PackFiles = (path: string) => Promise<Uint8Array<ArrayBuffer>>;
